"""Articles in the desk: three ways in, progress, and text that means harm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, ArticleAddress
from claims.models import Claim
from tests import factories

ADD = "/admin/articles/article/add/"
TEXT = "The council spent 84 million euros on the bridge in 2025. It was the first bridge since 1931. " * 3


def page_of(article):
    return f"/admin/articles/article/{article.pk}/change/"


def test_pasted_text_becomes_an_article_with_its_details(as_reporter, reporter):
    details = {"title": "The bridge", "url": "https://verden.example/bridge", "published_on": "2026-03-02"}

    page = as_reporter.post(f"{ADD}?way=text", {"text": TEXT, **details}, follow=True)

    article = Article.objects.get()
    assert (article.title, article.url, article.submitted_by) == ("The bridge", details["url"], reporter)
    assert "The article is stored." in page.content.decode()


def test_an_address_is_stored_and_its_progress_shown(as_reporter):
    page = as_reporter.post(f"{ADD}?way=address", {"url": "https://example.com/story"}, follow=True)

    assert Article.objects.get().status == Article.Status.PENDING
    assert "Waiting to be fetched." in page.content.decode()
    assert "hx-get" in page.content.decode()


def test_a_file_becomes_an_article(as_reporter):
    file = SimpleUploadedFile("bridge.txt", TEXT.encode())

    as_reporter.post(f"{ADD}?way=file", {"file": file, "title": "From a file"})

    assert Article.objects.get().title == "From a file"


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "ftp://example.com/x", "not an address"])
def test_a_refused_address_is_said_at_its_field_and_kept(as_reporter, url):
    page = as_reporter.post(f"{ADD}?way=address", {"url": url})

    assert page.context["form"].errors["url"]
    assert page.context["form"]["url"].value() == url
    assert not Article.objects.exists()


def test_a_refused_paste_keeps_everything_typed(as_reporter):
    typed = {"text": TEXT, "title": "Typed title", "url": "http://10.0.0.1/x", "published_on": "2026-03-02"}

    page = as_reporter.post(f"{ADD}?way=text", typed).content.decode()

    assert "Typed title" in page
    assert "The council spent 84 million" in page
    assert "2026-03-02" in page


def test_the_same_text_twice_leads_to_the_article_that_is_here(as_reporter):
    as_reporter.post(f"{ADD}?way=text", {"text": TEXT})

    page = as_reporter.post(f"{ADD}?way=text", {"text": TEXT}, follow=True)

    assert "This article is already here" in page.content.decode()
    assert Article.objects.count() == 1


def test_the_progress_of_an_article_that_was_folded_leads_to_the_other_one(as_reporter):
    known = factories.make_article()
    ArticleAddress.objects.create(article=known, url="https://example.com/other")

    there = as_reporter.get("/admin/articles/article/999/change/?url=https://example.com/other")
    polled = as_reporter.get(
        "/admin/articles/article/999/progress/?url=https://example.com/other", headers={"HX-Request": "true"}
    )

    assert there.url == page_of(known)
    assert polled["HX-Redirect"] == page_of(known)


def test_polling_stops_when_the_article_is_done(as_reporter):
    article = factories.make_article()
    progress = f"/admin/articles/article/{article.pk}/progress/"

    waiting = as_reporter.get(progress, headers={"HX-Request": "true"})
    factories.make_run(article.revisions.get(), finished_at=factories.NOON)
    done = as_reporter.get(progress, headers={"HX-Request": "true"})

    assert b"Being read." in waiting.content
    assert done["HX-Refresh"] == "true"


def test_a_failed_article_says_why_and_can_be_retried(as_reporter):
    article = factories.make_article(status=Article.Status.FAILED)

    assert article.failure in as_reporter.get(page_of(article)).content.decode()
    as_reporter.post(f"/admin/articles/article/{article.pk}/retry/")

    article.refresh_from_db()
    assert article.status == Article.Status.PENDING


def test_hostile_text_is_shown_and_does_nothing(as_reporter):
    text = "<script>alert(1)</script> \u202eevil\u202c " + "w" * 1_000_000
    article = factories.make_article(text=text, title="<img src=x onerror=alert(1)>")

    page = as_reporter.get(page_of(article))

    assert b"<script>alert" not in page.content
    assert b"<img src=x" not in page.content
    assert len(page.content) < 200_000
    assert as_reporter.get(f"{page_of(article)}?part=999").status_code == 404


def test_a_claim_is_entered_from_the_words_of_an_article(as_reporter):
    article = factories.make_article()

    as_reporter.post(
        f"/admin/articles/article/{article.pk}/claim/",
        {"quote": "The old  bridge had been\nclosed", "text": "The old bridge was closed.", "claimant": ""},
    )

    place = Claim.objects.get().appearances.get()
    assert place.quote == "The old bridge had been closed"


def test_words_that_are_not_in_the_article_are_refused_and_kept(as_reporter):
    article = factories.make_article()

    page = as_reporter.post(
        f"/admin/articles/article/{article.pk}/claim/", {"quote": "Nothing of the kind", "text": "My sentence."}
    ).content.decode()

    assert "These words are not in the article." in page
    assert "My sentence." in page


def test_administrators_read_articles_and_add_none(as_administrator):
    article = factories.make_article()

    assert as_administrator.get(page_of(article)).status_code == 200
    assert as_administrator.get(ADD).status_code == 403
    assert as_administrator.post(f"{ADD}?way=text", {"text": TEXT}).status_code == 403
