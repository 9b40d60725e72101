"""What can go wrong here, for people."""


class EmbeddedError(Exception):
    """A service cannot be had. The message is one sentence: what is wrong and what to do."""
