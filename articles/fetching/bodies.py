"""The body of an answer: counted as it comes, before and after it is unpacked."""

import zlib
from collections.abc import Iterable

from articles.exceptions import FetchError, TransientFetchError
from articles.fetching.network import TOO_LARGE

# What we say we can unpack: the two that the standard library unpacks piece by piece.
ACCEPTED_ENCODINGS = "gzip, deflate"
PIECE = 64 * 1024
# Some servers send a page as a few gzip files in a row; thousands of tiny ones would only keep us busy.
MOST_MEMBERS = 100

UNKNOWN_ENCODING = "The site packed its page in a way that cannot be read (%(encoding)s). Paste the text instead."
BROKEN_ENCODING = "The page arrived damaged and cannot be unpacked. Paste the text instead."
CUT_SHORT = "The page broke off before its end."


def read_body(chunks: Iterable[bytes], *, encoding: str, max_bytes: int) -> bytes:
    """Return the whole body, unpacked.

    Never holds more than `max_bytes` and one piece, however much a small body would grow into.
    Raises FetchError if the body is too large, as it travels or unpacked, or cannot be unpacked.
    """
    unpacker = _unpacker(encoding)
    body = bytearray()
    travelled = 0
    for chunk in chunks:
        travelled += len(chunk)
        for piece in unpacker.unpack(chunk):
            body += piece
            _refuse_too_large(len(body), max_bytes)
        _refuse_too_large(travelled, max_bytes)
    if travelled and not unpacker.finished:
        raise TransientFetchError(CUT_SHORT)
    return bytes(body)


def _refuse_too_large(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise FetchError(TOO_LARGE % {"megabytes": max_bytes // 1_000_000})


class _Plain:
    finished = True

    def unpack(self, chunk: bytes) -> Iterable[bytes]:
        yield chunk


class _Packed:
    """gzip, or deflate in either of the two forms that servers send under that name."""

    def __init__(self, encoding: str) -> None:
        self._gzip = encoding != "deflate"
        self._unpacker: zlib._Decompress | None = None
        self._members = 0

    @property
    def finished(self) -> bool:
        return self._unpacker is None or self._unpacker.eof

    def unpack(self, chunk: bytes) -> Iterable[bytes]:
        piece = b""
        while chunk or len(piece) == PIECE:  # a full piece may leave more inside although the input is used up
            unpacker = self._current(chunk)
            if unpacker.eof:  # the page is over, and what follows is no packed page
                return
            try:
                piece = unpacker.decompress(chunk, PIECE)
            except zlib.error as error:
                raise FetchError(BROKEN_ENCODING) from error
            chunk = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            yield piece

    def _current(self, chunk: bytes) -> "zlib._Decompress":
        if self._unpacker is None or (self._unpacker.eof and self._gzip and chunk[:1] == b"\x1f"):
            self._members += 1
            if self._members > MOST_MEMBERS:
                raise FetchError(BROKEN_ENCODING)
            self._unpacker = zlib.decompressobj(self._window_bits(chunk))
        return self._unpacker

    def _window_bits(self, chunk: bytes) -> int:
        if self._gzip:
            return zlib.MAX_WBITS + 16
        # A zlib header says "deflate" in its low four bits; a raw stream cannot begin like that and end well.
        return zlib.MAX_WBITS if chunk[0] & 0x0F == 8 else -zlib.MAX_WBITS


def _unpacker(encoding: str) -> _Plain | _Packed:
    """Choose by the Content-Encoding header. One packing inside another is refused: no honest site does it."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name in {"gzip", "x-gzip", "deflate"}:
        return _Packed(name)
    raise FetchError(UNKNOWN_ENCODING % {"encoding": name[:40] if name.isascii() and name.isprintable() else "?"})
