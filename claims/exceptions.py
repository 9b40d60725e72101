"""What the claims app refuses. A message is a sentence an editor can be shown."""


class ClaimError(Exception):
    """Base of what this app refuses."""


class IllegalMove(ClaimError):
    """The life cycle has no such move."""


class StaleClaim(ClaimError):
    """Somebody else was first."""


class NotReady(ClaimError):
    """Something is missing before this can happen."""


class NotAllowed(ClaimError):
    """The person may not do this, or not to their own work."""
