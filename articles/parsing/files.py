"""Which reader reads which file."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Protocol

from articles.exceptions import RefusedText
from articles.parsing.article import ParsedArticle
from articles.parsing.characters import one_line
from articles.parsing.html import parse_html
from articles.parsing.kinds import foreign_kind, looks_like_html
from articles.parsing.plain import parse_text

# To read another kind: a module beside this one, a line here, and its signature out of the refusal in `parse_file`.
READERS: dict[str, Callable[[bytes], ParsedArticle]] = {".txt": parse_text, ".html": parse_html, ".htm": parse_html}

CANNOT_READ = "%(name)s is %(kind)s, which cannot be read. Files that can be read: %(readable)s."
OTHER_SUFFIX = "a file of another kind (%(suffix)s)"
NOT_A_PAGE = "This address is %(kind)s, not a page of text. Give the address of the article instead."


class Page(Protocol):
    """What `parse_page` needs of a fetched page."""

    @property
    def final_url(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def charset(self) -> str: ...
    @property
    def body(self) -> bytes: ...


def parse_file(name: str, body: bytes) -> ParsedArticle:
    """Read a file by its suffix, or by its content where it has none. Raises RefusedText for what cannot be read."""
    suffix = PurePosixPath(name.replace("\x00", "")).suffix.lower()
    kind = foreign_kind(body)
    if not kind and suffix and suffix not in READERS:
        kind = OTHER_SUFFIX % {"suffix": one_line(suffix)[:20]}
    if kind:
        readable = ", ".join(suffix.removeprefix(".") for suffix in READERS)
        raise RefusedText(
            CANNOT_READ % {"name": one_line(name)[-100:] or "The file", "kind": kind, "readable": readable}
        )
    return READERS[suffix or (".html" if looks_like_html(body) else ".txt")](body)


def parse_page(page: Page) -> ParsedArticle:
    """Read a fetched page by its content type, or by its content where the site declared none.

    Raises RefusedText for what is no article, also where an image or a PDF was passed off as a page.
    """
    kind = foreign_kind(page.body)
    if not page.content_type and not kind and _is_binary(page.body):
        kind = "a file of unknown kind"
    if kind:
        raise RefusedText(NOT_A_PAGE % {"kind": kind})
    if page.content_type == "text/plain" or not (page.content_type or looks_like_html(page.body)):
        return parse_text(page.body, charset=page.charset)
    return parse_html(page.body, url=page.final_url, charset=page.charset)


def _is_binary(body: bytes) -> bool:
    return b"\x00" in body[:1024] and not body.startswith((b"\xff\xfe", b"\xfe\xff"))
