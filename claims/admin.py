"""What the admin finds when it looks for rows to show: the desk's own modules."""

from claims.desk import articles, claims, externals, record, standards

__all__ = ["articles", "claims", "externals", "record", "standards"]
