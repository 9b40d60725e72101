"""What the admin finds when it looks for rows to show: the desk's own modules."""

from claims.desk import articles, claimants, claims, externals, mails, record, standards, standing, tokens, webhooks

__all__ = [
    "articles",
    "claimants",
    "claims",
    "externals",
    "mails",
    "record",
    "standards",
    "standing",
    "tokens",
    "webhooks",
]
