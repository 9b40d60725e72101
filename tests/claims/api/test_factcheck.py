"""Google's own client works on us, and other clients get what they know from there."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from claims.models import Claim
from tests import factories
from tests.claims.api.conftest import Program
from tests.factories import NOON, make_published_claim

CLAIM = {
    "text": factories.CLAIM,
    "claimant": "Jutta Brandt",
    "claimDate": "2026-03-02T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "Plumbline", "site": "127.0.0.1"},
            "url": "http://127.0.0.1:8000/claims/bridge/",
            "title": f"Mostly true: {factories.CLAIM}",
            "reviewDate": "2026-03-02T12:00:00Z",
            "textualRating": "Mostly true",
            "languageCode": "en",
        }
    ],
}


@pytest.fixture
def ask(db):
    """Asks as a program without a library would."""
    client: Client = Program().client
    return lambda **query: client.get("/v1alpha1/claims:search", query)


def texts(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [claim["text"] for claim in answer.json().get("claims", [])]


def refused(answer, message: str) -> dict:
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["status"], error["message"]) == (400, "INVALID_ARGUMENT", message)
    return error


class TestGooglesClient:
    @pytest.fixture
    def google(self, live_server, settings):
        settings.API_REQUESTS_A_MINUTE = 1_000_000
        service = build(
            "factchecktools",
            "v1alpha1",
            developerKey="unused",
            static_discovery=True,
            client_options={"api_endpoint": live_server.url},
        )
        yield service.claims()
        service.close()

    def test_it_finds_what_we_published(self, google):
        make_published_claim(slug="bridge")

        assert google.search(query="bridge over the Aller", languageCode="en-US").execute() == {"claims": [CLAIM]}
        assert google.search(query="pineapple").execute() == {}

    def test_it_gets_the_parts_that_it_asks_for(self, google):
        make_published_claim(slug="bridge")

        answer = google.search(query="bridge", fields="claims(text,claimReview/publisher/name)").execute()

        assert answer == {"claims": [{"text": factories.CLAIM, "claimReview": [{"publisher": {"name": "Plumbline"}}]}]}

    def test_it_turns_the_pages(self, google):
        for n in range(3):
            make_published_claim(text=f"The bridge has {n} lanes.")

        request, found = google.search(query="bridge", pageSize=2), []
        while request is not None:
            answer = request.execute()
            found.append([claim["text"] for claim in answer["claims"]])
            request = google.search_next(request, answer)

        assert [len(page) for page in found] == [2, 1]
        assert len({text for page in found for text in page}) == 3

    def test_it_understands_our_errors(self, google):
        with pytest.raises(HttpError) as told:
            google.search(languageCode="en").execute()

        assert told.value.status_code == 400
        assert told.value.reason == "Request contains an invalid argument."

        with pytest.raises(HttpError) as told:
            google.search(query="x", pageToken="broken").execute()
        assert told.value.status_code == 400

    def test_what_we_do_not_offer_is_said_as_there(self, google):
        with pytest.raises(HttpError) as told:
            google.imageSearch(imageUri="https://verden.example/a.png").execute()

        assert (told.value.status_code, told.value.reason) == (404, "Method not found.")


def test_a_claim_of_an_article_itself_has_no_claimant_and_a_private_person_no_name(ask):
    make_published_claim(text="The bridge is long.", claimant=None)
    private = factories.make_claimant("Otto Stille", named_publicly=False)
    make_published_claim(text="The bridge is wide.", claimant=private)

    claims = {one["text"]: one for one in ask(query="bridge").json()["claims"]}

    assert "claimant" not in claims["The bridge is long."]
    assert claims["The bridge is wide."]["claimant"] == "a private person"


def test_nothing_that_is_not_published_is_found(ask):
    factories.make_claim_with_verdict(status="approved")
    retracted = make_published_claim()
    Claim.objects.filter(pk=retracted.pk).update(status="retracted")
    factories.make_retraction(retracted)

    assert ask(query="bridge").json() == {}
    assert ask(reviewPublisherSiteFilter="127.0.0.1").json() == {}


def test_without_words_our_site_gives_everything_newest_first(ask, settings):
    settings.PUBLIC_URL = "https://www.facts.example"
    for n in range(3):
        make_published_claim(text=f"Claim {n}.", published_at=NOON + timedelta(days=n))

    first = ask(reviewPublisherSiteFilter="facts.example", pageSize=2)
    second = ask(reviewPublisherSiteFilter="facts.example", pageSize=2, pageToken=first.json()["nextPageToken"])

    assert texts(first) + texts(second) == ["Claim 2.", "Claim 1.", "Claim 0."]
    assert "nextPageToken" not in second.json()
    assert texts(ask(reviewPublisherSiteFilter="facts.example", offset=1)) == ["Claim 1.", "Claim 0."]
    assert texts(ask(reviewPublisherSiteFilter="https://www.facts.example/", query="claim", pageSize=1)) != []
    assert texts(ask(reviewPublisherSiteFilter="nytimes.com")) == []
    assert texts(ask(reviewPublisherSiteFilter="acts.example", query="claim")) == []


@pytest.mark.parametrize(
    ("language", "number"), [("en", 1), ("en-US", 1), ("EN_gb", 1), ("de", 0), ("sr-Latn", 0), ("e", 0), ("", 1)]
)
def test_language_is_compared_without_region(ask, language, number):
    make_published_claim()

    assert len(texts(ask(query="bridge", languageCode=language))) == number


def test_age_is_that_of_the_claim_or_of_the_review_whichever_is_newer(ask):
    today = timezone.now()
    make_published_claim(text="The old bridge.", published_at=today - timedelta(days=40))
    make_published_claim(text="The new bridge.", published_at=today - timedelta(days=2))
    said = today.date() - timedelta(days=5)
    make_published_claim(text="The said bridge.", published_at=today - timedelta(days=40), claimed_on=said)

    assert sorted(texts(ask(query="bridge", maxAgeDays=10))) == ["The new bridge.", "The said bridge."]
    assert texts(ask(query="bridge", maxAgeDays=3)) == ["The new bridge."]
    assert len(texts(ask(query="bridge", maxAgeDays=2_000_000_000))) == 3
    assert texts(ask(reviewPublisherSiteFilter="127.0.0.1", maxAgeDays=3)) == ["The new bridge."]


def test_the_day_of_a_claim_is_the_first_on_which_it_was_made(ask):
    claim = make_published_claim()
    merged = factories.make_claim(status="merged", merged_into=claim, appears=False)
    factories.make_appearance(merged, made_on=date(2026, 1, 9))

    assert ask(query="bridge").json()["claims"][0]["claimDate"] == "2026-01-09T00:00:00Z"


def test_names_with_underlines_are_as_good(ask):
    make_published_claim()

    assert len(texts(ask(review_publisher_site_filter="127.0.0.1", page_size=1))) == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "Request contains an invalid argument."),
        ({"query": "  "}, "Request contains an invalid argument."),
        ({"query": "x", "pageSize": -1}, "Request contains an invalid argument."),
        ({"query": "x", "offset": -1}, "Request contains an invalid argument."),
        ({"query": "x", "maxAgeDays": -1}, "Request contains an invalid argument."),
        ({"query": "x", "pageSize": "ten"}, "Invalid value at 'page_size' (TYPE_INT32), \"ten\""),
        ({"query": "x", "pageSize": 2**31}, "Invalid value at 'page_size' (TYPE_INT32), \"2147483648\""),
        ({"query": "x", "offset": "1.5"}, "Invalid value at 'offset' (TYPE_INT32), \"1.5\""),
        ({"query": "x", "maxAgeDays": "٣"}, "Invalid value at 'max_age_days' (TYPE_INT32), \"٣\""),
        ({"query": "x", "pageToken": "CAo"}, "Request contains an invalid argument."),
        (
            {"query": "x", "colour": "red"},
            'Invalid JSON payload received. Unknown name "colour": Cannot bind query parameter. '
            "Field 'colour' could not be found in request message.",
        ),
    ],
)
def test_bad_input_is_refused_in_googles_words(ask, query, message):
    error = refused(ask(**query), message)

    if "TYPE_INT32" in message:
        (violation,) = error["details"][0]["fieldViolations"]
        assert violation["description"] == message


def test_a_token_of_another_search_is_refused(ask):
    for n in range(2):
        make_published_claim(text=f"The bridge has {n} lanes.")
    token = ask(query="bridge", pageSize=1).json()["nextPageToken"]

    refused(ask(query="lanes", pageToken=token), "Request contains an invalid argument.")


@pytest.mark.parametrize("size", [0, 1, 10, 2**31 - 1])
def test_absurd_pages_are_cut(ask, size):
    make_published_claim()

    assert len(texts(ask(query="bridge", pageSize=size))) == 1
    assert texts(ask(query="bridge", offset=2**31 - 1)) == []
    assert texts(ask(reviewPublisherSiteFilter="127.0.0.1", offset=2**31 - 1)) == []


def test_what_breaks_others_is_refused_or_found_nowhere(ask):
    client = Program().client

    assert client.get("/v1alpha1/claims:search?query=a%00b").json()["error"]["code"] == 400
    assert client.get("/v1alpha1/claims:search?query=%ff%fe").status_code == 200
    assert client.post("/v1alpha1/claims:search").json()["error"]["status"] == "NOT_FOUND"
    assert client.get("/v1alpha1/pages").json()["error"]["status"] == "NOT_FOUND"
    assert texts(ask(query="(" * 5000)) == []


def test_parameters_that_google_has_everywhere_are_taken(ask):
    make_published_claim()
    common = {"key": "k", "alt": "json", "prettyPrint": "false", "quotaUser": "me", "$.xgafv": "2"}

    assert len(texts(ask(query="bridge", **common))) == 1


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ("claims", {"claims": ["claimDate", "claimReview", "claimant", "text"]}),
        ("claims/text", {"claims": ["text"]}),
        ("claims(claimant, text)", {"claims": ["claimant", "text"]}),
        ("claims/*/url,nextPageToken", {"claims": ["claimDate", "claimReview", "claimant", "text"]}),
        ("nextPageToken", {}),
        ("*", {"claims": ["claimDate", "claimReview", "claimant", "text"]}),
    ],
)
def test_fields_select_as_there(ask, fields, parts):
    make_published_claim()

    answer = ask(query="bridge", fields=fields).json()

    assert {name: sorted(value[0]) for name, value in answer.items()} == parts


@pytest.mark.parametrize(
    "fields", ["(", ")", ",", "/", "a(", "a()", "a,,b", "a/", "a(b", "a)b", "é", "(" * 500, "a/" * 50 + "a"]
)
def test_what_is_no_selection_is_refused(ask, fields):
    refused(ask(query="bridge", fields=fields), f"Invalid field selection {fields[:100]}")


@pytest.mark.parametrize("rows", [1, 10])
def test_ten_claims_take_as_many_queries_as_one(ask, rows, django_assert_num_queries):
    for n in range(rows):
        make_published_claim(text=f"Bridge {n}.")
    ask(query="bridge")

    with django_assert_num_queries(11):
        ask(query="bridge")
    with django_assert_num_queries(6):
        ask(reviewPublisherSiteFilter="127.0.0.1")
