"""Whatever a text says, it stays a text."""

import pytest

from articles.models import ArticleAddress
from claims.models import Topic
from claims.templatetags.markdown import markdown, markdown_page
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
READERS_PAGES = (
    *("/", "/claims/hostile/", "/claimants/hostile/", "/feeds/claims.atom", "/search/?q=onerror"),
    *("/topics/hostile/", "/publishers/hostile.example/", "/articles/1/", "/feeds/topics/hostile.atom"),
    *("/feeds/claimants/hostile.atom", "/feeds/publishers/hostile.example.atom"),
)


def make_hostile(text: str):
    claimant = factories.make_claimant(text, slug="hostile")
    paper = factories.make_publisher("hostile.example", name=text[:200], text_allowed=True)
    article = factories.make_article(
        pk=1, title=text[:300], byline=text[:300], text=f"{text} {factories.TEXT}", publisher=paper
    )
    rosa = factories.make_user("rosa", first_name=text[:100], last_name="")
    claim = factories.make_published_claim(
        slug="hostile",
        text=text,
        claimant=claimant,
        appears=False,
        verdict={"summary": text, "explanation": text, "by": rosa, "cites": False},
    )
    return claim, article


def publish_hostile(text: str):
    """Hostile text in every field that a reader is shown."""
    claim, article = make_hostile(text)
    claim.topics.add(Topic.objects.create(name=text[:100], slug="hostile"))
    factories.make_appearance(claim, revision=article.revisions.get(), quote=text, claimant_text=text[:300])
    second = factories.make_verdict(claim, cites=False, summary=text, explanation=text, by=claim.verdicts.get().by)
    source = factories.make_source(claim, title=text, publisher=text, quote=text, locator=text, no_url_reason=text)
    factories.Citation.objects.create(verdict=second, source=source, stance="context", n=1)
    factories.approve(second)
    factories.make_correction(second)
    claim.verdicts.filter(pk=second.pk).update(published_at=factories.NOON, claim_text=text, claimant_name=text)
    return claim


@pytest.mark.parametrize("address", READERS_PAGES)
def test_html_in_every_field_is_shown_and_not_run(client, address):
    publish_hostile(SCRIPT)

    response = client.get(address)
    body = response.content.decode()

    assert response.status_code == 200
    assert "<script>alert" not in body
    assert "<img" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_a_script_end_in_the_claim_does_not_end_the_record(client):
    publish_hostile(SCRIPT)

    record = pages.claim_review(client.get("/claims/hostile/"))

    assert record["claimReviewed"] == SCRIPT
    assert record["itemReviewed"]["appearance"][0]["headline"] == SCRIPT


def test_a_javascript_address_is_no_link_anywhere(client):
    claim = factories.make_published_claim(verdict={"cites": False}, appears=False)
    claimant, article = claim.claimant, factories.make_article()
    claimant.same_as = ["javascript:alert(1)"]
    claimant.save()
    ArticleAddress.objects.filter(article=article).update(url="javascript:alert(2)")
    factories.make_appearance(claim, revision=article.revisions.get())
    second = factories.make_verdict(claim, cites=False, explanation="[a](javascript:alert(3)) <javascript:alert(4)>")
    source = factories.make_source(claim, url="JavaScript:alert(5)")
    factories.Citation.objects.create(verdict=second, source=source, stance="context", n=1)
    factories.approve(second)
    factories.make_correction(second)
    claim.verdicts.filter(pk=second.pk).update(published_at=factories.NOON, claim_text=claim.text, claimant_name="J")

    for address in (claim.get_absolute_url(), claimant.get_absolute_url()):
        page = pages.parse(client.get(address))
        assert not [link for link in page.xpath("//@href") if "javascript" in link.lower()]
    assert "javascript" not in str(pages.claim_review(client.get(claim.get_absolute_url()))).lower()


def test_text_from_right_to_left_does_not_turn_what_is_around_it(client):
    publish_hostile("\u202eevil \u0628\u0644\u063a\u062a")

    page = pages.parse(client.get("/claims/hostile/"))

    assert page.xpath("//h1/@dir") == ["auto"]
    assert set(page.xpath("//blockquote/@dir")) == {"auto"}
    assert len(page.xpath("//p[@class='said__by']//bdi")) == 2
    assert all(link.xpath("./bdi") for link in page.xpath("//p[@class='source__title' or @class='place__title']/a"))


@pytest.mark.parametrize("address", READERS_PAGES)
def test_characters_that_xml_cannot_hold_break_nothing(client, address):
    publish_hostile("bell \x07 and \x1b[31m and \ufffe")

    response = client.get(address)

    assert response.status_code == 200
    if address.endswith(".atom"):
        assert len(pages.parse_xml(response).findall("a:entry", pages.ATOM)) == 1


def test_a_very_long_word_is_quoted_short(client):
    publish_hostile("w" * 190)
    claim = factories.Claim.objects.get()
    article = factories.make_article(text="z" * 2_000)
    factories.make_appearance(claim, revision=article.revisions.get(), quote="z" * 2_000)

    assert "z" * 300 not in client.get("/claims/hostile/").content.decode()


@pytest.mark.parametrize("address", READERS_PAGES)
def test_a_word_of_500_characters_stops_no_page(client, address):
    claim = factories.make_published_claim(
        slug="hostile", text="w" * 500, claimant=factories.make_claimant("w" * 200, slug="hostile"), appears=False
    )
    paper = factories.make_publisher("hostile.example", name="w" * 200, text_allowed=True)
    article = factories.make_article(pk=1, title="w" * 300, text="w" * 5_000, publisher=paper)
    factories.make_appearance(claim, revision=article.revisions.get(), quote="w" * 500)
    claim.topics.add(Topic.objects.create(name="w" * 100, slug="hostile"))

    assert client.get(address).status_code == 200


def test_markdown_keeps_formatting_and_drops_html():
    html = markdown("**Bold** and *slanted* <b onclick=x>raw</b>\n\n<script>alert(1)</script>\n\n- one\n- two")

    assert "<strong>Bold</strong> and <em>slanted</em>" in html
    assert "<li>one</li>" in html
    assert "<b " not in html
    assert "<script" not in html


def test_markdown_headings_start_below_the_section_and_skip_no_level():
    html = markdown("# One\n\n### Two\n\n###### Three")

    assert html.split("\n")[:3] == ["<h3>One</h3>", "<h4>Two</h4>", "<h5>Three</h5>"]
    assert markdown("#### Only") == "<h3>Only</h3>\n"
    assert markdown_page("#### Only") == "<h2>Only</h2>\n"


def test_markdown_pictures_become_links_so_that_nobody_else_learns_who_reads():
    html = markdown("![A chart](https://elsewhere.example/chart.png)")

    assert "<img" not in html
    assert '<a href="https://elsewhere.example/chart.png">A chart</a>' in html


def test_markdown_tables_carry_no_style_and_no_empty_header():
    html = markdown("| | Sum |\n|---|--:|\n| a | 1 |")

    assert "style" not in html
    assert "<th></th>" not in html
    assert "<th>Sum</th>" in html
