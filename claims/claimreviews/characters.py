"""Bytes to characters, a chunk at a time, whatever the feed is encoded in."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from articles.parsing.decoding import MARKS

CHUNK = 65_536


def characters(file: BinaryIO) -> Iterator[str]:
    """Give the text of `file` in chunks, without the mark at its start and without NUL characters. Never fails.

    JSON is UTF-8, or UTF-16 or UTF-32 by its mark or its NULs. Bytes that are not UTF-8 are read as Windows-1252, as
    browsers do: it is what they are nearly always.
    """
    chunk = file.read(CHUNK)
    mark, encoding = next((pair for pair in MARKS if chunk.startswith(pair[0])), (b"", _unmarked(chunk)))
    decoder = codecs.getincrementaldecoder(encoding)("windows-1252 instead")
    chunk = chunk[len(mark) :]
    while chunk:
        yield decoder.decode(chunk).replace("\x00", "")
        chunk = file.read(CHUNK)
    yield decoder.decode(b"", final=True).replace("\x00", "")


def _unmarked(head: bytes) -> str:
    """A feed begins with two characters of ASCII, which in UTF-16 stand beside a NUL."""
    patterns = {(True, False): "utf-16-be", (False, True): "utf-16-le"}
    return patterns.get((head[0:1] == b"\x00", head[1:2] == b"\x00"), "utf-8")


def _instead(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252 instead", _instead)
