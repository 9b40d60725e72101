"""What a page may be, how large, and how it may be packed."""

import gzip
import socket
import tracemalloc
import zlib

import pytest

from articles.exceptions import FetchError, TransientFetchError
from articles.fetching import FetchLimits
from articles.fetching.bodies import read_body
from tests.articles.fetching.conftest import Site
from tests.articles.fetching.test_article_client import PAGE, read, refusal

ZERO_MEGABYTE = zlib.compressobj(9, zlib.DEFLATED, -15)
# One megabyte of zeros as a block of 1 KB that can be repeated for ever.
BLOCK = ZERO_MEGABYTE.compress(bytes(1_000_000)) + ZERO_MEGABYTE.flush(zlib.Z_FULL_FLUSH)
GZIP_START = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
DEFLATE_START = b"\x78\x9c"


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "text/plain", "TEXT/HTML ; charset=x"])
def test_pages_of_text_are_taken(site, kind):
    site.page("/", PAGE, f"Content-Type: {kind}")

    assert read(site).body == PAGE


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("image/jpeg", "an image (image/jpeg)"), ("application/pdf", "a PDF document"), ("video/mp4", "a video"),
        ("audio/mpeg", "a recording"), ("application/json", "data"),
        ("application/octet-stream", "a file for download"),
        ("text/css", "a file (text/css)"), ("application/x-<script>", "a file (application/x-"),
    ],
)  # fmt: skip
def test_what_is_no_page_of_text_is_refused_by_name(site, kind, named):
    site.page("/", b"\xff\xd8\xff", f"Content-Type: {kind}")

    error = refusal(site)

    assert not isinstance(error, TransientFetchError)
    assert named in str(error)
    assert "<" not in str(error)


def test_a_page_without_a_declared_type_says_so(site):
    site.page("/", PAGE, "Content-Type:")

    assert read(site).content_type == ""


@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_an_empty_page_is_refused(site, body):
    site.page("/", body)

    assert "empty" in str(refusal(site))


def endless(head: bytes, piece: bytes, times: int) -> object:
    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head)
        for _ in range(times):
            connection.sendall(piece)

    return answer


def test_a_page_of_50_megabytes_is_refused_before_it_is_read(site):
    site.answers("/", endless(b"Content-Length: 50000000\r\n\r\n", b"", 0))

    assert "larger than 10 MB" in str(refusal(site))


@pytest.mark.parametrize("head", [b"\r\n", b"Content-Encoding: identity\r\n\r\n"])
def test_a_page_of_50_megabytes_that_does_not_say_so_is_left_at_ten(site, head):
    site.answers("/", endless(head, bytes(1_000_000), 50))

    assert "larger than 10 MB" in str(refusal(site))


def test_a_page_in_endless_tiny_chunks_is_left(site):
    site.answers("/", endless(b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 60_000 + b"\r\na\r\n", 1000))

    assert "larger than 10 MB" in str(refusal(site))


@pytest.mark.parametrize(
    ("encoding", "start"), [("gzip", GZIP_START), ("deflate", DEFLATE_START), ("deflate", b""), ("X-GZIP", GZIP_START)]
)
def test_ten_gigabytes_packed_into_ten_megabytes_are_left_early(site, encoding, start):
    site.answers("/", endless(f"Content-Encoding: {encoding}\r\n\r\n".encode() + start, BLOCK, 10_000))
    tracemalloc.start()

    error = refusal(site)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "larger than 10 MB" in str(error)
    assert peak < 30_000_000


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("gzip", gzip.compress(PAGE[:9], mtime=0) + gzip.compress(PAGE[9:], mtime=0)),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"\x00\x00padding"),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_packed_page_is_unpacked_however_it_is_cut(encoding, body, size):
    chunks = [body[i : i + size] for i in range(0, len(body), size)]

    assert read_body(chunks, encoding=encoding, max_bytes=200) == PAGE


def test_a_large_packed_page_comes_out_whole():
    page = b"<p>" + bytes(range(256)) * 30_000

    assert read_body([gzip.compress(page, mtime=0)], encoding="gzip", max_bytes=10_000_000) == page


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"<html>not packed at all"), ("deflate", b"<html>not packed"), ("br", b"x"), ("zstd", b"x"),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0)),
        ("gzip", gzip.compress(b"a", mtime=0)[:-8] + b"wrongsum"),
        ("gzip", gzip.compress(b"", mtime=0) * 5_000),
    ],
)  # fmt: skip
def test_a_page_packed_in_a_way_we_do_not_unpack_is_refused(encoding, body):
    with pytest.raises(FetchError) as caught:
        read_body([body], encoding=encoding, max_bytes=1_000_000)

    assert not isinstance(caught.value, TransientFetchError)


def test_a_packed_page_that_breaks_off_is_tried_again():
    with pytest.raises(TransientFetchError):
        read_body([gzip.compress(PAGE, mtime=0)[:-10]], encoding="gzip", max_bytes=1_000_000)


def test_a_page_is_counted_as_it_travels_too(site: Site):
    site.page("/", gzip.compress(b"a", mtime=0) * 90, "Content-Encoding: gzip")

    assert "larger" in str(refusal(site, limits=FetchLimits(body_bytes=1_000)))
