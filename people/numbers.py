"""Numbers as an address or a form has them."""


def number(text: str) -> int | None:
    """The number of a row as an address has it; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
