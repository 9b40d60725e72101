"""Pages over a real connection: what comes back, and what a broken or hostile site gets."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from articles.exceptions import FetchError, RefusedAddress, TransientFetchError
from articles.fetching import FetchedPage, FetchLimits, fetch
from tests.articles.fetching.conftest import Site

PAGE = b"<html><body><p>Five of seven countries signed.</p></body></html>"
USUAL = FetchLimits()
SHORT = FetchLimits(total_seconds=0.8, connect_seconds=0.5, read_seconds=0.4)


def read(site: Site, path: str = "/", limits: FetchLimits = USUAL) -> FetchedPage:
    return fetch(site.url(path), private_hosts=[site.host_port], limits=limits)


def refusal(site: Site, path: str = "/", limits: FetchLimits = USUAL) -> FetchError:
    with pytest.raises(FetchError) as caught:
        read(site, path, limits)
    return caught.value


def test_a_page_comes_back_as_it_was_sent(site):
    url = site.page("/a?id=1", PAGE, 'Content-Type: Text/HTML; Charset="ISO-8859-1"')

    page = fetch(url, private_hosts=[site.host_port], user_agent="Plumbline (desk@news.example)")

    assert (page.url, page.final_url, page.status) == (url, url, 200)
    assert (page.content_type, page.charset, page.body) == ("text/html", "iso-8859-1", PAGE)
    assert datetime.now(UTC) - page.retrieved_at < timedelta(seconds=5)
    assert f"Host: {site.host_port}\r\n" in site.requests[0]
    assert "User-Agent: Plumbline (desk@news.example)\r\n" in site.requests[0]


def test_the_environment_adds_no_proxy_and_no_log_in(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    site.page("/", PAGE, "Set-Cookie: a=b")
    read(site)
    read(site)

    assert "ookie" not in site.requests[1]
    assert "uthorization" not in site.requests[1]


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 410, 418, 451, 202, 204, 206, 300, 304])
def test_a_page_that_will_not_come_is_not_tried_again(site, status):
    site.page("/", b"", status=f"{status} x")

    error = refusal(site)

    assert not isinstance(error, TransientFetchError)
    assert str(status) in str(error)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
def test_a_page_that_may_come_later_is_tried_again(site, status):
    site.page("/", b"busy", status=f"{status} x")

    error = refusal(site)

    assert isinstance(error, TransientFetchError)
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("0", 0), ("999999999", 3600), ("-5", None), ("soon", None), ("", None), ("٣", None),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("Wed, 21 Oct 9015 07:28:00 GMT", 3600), ("1 Jan 99999999 0:0:0", None)],
)  # fmt: skip
def test_a_site_may_say_how_long_to_wait_but_not_over_an_hour(site, header, seconds):
    site.page("/", b"", f"Retry-After: {header}", status="429 x")

    error = refusal(site)

    assert isinstance(error, TransientFetchError)
    assert error.retry_after == seconds


def test_a_time_to_wait_until_is_understood(site):
    site.page("/", b"", f"Retry-After: {format_datetime(datetime.now(UTC) + timedelta(minutes=5))}", status="503 x")

    error = refusal(site)

    assert isinstance(error, TransientFetchError)
    assert error.retry_after in range(290, 301)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_told(site, status):
    site.page("/a", b"", "Location: /b?utm_source=x#top", status=f"{status} x")
    site.page("/b?utm_source=x", PAGE)

    page = read(site, "/a")

    assert page.url == site.url("/a")
    assert page.final_url == site.url("/b?utm_source=x")


def test_five_redirects_are_followed_and_six_are_not(site):
    for step in range(6):
        site.page(f"/{step}", b"", f"Location: /{step + 1}", status="302 x")
    site.page("/6", PAGE)

    assert read(site, "/1").final_url == site.url("/6")
    assert "circles" in str(refusal(site, "/0"))


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "http://2130706433/", "http://[::1]/",
        "//localhost/", "http://metadata.google.internal/", "http://10.0.0.1/", "ftp://e.example/", "file:///etc/passwd",
        "javascript:alert(1)", "data:text/html,x", "http://user:word@e.example/", "http://[", "http://e.example:22/",
        "http://e.example/\\x",
    ],
)  # fmt: skip
def test_a_redirect_off_the_public_web_is_refused(site, location):
    site.page("/", b"", f"Location: {location}", status="302 x")

    with pytest.raises(RefusedAddress, match="sends readers of this page on"):
        read(site)


def test_a_redirect_to_nowhere_is_refused(site):
    site.page("/", b"", status="302 x")

    assert "does not say where" in str(refusal(site))


def test_a_redirect_to_letters_beyond_ascii_is_followed(site):
    site.page("/", b"", "Location: /straße", status="302 x")
    site.page("/stra%C3%9Fe", PAGE)

    assert read(site).body == PAGE


@pytest.mark.parametrize(
    "ips",
    [["127.0.0.1"], ["10.1.2.3"], ["::1"], ["fe80::1%eth0"], ["169.254.169.254"], ["93.184.216.34", "10.0.0.1"],
     ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"]],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused_without_connecting(site, ips):
    with pytest.raises(RefusedAddress):
        fetch("http://news.example/", resolve=lambda _host, _port: ips)

    assert site.requests == []


def test_a_redirect_to_a_name_that_leads_inside_is_refused(site):
    site.page("/", b"", "Location: http://inside.example:8080/", status="302 x")

    with pytest.raises(RefusedAddress):
        fetch(site.url(), private_hosts=[site.host_port], resolve=lambda _host, _port: ["127.0.0.1"])

    assert len(site.requests) == 1


def test_a_name_is_looked_up_once_and_that_answer_is_connected_to(site):
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    site.page("/", PAGE)
    host = f"archive.intranet:{site.port}"
    page = fetch(f"http://{host}/", private_hosts=[host], resolve=resolve)

    assert page.body == PAGE
    assert asked == [("archive.intranet", site.port)]
    assert f"Host: {host}\r\n" in site.requests[0]


def test_the_next_address_of_a_name_is_tried_when_the_first_does_not_answer(site):
    site.page("/", PAGE)
    host = f"archive.intranet:{site.port}"

    page = fetch(f"http://{host}/", private_hosts=[host], resolve=lambda _host, _port: ["127.0.0.9", "127.0.0.1"])

    assert page.body == PAGE
