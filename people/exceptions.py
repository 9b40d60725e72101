"""What the people app refuses. Each message is a sentence that the person can be shown."""

from datetime import datetime


class PeopleError(Exception):
    """Base of all of them."""


class WrongLogin(PeopleError):
    """Username, password, code or passkey do not fit."""


class LockedOut(PeopleError):
    """Too many attempts failed. until: when the next one counts."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class NotAllowed(PeopleError):
    """A rule stands against it."""


class InvitationError(PeopleError):
    """The link does not work, or no longer."""


class TokenRefused(PeopleError):
    """The token of a program does not work, or no longer."""
