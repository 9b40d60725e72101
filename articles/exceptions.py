"""What can go wrong while an article is brought in, each with a sentence an editor can be shown."""


class ArticleError(Exception):
    """Base of all errors of this app. `str(error)` says what was wrong and what to do."""


class RefusedAddress(ArticleError):
    """We do not open this address: it is malformed, not http(s), or not on the public internet."""


class RefusedText(ArticleError):
    """We do not take this text: it is empty, too long, or of a kind we cannot read."""


class FetchError(ArticleError):
    """The address could not be read, and asking again would not help."""


class TransientFetchError(FetchError):
    """The address could not be read now, but may be readable later: the only error to retry.

    retry_after: the seconds the site asked us to wait, at most an hour, or None if it did not say.
    """

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
