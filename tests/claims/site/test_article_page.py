"""The page of an article as checked."""

import pytest

from articles.models import ArticleAddress
from claims.models import Claim, ClaimantAlias
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
SENTENCE = "The new bridge over the Aller opened on 2 March 2026."


def make_checked(*, text: str = "", publisher: dict | None = None, **fields):
    """An article with the two claims of `factories.TEXT` published, the later one first."""
    paper = factories.make_publisher(**(publisher or {}))
    article = factories.make_article(text=text, publisher=paper, **fields)
    revision = article.revisions.get()
    for quote, claim in ((factories.QUOTE, "It cost 84 million."), ("opened on 2 March 2026", "It opened in March.")):
        published = factories.make_published_claim(text=claim, appears=False)
        factories.make_appearance(published, revision=revision, quote=quote)
    return article


def page_of(client, article):
    return client.get(f"/articles/{article.pk}/")


def test_it_shows_title_publisher_link_and_the_quotes_in_the_order_of_the_text_with_verdicts(client):
    article = make_checked(byline="Nora Lind")

    response = page_of(client, article)
    page, shown = pages.parse(response), pages.text_of(response)

    assert page.findtext(".//h1") == "Bridge over the Aller opened"
    assert "Verdener Bote · Nora Lind · March 2, 2026" in shown
    assert page.xpath("//a[@rel='nofollow']/@href") == [article.url]
    assert [quote.text_content().strip() for quote in page.xpath("//blockquote")] == [
        "opened on 2 March 2026",
        factories.QUOTE,
    ]
    assert "Our verdict: Mostly true It opened in March." in shown
    assert page.xpath("//li//a/@href")[0] == Claim.objects.get(text="It opened in March.").get_absolute_url()


def test_two_claims_made_by_the_same_words_stand_under_one_quote(client):
    article = make_checked()
    other = factories.make_published_claim(text="It cost more than 80 million.", appears=False)
    factories.make_appearance(other, revision=article.revisions.get())

    page = pages.parse(page_of(client, article))

    assert len(page.xpath("//blockquote")) == 2
    assert len(page.xpath("//ul[@class='quotes__verdicts']")[1].xpath("./li")) == 2


def test_only_the_checked_words_are_shown_unless_the_publisher_allows_the_text(client):
    article = make_checked()

    assert "closed for 14 months" not in page_of(client, article).content.decode()


def test_where_the_publisher_allows_it_the_whole_text_is_shown_with_the_claims_marked(client):
    article = make_checked(publisher={"text_allowed": True})

    response = page_of(client, article)
    marks = pages.parse(response).xpath("//div[@class='whole']/mark")

    assert "closed for 14 months" in pages.text_of(response)
    assert [mark.text for mark in marks] == ["opened on 2 March 2026", factories.QUOTE]
    assert pages.parse(response).xpath("//div[@class='whole']/a")[0].text_content().split() == [
        *("Our", "verdict:", "Mostly", "true")
    ]


def test_claims_that_overlap_are_marked_together_and_no_letter_is_lost(client):
    article = make_checked(publisher={"text_allowed": True})
    wider = factories.make_published_claim(text="The mayor said so.", appears=False)
    revision = article.revisions.get()
    factories.make_appearance(wider, revision=revision, quote="84 million euros, the mayor of Verden")

    (whole,) = pages.parse(page_of(client, article)).xpath("//div[@class='whole']")
    for verdict in whole.xpath("./a"):
        verdict.drop_tree()

    assert whole.text_content().replace(" ", "") == revision.text.replace(" ", "")
    assert "84 million euros" in [mark.text for mark in whole.xpath("./mark")]


def test_a_text_longer_than_a_page_holds_goes_on_at_its_publisher(client):
    article = make_checked(text=factories.TEXT + " More of it." * 5_000, publisher={"text_allowed": True})

    response = page_of(client, article)

    assert "The text goes on at its publisher." in pages.text_of(response)
    assert len(response.content) < 100_000


@pytest.mark.parametrize("status", [Claim.Status.DETECTED, Claim.Status.APPROVED, Claim.Status.RETRACTED])
def test_an_article_of_which_nothing_is_published_is_not_found(client, status):
    article = factories.make_article()
    factories.make_claim(revision=article.revisions.get(), status=status)

    assert page_of(client, article).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999", "9" * 30, "x"])
def test_an_article_that_is_not_there_is_not_found(client, pk):
    assert client.get(f"/articles/{pk}/").status_code == 404


def test_what_is_not_published_is_not_told_by_an_article_of_which_something_is(client):
    article = make_checked()
    factories.make_claim(text="Not yet.", revision=article.revisions.get(), status=Claim.Status.IN_REVIEW)

    assert "Not yet." not in page_of(client, article).content.decode()


def test_a_merged_claim_is_told_by_the_one_it_counts_with(client):
    winner = factories.make_published_claim(text="The winner.")
    article = factories.make_article()
    loser = factories.make_claim(appears=False, text="Loser.", status=Claim.Status.MERGED, merged_into=winner)
    factories.make_appearance(loser, revision=article.revisions.get())

    shown = pages.text_of(page_of(client, article))

    assert "The winner." in shown
    assert "Loser." not in shown


def test_a_person_who_is_not_named_publicly_is_named_nowhere(client):
    text = "Karl Meyer, called Charly M., said it cost 84 million, and Meyer knows."
    paper = factories.make_publisher(text_allowed=True)
    article = factories.make_article(text=text, title="Meyer: 84 million", byline="Karl Meyer", publisher=paper)
    karl = factories.make_claimant("Karl Meyer", named_publicly=False)
    ClaimantAlias.objects.create(claimant=karl, name="Charly M.")
    claim = factories.make_published_claim(claimant=karl, appears=False)
    # what is marked begins inside the name
    quote = "Meyer, called Charly M., said it cost 84 million"
    factories.make_appearance(claim, revision=article.revisions.get(), quote=quote, claimant_text="Karl Meyer")

    response = page_of(client, article)

    for name in ("Karl", "Meyer", "Charly"):
        assert name not in response.content.decode()
    shown = pages.text_of(response)
    assert "[…], called […], said it cost 84 million Our verdict: Mostly true, and […] knows." in shown


def test_a_text_without_title_address_or_publisher_has_a_page(client):
    article = make_checked(title="")
    article.publisher = None
    article.save()
    ArticleAddress.objects.filter(article=article).delete()

    response = page_of(client, article)

    assert pages.parse(response).findtext(".//h1") == "A text without an address"


def test_the_claim_page_leads_to_it(client):
    article = make_checked()

    page = pages.parse(client.get(Claim.objects.first().get_absolute_url()))

    assert f"/articles/{article.pk}/" in page.xpath("//li[@class='place']//a/@href")
