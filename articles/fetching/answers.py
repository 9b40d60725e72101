"""What a server's answer means: its status, its headers, and what kind of thing it sent."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from articles.exceptions import FetchError, TransientFetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Servers that are busy, late or asked for patience; all of 5xx is treated alike.
TRY_LATER = frozenset({408, 425, 429})
LONGEST_WAIT = 3_600

ANSWERS = {
    401: "The site asks for a log-in to show this page (401). Paste the text instead.",
    403: "The site does not let us read this page (403). Paste the text instead.",
    404: "There is no page at this address (404). Check the address, or paste the text.",
    410: "The page at this address was taken down (410). An archive may have a copy.",
    451: "The site withholds this page for legal reasons (451). Paste the text instead.",
}
OTHER_ANSWER = "The site did not give us a page: it answered with status %(status)s. Paste the text instead."
LATER_ANSWER = "The site cannot give us the page just now (%(status)s)."

KINDS = {
    "application/pdf": "a PDF document",
    "application/json": "data (JSON)",
    "application/zip": "an archive",
    "application/msword": "an office document",
    "application/octet-stream": "a file for download",
    "application/javascript": "a script",
}
FAMILIES = {"image": "an image", "video": "a video", "audio": "a recording", "font": "a font"}
READABLE = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
WRONG_KIND = "This address is %(kind)s, not a page of text. Give the address of the article instead."
EMPTY = "The page at this address is empty. Check the address, or paste the text."
TOKEN = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}", re.ASCII)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.ASCII | re.I)


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers by lower-case name; those that came twice are joined by commas."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def refuse_bad_status(status: int, headers: dict[str, str]) -> None:
    """Raise the error that a status other than 200 and 203 stands for; 203 is a page passed on by a go-between."""
    if status in {200, 203}:
        return
    if status in TRY_LATER or status >= 500:
        wait = retry_after(headers.get("retry-after", ""))
        raise TransientFetchError(LATER_ANSWER % {"status": status}, retry_after=wait)
    raise FetchError(ANSWERS.get(status, OTHER_ANSWER % {"status": status}))


def retry_after(value: str) -> int | None:
    """Return the seconds a Retry-After header asks for, 0 to 3,600, from either of its two forms; None if unclear."""
    if re.fullmatch(r"[0-9]{1,10}", value):
        return min(int(value), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    return int(min(max((moment - datetime.now(UTC)).total_seconds(), 0), LONGEST_WAIT))


def declared_kind(headers: dict[str, str], *, any_kind: bool = False) -> tuple[str, str]:
    """Return the declared content type, "" if there is none, and the declared character set.

    Raises FetchError for a type that is not a page, before any of its body is read, unless `any_kind` will do.
    """
    header = headers.get("content-type", "")
    token = TOKEN.match(header.strip())
    content_type = token[0].lower() if token else ""
    if content_type and content_type not in READABLE and not any_kind:
        raise FetchError(WRONG_KIND % {"kind": _kind(content_type)})
    charset = CHARSET.search(header)
    return content_type, charset[1].lower() if charset else ""


def _kind(content_type: str) -> str:
    named = KINDS.get(content_type) or FAMILIES.get(content_type.partition("/")[0], "a file")
    return f"{named} ({content_type})"
