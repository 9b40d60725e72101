"""Words as a person typed them, made fit to be stored."""

from claims.exceptions import NotReady


def typed_line(text: str, *, most: int, otherwise: str, least: int = 1) -> str:
    """The words in one line. Raises NotReady, saying `otherwise`, unless they have `least` to `most` characters."""
    return _fitting(" ".join(text.replace("\x00", "").split()), most=most, otherwise=otherwise, least=least)


def typed_text(text: str, *, most: int, otherwise: str, least: int = 1) -> str:
    """The same in several lines, whose ends browsers send as two characters and which are kept as one."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    return _fitting(plain, most=most, otherwise=otherwise, least=least)


def _fitting(text: str, *, most: int, otherwise: str, least: int) -> str:
    if not least <= len(text) <= most:
        raise NotReady(otherwise)
    return text
