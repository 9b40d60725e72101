"""Articles in by token, and what became of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from claims.models import Claim
from people.models import ApiToken, RecordEntry, Scope
from people.services.tokens import make_token, withdraw_token
from tests import factories
from tests.claims.api.conftest import Program

pytestmark = pytest.mark.django_db

URL = "https://verdener-bote.example/bridge"


def test_an_article_comes_in_by_its_address_and_waits_to_be_fetched(sender):
    answer = sender.post("articles", {"url": f"{URL}?utm_source=x", "title": "Bridge", "published_on": "2026-03-02"})

    article = Article.objects.get()
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/articles/{article.pk}/status"
    assert answer.json() == {
        "id": article.pk,
        "status": "pending",
        "failure": "",
        "url": URL,
        "extracted": False,
        "candidates": 0,
        "duplicate": False,
    }
    assert (article.title, article.submitted_by.username) == ("Bridge", "ada")
    assert answer["Cache-Control"] == "private, no-store"


def test_what_comes_in_is_on_the_record_under_the_name_of_who_made_the_token(sender):
    sender.post("articles", {"url": URL})

    entry = RecordEntry.objects.get(table_name="articles_article")
    assert entry.actor_name == "ada"


def test_an_article_comes_in_as_text(sender):
    answer = sender.post("articles", {"text": factories.TEXT, "url": URL})

    assert (answer.status_code, answer.json()["status"]) == (201, "read")
    assert Article.objects.get().revisions.get().text.startswith("The new bridge")


def test_an_article_that_is_here_already_is_told_and_not_stored_twice(sender):
    first = sender.post("articles", {"url": URL}).json()

    again = sender.post("articles", {"url": URL})

    assert (again.status_code, again.json()["duplicate"], again.json()["id"]) == (200, True, first["id"])
    assert Article.objects.count() == 1


def test_its_status_says_how_far_it_is(sender):
    failed = factories.make_article(status=Article.Status.FAILED, failure="The page answered 404.")

    told = sender.get(f"articles/{failed.pk}/status").json()

    assert (told["status"], told["failure"]) == ("failed", "The page answered 404.")
    assert sender.get("articles/999999/status").status_code == 404


def test_candidates_come_in_the_order_of_the_text_with_the_fact_check_on_them(sender):
    revision = factories.make_revision()
    run = factories.make_run(revision)
    checked = factories.make_published_claim(slug="checked", appears=False)
    merged = factories.make_claim(status="merged", merged_into=checked, appears=False)
    factories.make_appearance(merged, revision=revision, run=run)
    late = factories.make_claim(text="The old bridge was closed for 14 months.", appears=False)
    factories.make_appearance(late, revision=revision, quote="closed for 14 months", run=run, claimant_text="")
    by_hand = factories.make_claim(text="By hand.", appears=False, origin=Claim.Origin.BY_HAND)
    factories.make_appearance(by_hand, revision=revision, quote="The old bridge")

    first, second = sender.items(f"articles/{revision.article_id}/candidates")

    assert first["fact_check"]["slug"] == "checked"
    assert {**second, "id": 0, "start": 0, "end": 0} == {
        "id": 0,
        "text": "The old bridge was closed for 14 months.",
        "quote": "closed for 14 months",
        "start": 0,
        "end": 0,
        "claimant": "",
        "kind": "quantity",
        "modality": "asserted",
        "check_worthiness": 0.83,
        "fact_check": None,
    }
    assert revision.text[second["start"] : second["end"]] == second["quote"]
    assert first["start"] < second["start"]
    assert sender.get(f"articles/{revision.article_id}/status").json()["candidates"] == 3


def test_candidates_say_nothing_of_where_the_desk_stands_with_them(sender):
    claim = factories.make_claim_with_verdict(appears=False, verdict={"summary": "DRAFT"})
    revision = factories.make_revision()
    factories.make_appearance(claim, revision=revision, run=factories.make_run(revision))

    answer = sender.get(f"articles/{revision.article_id}/candidates")

    assert answer.json()["items"][0]["fact_check"] is None
    assert "DRAFT" not in answer.content.decode()
    assert "in_progress" not in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 10])
def test_candidates_take_as_many_queries_whatever_their_number(sender, rows, django_assert_num_queries):
    revision = factories.make_revision()
    run = factories.make_run(revision)
    for n in range(rows):
        claim = factories.make_published_claim(text=f"Claim {n}.", appears=False)
        factories.make_appearance(claim, revision=revision, run=run)
    sender.get("ratings")
    address = f"articles/{revision.article_id}/candidates"
    sender.get(address)  # notes the use of the token

    with django_assert_num_queries(7):  # the token, its maker's roles (2), article, text, candidates, verdicts
        assert len(sender.items(address)) == rows


class TestTokens:
    """Who is let in."""

    def refused(self, program: Program, status: int, said: str) -> None:
        answer = program.post("articles", {"url": URL})
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        assert said in answer.json()["detail"]
        assert not Article.objects.exists()
        if status == 401:
            assert answer["WWW-Authenticate"] == "Bearer"

    def test_nobody_without_one(self, program):
        self.refused(program, 401, "token")

    @pytest.mark.parametrize("token", ["x", "plumbline_x", "x" * 5000, "é"])
    def test_nobody_with_one_that_is_not_ours(self, administrator, token):
        self.refused(Program(token), 401, "not one of ours")

    def test_nobody_with_a_password(self, administrator):
        program = Program()
        program.headers = {"Authorization": "Basic YWRhOnBsdW1iLWxpbmUtNDI="}
        self.refused(program, 401, "token")

    def test_no_session_of_the_desk(self, administrator):
        program = Program()
        program.client.force_login(administrator)
        self.refused(program, 401, "token")

    def test_nobody_with_one_that_was_withdrawn(self, administrator):
        row, token = make_token("Archive", scopes=Scope.values, days=30, by=administrator)
        withdraw_token(row.pk, by=administrator)
        self.refused(Program(token), 401, "withdrawn")

    def test_nobody_with_one_that_has_run_out(self, administrator, monkeypatch):
        _row, token = make_token("Archive", scopes=Scope.values, days=30, by=administrator)
        later = timezone.now() + timedelta(days=31)
        monkeypatch.setattr(timezone, "now", lambda: later)
        self.refused(Program(token), 401, "run out")

    def test_nobody_with_one_for_something_else(self, administrator):
        _row, token = make_token("Archive", scopes=[Scope.FOLLOW], days=30, by=administrator)
        self.refused(Program(token), 403, "articles:write")

        _row, token = make_token("Archive", scopes=[Scope.SUBMIT], days=30, by=administrator)
        article = factories.make_article()
        assert Program(token).get(f"articles/{article.pk}/candidates").status_code == 403
        assert Program(token).get(f"articles/{article.pk}/status").status_code == 403

    def test_its_use_is_noted(self, sender):
        sender.post("articles", {"url": URL})
        assert ApiToken.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "url"),
        ({"url": "", "text": ""}, "url"),
        ({"url": "ftp://verden.example/"}, "url"),
        ({"url": "http://127.0.0.1:8000/admin/"}, "url"),
        ({"url": "http://[::1]/"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://a.example/" + "x" * 2000}, "url"),
        ({"url": "https://a.example/\x00"}, "url"),
        ({"url": 17}, "url"),
        ({"url": URL, "title": "a\x00b"}, "title"),
        ({"url": URL, "title": "\ud800"}, "title"),
        ({"url": URL, "title": "x" * 301}, "title"),
        ({"url": URL, "published_on": "yesterday"}, "published_on"),
        ({"url": URL, "published_on": "0001-01-01"}, "published_on"),
        ({"text": " \n "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x " * 2_600_000}, "text"),
        ({"text": "words", "url": "ftp://x"}, "url"),
    ],
)
def test_what_cannot_be_taken_in_is_said(sender, body, name):
    answer = sender.post("articles", body)

    assert answer.status_code == 422, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    assert name in [error["name"] for error in answer.json()["errors"]]
    assert not Article.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '{"url": NaN', b"\xff\xfe"])
def test_a_body_that_is_no_json_is_said(sender, body):
    answer = sender.client.post("/api/v1/articles", body, content_type="application/json", headers=sender.headers)

    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_a_huge_body_is_refused_before_it_is_read(sender, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = sender.post("articles", {"text": "x" * 2000})

    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
