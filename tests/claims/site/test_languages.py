"""Readers' pages in the site's languages: the address tells which, and nothing else does."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.urls import clear_url_caches

from claims.models import Slug, StandingPage
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
LETTER = "The ferry carried 400,000 cars in 2025, not 380,000."
OF_THE_FOOTER = ("ratings", "methodology", "statistics", "corrections", "search")
WITH_A_CANONICAL_ADDRESS = (
    *("/", "/claims/bridge/", "/submit/"),
    *(f"/{name}/" for name in (*OF_THE_FOOTER, *StandingPage.Name.values)),
)


@pytest.fixture
def claim(db):
    return factories.make_published_claim(
        slug="bridge", text="The bridge cost 84 million euros.", published_at=datetime(2026, 3, 5, 12, tzinfo=UTC)
    )


class TestPages:
    def test_a_prefix_gives_the_page_in_that_language_and_from_right_to_left(self, client, claim):
        answer = client.get("/ar/claims/bridge/")

        page = pages.parse(answer)
        assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
        assert answer["Content-Language"] == "ar"
        assert page.xpath("string(//h2[@id='verdict'])") == "الحكم"
        assert "5 مارس" in pages.text_of(answer)

    def test_without_one_it_is_in_the_language_of_the_site_whatever_the_browser_asks_for(self, client, claim):
        answer = client.get("/claims/bridge/", headers={"Accept-Language": "ar"})

        assert pages.parse(answer).get("lang") == "en"
        assert answer["Content-Language"] == "en"
        assert "Accept-Language" not in answer.get("Vary", "")

    def test_a_kept_page_is_kept_for_each_language_alone(self, client, claim):
        languages = [
            pages.parse(client.get(f"{prefix}/claims/bridge/")).get("lang") for prefix in ("", "/ar", "", "/ar")
        ]

        assert languages == ["en", "ar", "en", "ar"]

    def test_what_the_desk_wrote_is_marked_as_its_language(self, client, claim):
        there, here = (pages.parse(client.get(f"{prefix}/claims/bridge/")) for prefix in ("/ar", ""))

        assert there.xpath("//h1/@lang") == ["en"]
        assert there.xpath("//*[@class='verdict__summary']/@lang") == ["en"]
        assert set(there.xpath("//*[@class='rating__label']/@lang")) == {"en"}
        assert here.xpath("//main//*[@lang='en'][not(self::blockquote)]") == []

    def test_links_stay_in_the_language(self, client, claim):
        page = pages.parse(client.get("/ar/claims/bridge/"))

        elsewhere = {link for link in page.xpath("//a/@href") if link.startswith("/") and not link.startswith("/ar/")}
        programs = {"/claims/bridge.json", "/feeds/claims.atom", "/api/v1/docs"}
        assert elsewhere == {"/claims/bridge/"} | programs  # the one link is to the page in English

    def test_a_page_leads_to_itself_in_the_other_languages(self, client, claim):
        there = pages.parse(client.get("/search/?q=bridge&sort=newest&colour=red")).xpath("//a[@hreflang='ar']")
        back = pages.parse(client.get("/ar/")).xpath("//a[@hreflang='en']")

        assert [(link.get("href"), link.get("lang")) for link in there] == [("/ar/search/?q=bridge&sort=newest", "ar")]
        assert [link.get("href") for link in back] == ["/"]

    def test_a_page_that_there_is_not_leads_to_no_language(self, client):
        answer = client.get("/ar/claims/nothing/")

        assert answer.status_code == 404
        assert pages.parse(answer).get("lang") == "ar"
        assert pages.parse(answer).xpath("//a[@hreflang]") == []

    @pytest.mark.parametrize(
        "address", ["/fr/", "/en/claims/bridge/", "/ar/feeds/claims.atom", "/ar/api/v1/", "/ar/admin/"]
    )
    def test_other_languages_and_what_programs_read_have_no_prefix(self, client, claim, address):
        assert client.get(address).status_code == 404

    def test_numbers_are_told_in_the_forms_of_the_language(self, client):
        claimant = factories.make_claimant("Pia Lund", slug="pia-lund")
        for number, said in ((1, "نظرنا في ادعاء واحد"), (2, "نظرنا في ادعاءين"), (3, "نظرنا في 3 ادعاءات")):
            factories.make_published_claim(text=f"Ferry {number} is the longest.", claimant=claimant)

            assert said in pages.text_of(client.get("/ar/claimants/pia-lund/"))

    @pytest.mark.parametrize(
        "name", ["ratings", "methodology", "statistics", "corrections", "search", *StandingPage.Name.values]
    )
    def test_every_page_of_the_footer_is_there(self, client, name):
        answer = client.get(f"/ar/{name}/")

        assert answer.status_code == 200
        assert pages.parse(answer).get("dir") == "rtl"


class TestOneAddress:
    """A page in several languages is one page to search engines, to who cites it and to programs."""

    @pytest.mark.parametrize("address", WITH_A_CANONICAL_ADDRESS)
    def test_its_canonical_address_has_no_language(self, client, claim, address):
        canonical = pages.parse(client.get(f"/ar{address}")).xpath("//link[@rel='canonical']/@href")

        assert canonical == [f"http://127.0.0.1:8000{address}"]

    def test_what_machines_read_is_the_same_in_each(self, client, claim):
        there, here = (pages.json_ld(client.get(f"{prefix}/claims/bridge/")) for prefix in ("/ar", ""))

        assert there == here != []

    def test_so_is_what_people_copy(self, client, claim):
        there, here = (
            pages.parse(client.get(f"{prefix}/claims/bridge/")).xpath("//textarea/text()") for prefix in ("/ar", "")
        )

        assert there == here != []
        assert not any("/ar/" in text for text in there)

    def test_a_slug_of_before_leads_on_in_the_language(self, client, claim):
        Slug.objects.create(claim=claim, slug="the-bridge")

        assert client.get("/ar/claims/bridge/").headers["Location"] == "/ar/claims/the-bridge/"

    def test_oembed_knows_the_address_in_each(self, client, claim):
        answers = [
            client.get("/oembed", {"url": f"http://127.0.0.1:8000{prefix}/claims/bridge/"}).json()
            for prefix in ("/ar", "")
        ]

        assert answers[0] == answers[1]

    def test_the_sitemap_has_each_page_once(self, client, claim):
        assert b"/ar/" not in client.get("/sitemap-claims-1.xml").content


def test_a_letter_is_written_sent_and_followed_in_the_language(client, claim):
    cache.clear()
    token = pages.parse(client.get("/ar/submit/")).xpath("//input[@name='token']/@value")[0]

    wrong = client.post("/ar/submit/", {"text": "", "token": token})
    sent = client.post("/ar/submit/", {"text": LETTER, "token": token})

    assert "لم يُرسل شيء بعد" in pages.text_of(wrong)
    assert sent.headers["Location"].startswith("/ar/submit/")
    assert "شكرًا" in pages.text_of(client.get(sent.headers["Location"]))


def test_the_desk_stays_in_the_language_of_the_site(client):
    assert pages.parse(client.get("/admin/login/", headers={"Accept-Language": "ar"})).get("lang") == "en"


def test_what_a_program_is_told_is_in_the_language_of_the_site_whoever_asked_before(client, claim):
    client.get("/ar/claims/bridge/")

    assert client.get("/oembed", {"format": "yaml"}).content == b"The format is json or xml.\n"


@pytest.fixture
def arabic_site(settings):
    settings.LANGUAGE_CODE = "ar"
    clear_url_caches()  # they remember which language has no prefix
    yield
    clear_url_caches()


@pytest.mark.usefixtures("arabic_site")
def test_the_site_may_be_in_any_of_its_languages(client, claim):

    own, other = client.get("/claims/bridge/"), client.get("/en/claims/bridge/")

    assert [pages.parse(answer).get("lang") for answer in (own, other)] == ["ar", "en"]
    assert pages.parse(own).xpath("//a[@hreflang='en']/@href") == ["/en/claims/bridge/"]
    assert pages.parse(other).xpath("//link[@rel='canonical']/@href") == ["http://127.0.0.1:8000/claims/bridge/"]
    assert pages.parse(other).xpath("//h1/@lang") == ["ar"]
