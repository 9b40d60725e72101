"""What a site gets that is not there, too slow, or breaks the rules of the web."""

import socket
import threading
import time

import pytest

from articles.exceptions import FetchError, TransientFetchError
from articles.fetching import fetch
from tests.articles.fetching.conftest import http
from tests.articles.fetching.test_article_client import PAGE, SHORT, read, refusal


@pytest.mark.parametrize(
    ("failure", "transient"),
    [(socket.EAI_NONAME, False), (socket.EAI_NODATA, False), (socket.EAI_AGAIN, True), (socket.EAI_FAIL, True)],
)
def test_a_name_that_does_not_exist_is_not_tried_again_but_a_failed_look_up_is(failure, transient):
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(failure, "x")

    with pytest.raises(FetchError) as caught:
        fetch("http://news.example/", resolve=resolve)

    assert isinstance(caught.value, TransientFetchError) is transient
    assert "news.example" in str(caught.value)


def test_a_look_up_that_hangs_is_left():
    started = time.monotonic()
    done = threading.Event()

    with pytest.raises(TransientFetchError):
        fetch("http://news.example/", limits=SHORT, resolve=lambda _host, _port: [str(done.wait(5))])

    done.set()
    assert time.monotonic() - started < 2


def test_a_site_that_refuses_the_connection_is_tried_again(site):
    site.close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(TransientFetchError):
        fetch(f"http://127.0.0.1:{port}/", private_hosts=[f"127.0.0.1:{port}"])


def test_a_site_that_does_not_speak_tls_is_not_trusted():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        threading.Thread(target=lambda: listener.accept()[0].sendall(http(PAGE)), daemon=True).start()

        with pytest.raises(FetchError, match="certificate") as caught:
            fetch(f"https://127.0.0.1:{port}/", private_hosts=[f"127.0.0.1:{port}"])

    assert not isinstance(caught.value, TransientFetchError)


def test_a_site_that_closes_without_a_word_is_tried_again(site):
    site.answers("/", lambda connection: connection.close())

    assert isinstance(refusal(site), TransientFetchError)


def drip(head: bytes) -> "object":
    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(60):
            connection.sendall(b"a")
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        lambda connection: time.sleep(3),
        drip(b""),
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n"),
    ],
    ids=["silence", "slow status", "slow header", "slow body"],
)
def test_a_site_that_takes_too_long_is_left_and_tried_again(site, answer):
    site.answers("/", answer)
    started = time.monotonic()

    error = refusal(site, limits=SHORT)

    assert isinstance(error, TransientFetchError)
    assert time.monotonic() - started < 1.5


def test_all_redirects_together_have_the_time_of_one_fetch(site):
    def slowly(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(http(b"", "Location: /", status="302 x"))

    site.answers("/", slowly)

    assert isinstance(refusal(site, limits=SHORT), TransientFetchError)


@pytest.mark.parametrize(
    "answer",
    [
        b"\x16\x03\x01 no http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: minus\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nBad Header\x00: a\r\n\r\n",
        b"HTTP/9.9 2000000 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Huge: " + b"a" * 2_000_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: aaaaaaaaaa\r\n" % n for n in range(5000)) + b"\r\n" + PAGE,
    ],
    ids=["no http", "two lengths", "no number", "bad chunk", "bad header", "bad status", "huge header", "many headers"],
)
def test_an_answer_against_the_rules_is_not_tried_again(site, answer):
    site.answers("/", answer)

    assert not isinstance(refusal(site), TransientFetchError)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + PAGE[:20],
    ],
)
def test_a_page_that_breaks_off_is_tried_again(site, answer):
    site.answers("/", answer)

    assert isinstance(refusal(site), TransientFetchError)


def test_what_follows_the_announced_length_is_left_unread(site):
    site.answers("/", http(PAGE) + b"more")

    assert read(site).body == PAGE


def test_hints_sent_before_the_page_do_no_harm(site):
    site.answers("/", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3 + http(PAGE))

    assert read(site).body == PAGE
