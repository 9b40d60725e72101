"""What the search page makes of hostile queries and of hostile texts that it finds."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import SearchEntry
from claims.services.searching import LONGEST, search_claims, tidy
from tests import factories
from tests.claims.site import pages
from tests.claims.site.pages import search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["the of and", "!!!", "&&|| :*()\\", "'", '"', "-", '""'])
def test_a_query_without_a_word_says_so(client, words):
    factories.make_published_claim()

    assert "There is no word here that can be looked up" in pages.text_of(search(client, words))


@pytest.mark.parametrize(
    "words",
    [
        "bridge 'Aller",
        "bridge \\",
        "bridge:* & !aller | (",
        "bridge <-> aller",
        "bridge %s %(x)s {0}",
        "' OR 1=1; DROP TABLE claims_claim; --",
        '"' * 300,
        "(" * 300,
        "-" * 300,
        "- - -bridge",
        "bridge " * 5_000,
        "x" * 30_000,
        "\u202ebridge\u2066",
        "bridge \x07 \x1b[31m",
        "\ufffe\uffff bridge",
        "\U0001f600" * 400,
    ],
)
def test_no_query_breaks_the_page(client, words):
    factories.make_published_claim()

    page = pages.parse(search(client, words))

    assert len(page.xpath("string(//input[@id='words']/@value)")) <= 300


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=400), st.text(alphabet="-\"'| &!():*\\<>or ab", max_size=400)))
def test_no_query_is_more_than_the_database_takes(no_encoder, text):
    answer = search_claims(tidy(text), SearchEntry.objects.all())

    assert answer.hits == []
    assert len(tidy(text)) <= LONGEST
    assert tidy(tidy(text)) == tidy(text)


def test_bytes_that_are_no_text_break_nothing_and_nul_is_refused(client):
    assert client.get("/search/?q=%ff%fe%ed%a0%80").status_code == 200
    assert client.get("/search/?q=a%00b").status_code == 400


def test_marks_of_direction_do_not_get_into_the_page(client):
    factories.make_published_claim()

    body = search(client, "\u202ebridge\u2066 \u200fAller").content.decode()

    assert not {"\u202e", "\u2066", "\u200f"} & set(body)


def test_what_was_typed_and_what_was_found_stay_text(client):
    script = "bridge <script>alert(1)</script> <img src=x onerror=alert(1)>"
    factories.make_published_claim(
        text=script, claimant=factories.make_claimant(script, slug="s"), verdict={"summary": script, "cites": False}
    )
    factories.make_published_claim(text="Other.", verdict={"explanation": f"The tower: {script}"})

    for words in (script, "alert", "tower"):
        response = search(client, words)
        body = response.content.decode()

        assert "<script>" not in body
        assert "<img" not in body
    assert pages.parse(search(client, "alert")).xpath("//h2//mark/text()") == ["alert", "alert"]
    assert pages.parse(search(client, "tower")).xpath("//p[@class='check__found']//mark/text()") == ["tower"]


def test_a_query_that_is_too_long_is_cut_and_the_page_says_so(client):
    factories.make_published_claim()

    assert "Only the first 300 characters were looked up." in pages.text_of(search(client, "bridge " * 5_000))


class TestFlood:
    @pytest.fixture(autouse=True)
    def _three_a_minute(self, settings):
        cache.clear()  # of what other tests counted
        settings.SEARCHES_A_MINUTE = 3

    def test_whoever_searches_too_often_is_told_when_to_come_back(self, client):
        answers = [client.get("/search/?q=ferry") for _ in range(4)]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1]["Retry-After"] == "60"
        assert answers[-1]["Cache-Control"] == "no-store"
        assert "Please try again in a minute." in pages.text_of(answers[-1])
        assert pages.parse(answers[-1]).get_element_by_id("words").get("value") == "ferry"

    def test_others_and_other_pages_are_answered(self, client):
        for _ in range(4):
            client.get("/search/?q=ferry")

        assert client.get("/search/?q=ferry", REMOTE_ADDR="198.51.100.7").status_code == 200
        assert [client.get(path).status_code for path in ("/", "/search/", "/about/")] == [200] * 3

    def test_ten_thousand_requests_are_refused_in_little_time_and_few_queries(self, client, django_assert_num_queries):
        for _ in range(4):
            client.get("/search/?q=ferry")

        with django_assert_num_queries(0):
            assert {client.get("/search/?q=ferry").status_code for _ in range(200)} == {429}

    def test_without_a_cache_nobody_is_refused(self, client, settings):
        broken = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {**settings.CACHES, "default": broken}

        assert [client.get("/search/?q=ferry").status_code for _ in range(5)] == [200] * 5
