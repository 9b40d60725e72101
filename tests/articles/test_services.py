from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles import services
from articles.exceptions import RefusedAddress, RefusedText
from articles.models import Article, ArticleAddress, Publisher, Revision, Snapshot
from articles.services import due_articles, fetch_article, retry_article, submit_address, submit_file, submit_text
from tests.articles.fetching.conftest import Site, http, site  # noqa: F401 - a fixture
from tests.at_once import at_once
from tests.factories import make_article

pytestmark = pytest.mark.django_db

STORY = (
    "The ferry between Brake and Sandstedt carried 410,000 cars last year, the operator said on Tuesday. "
    "That is 12 percent more than the year before. The ferry has crossed the Weser since 1904."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry carries more cars</title>
<meta property="og:site_name" content="Weser Post"></head><body><main><article><h1>Ferry carries more cars</h1>
<p>{STORY}</p></article></main></body></html>"""


@pytest.fixture
def near(site: Site, settings) -> Site:  # noqa: F811 - the fixture
    settings.FETCH_PRIVATE_HOSTS = [site.host_port]
    return site


def fetched(url: str) -> Article:
    article = submit_address(url).article
    url = article.url
    fetch_article(article.pk)
    return Article.objects.get(addresses__url=url)  # its own row, or that of an article we had


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (Article, ArticleAddress, Revision, Snapshot, Publisher))


def test_an_address_becomes_a_read_article_with_its_bytes_kept(near):
    article = fetched(near.page("/ferry", PAGE.encode()))

    revision = article.revisions.get()
    assert (article.status, article.title, article.language) == (Article.Status.READ, "Ferry carries more cars", "en")
    assert STORY in revision.text
    assert revision.snapshot.file.read() == PAGE.encode()
    assert article.publisher.name == "Weser Post"


def test_the_same_address_twice_is_one_article_and_says_so(near):
    url = near.page("/ferry", PAGE.encode())

    first, second = submit_address(url), submit_address(f"{url}?utm_source=newsletter#comments")

    assert (first.duplicate, second.duplicate) == (False, True)
    assert first.article == second.article


def test_the_same_text_at_two_addresses_is_one_article_with_both(near):
    first = fetched(near.page("/ferry", PAGE.encode()))
    second = fetched(near.page("/ferry-again", PAGE.encode()))

    assert first == second
    assert Article.objects.count() == 1
    assert first.addresses.count() == 2


def test_an_address_that_leads_to_a_known_one_is_that_article(near):
    known = fetched(near.page("/ferry", PAGE.encode()))
    changed = PAGE.replace("410,000", "420,000").encode()
    near.page("/ferry", changed)
    led = fetched(near.answers("/short", http(b"", "Location: /ferry", status="302 Found")))

    assert led == known
    assert known.revisions.get().n == 1


def test_the_same_text_with_other_line_ends_is_one_article():
    first = submit_text("One fact.\nAnother fact of 1991.")
    second = submit_text("One fact.\r\nAnother  fact of 1991.\r\n")

    assert (second.article, second.duplicate) == (first.article, True)


def test_pasted_text_keeps_what_the_person_gave():
    submitted = submit_text(STORY, url="https://weserpost.example/ferry", title="Ferry", published_on=date(2026, 3, 1))

    article = Article.objects.get(pk=submitted.article.pk)
    assert (article.title, article.published_on, article.url) == (
        "Ferry",
        date(2026, 3, 1),
        "https://weserpost.example/ferry",
    )
    assert article.publisher.domain == "weserpost.example"
    assert article.revisions.get().text == STORY


def test_a_file_of_text_and_a_file_of_html_are_read():
    text = submit_file("ferry.txt", STORY.encode())
    page = submit_file("ferry.html", PAGE.replace("410,000", "420,000").encode())

    assert text.article.revisions.get().text == STORY
    assert page.article.title == "Ferry carries more cars"
    assert page.article.revisions.get().snapshot.size == len(PAGE.encode())


@pytest.mark.parametrize("text", ["", " \n\t ", "x" * 5_000_001, "\0\0"])
def test_text_that_is_empty_or_over_the_limit_is_refused_with_nothing_stored(text):
    with pytest.raises(RefusedText) as refusal:
        submit_text(text)

    assert str(refusal.value).count(".") >= 1
    assert nothing_is_stored()


@pytest.mark.parametrize("name", ["photo.png", "report.exe"])
def test_a_file_of_another_kind_is_refused_with_nothing_stored(name):
    with pytest.raises(RefusedText):
        submit_file(name, b"\x89PNG\r\n\x1a\n" + bytes(100))

    assert nothing_is_stored()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/admin/",
        "http://[::1]/",
        "http://10.0.0.8/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "file:///etc/passwd",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "example",
        "http://user:secret@example.com/",
    ],
)
def test_an_address_that_is_not_a_public_web_page_is_refused_with_nothing_stored(url):
    with pytest.raises(RefusedAddress):
        submit_address(url)

    assert nothing_is_stored()


def test_a_name_that_resolves_to_a_private_address_fails_with_a_reason(monkeypatch):
    import socket

    private = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: private)  # the network is replaced

    article = fetched("http://intranet.example.org/secret")

    assert article.status == Article.Status.FAILED
    assert article.failure
    assert not article.revisions.exists()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/404", http(b"gone", status="404 Not Found")),
        ("/image", http(b"\x89PNG\r\n\x1a\n", "Content-Type: image/png")),
        ("/empty", http(b"")),
        ("/no-text", http(b"<html><body><div></div></body></html>")),
        ("/private", http(b"", "Location: http://10.0.0.1/", status="302 Found")),
        ("/large", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 52428800\r\n\r\n" + b"x" * 1000),
    ],
)
def test_what_cannot_be_read_fails_with_one_sentence_and_nothing_half_written(near, path, answer):
    article = fetched(near.answers(path, answer))

    assert article.status == Article.Status.FAILED
    assert article.failure.endswith(".")
    assert not Revision.objects.exists()
    assert not Snapshot.objects.exists()


def test_a_transient_failure_is_tried_again_later_and_then_given_up(near):
    url = near.page("/busy", b"try later", status="503 Service Unavailable")
    article = submit_address(url).article

    fetch_article(article.pk)
    article.refresh_from_db()
    assert article.status == Article.Status.PENDING
    assert article.next_try_at > timezone.now() + timedelta(seconds=20)

    for _attempt in range(4):
        fetch_article(article.pk)
    article.refresh_from_db()
    assert article.status == Article.Status.FAILED
    assert article.attempts == 5


def test_a_failed_article_is_tried_again_by_hand_and_when_it_is_submitted_again(near, reporter):
    url = near.page("/late", b"", status="404 Not Found")
    article = fetched(url)
    near.page("/late", PAGE.encode())

    assert retry_article(article, by=reporter)
    fetch_article(article.pk)

    assert Article.objects.get(pk=article.pk).status == Article.Status.READ
    failed = fetched(near.page("/never", b"", status="404 Not Found"))
    assert submit_address(failed.url).article.status == Article.Status.PENDING


def test_a_text_pasted_for_an_address_that_failed_is_that_articles_text(near):
    failed = fetched(near.page("/paywall", b"", status="403 Forbidden"))

    submitted = submit_text(STORY, url=failed.url)

    assert (submitted.article, submitted.duplicate) == (failed, False)
    failed.refresh_from_db()
    assert (failed.status, failed.failure) == (Article.Status.READ, "")
    assert failed.revisions.get().text == STORY


def test_a_known_text_pasted_with_another_address_keeps_that_address():
    first = submit_text(STORY, url="https://weserpost.example/ferry").article

    again = submit_text(STORY, url="https://harben-courier.example/ferry")

    assert (again.article, again.duplicate) == (first, True)
    assert first.addresses.count() == 2


def test_a_page_that_leads_to_an_address_that_failed_before_is_read_there(near):
    failed = fetched(near.page("/ferry", b"", status="404 Not Found"))
    near.page("/ferry", PAGE.encode())

    read = fetched(near.answers("/short", http(b"", "Location: /ferry", status="302 Found")))

    assert read == failed
    assert read.status == Article.Status.READ
    assert read.addresses.count() == 2
    assert Article.objects.count() == 1


def test_a_page_that_stops_every_worker_is_given_up(near):
    article = submit_address(near.page("/ferry", PAGE.encode())).article
    Article.objects.filter(pk=article.pk).update(attempts=5)

    fetch_article(article.pk)

    article.refresh_from_db()
    assert article.status == Article.Status.FAILED
    assert near.requests == []


def test_a_publisher_with_an_endless_name_is_cut(near):
    page = PAGE.replace("Weser Post", "Weser " * 48)

    assert len(fetched(near.page("/ferry", page.encode())).publisher.name) <= 200


def test_the_sweep_takes_what_waits_and_only_once():
    waiting = make_article(status=Article.Status.PENDING)
    make_article(status=Article.Status.PENDING, next_try_at=timezone.now() + timedelta(minutes=5))
    make_article(status=Article.Status.FAILED)

    assert due_articles() == [waiting.pk]
    assert due_articles() == []


def test_fetching_an_article_twice_does_it_once(near):
    article = fetched(near.page("/ferry", PAGE.encode()))

    fetch_article(article.pk)

    assert len(near.requests) == 1
    assert article.revisions.count() == 1


def test_what_was_done_to_the_text_is_noted():
    submitted = submit_text("Twelve\0 ferries crossed the Weser in 1904.")

    revision = submitted.article.revisions.get()
    assert revision.text == "Twelve ferries crossed the Weser in 1904."
    assert revision.notes


def test_five_megabytes_of_text_and_a_word_of_one_megabyte_are_taken():
    long = submit_text("The ferry carried 410,000 cars last year. " * 119_000)
    word = submit_text("x" * 1_000_000)

    assert {long.article.status, word.article.status} == {Article.Status.READ}


def test_another_language_is_stored_and_marked():
    submitted = submit_text(
        "Die Fähre zwischen Brake und Sandstedt beförderte im vergangenen Jahr 410.000 Autos über die Weser."
    )

    assert submitted.article.language != "en"


def test_a_kept_file_that_a_crash_cut_short_is_written_again(settings):
    first = submit_file("a.html", PAGE.encode()).article.revisions.get().snapshot
    Path(settings.MEDIA_ROOT, first.file.name).write_bytes(b"cut")
    Article.objects.all().delete()
    Snapshot.objects.all().delete()

    again = submit_file("a.html", PAGE.encode()).article.revisions.get().snapshot

    assert again.file.read() == PAGE.encode()


def test_the_text_of_a_revision_cannot_be_changed():
    revision = submit_text(STORY).article.revisions.get()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(text="other")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["address", "text", "file"])
def test_the_same_article_submitted_by_ten_threads_at_once_is_one(way):
    ways = {
        "address": lambda: services.submit_address("https://weserpost.example/ferry"),
        "text": lambda: services.submit_text(STORY),
        "file": lambda: services.submit_file("ferry.html", PAGE.encode(), url="https://weserpost.example/ferry"),
    }
    results = at_once(*[ways[way]] * 10)

    assert Article.objects.count() == 1
    assert sorted(result.duplicate for result in results) == [False] + [True] * 9


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_fetch_the_same_text_from_two_addresses_at_once_make_one_article(near):
    urls = [near.page(f"/ferry-{n}", PAGE.encode()) for n in range(6)]
    articles = [submit_address(url).article for url in urls]

    at_once(*[partial(fetch_article, article.pk) for article in articles])

    article = Article.objects.get()
    assert article.status == Article.Status.READ
    assert sorted(address.url for address in article.addresses.all()) == sorted(urls)
