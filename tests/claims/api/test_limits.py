"""How much one network address may ask."""

import time

import pytest

from tests.claims.api.conftest import Program
from tests.factories import make_published_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _five_a_minute(settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 5
    now = time.time() // 60 * 60 + 18
    monkeypatch.setattr(time, "time", lambda: now)


def test_each_answer_says_how_much_is_left(program):
    first, second = program.get("ratings"), program.get("nothing")

    assert first["RateLimit-Policy"] == '"address";q=5;w=60'
    assert (first["RateLimit"], second["RateLimit"]) == ('"address";r=4;t=42', '"address";r=3;t=42')


def test_who_asks_too_much_is_told_when_to_come_back(program):
    answers = [program.get("ratings") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert answers[-1]["Retry-After"] == "42"
    assert answers[-1]["RateLimit"] == '"address";r=0;t=42'
    assert answers[-1]["X-Content-Type-Options"] == "nosniff"


def test_it_is_counted_for_each_address_and_minute(program, monkeypatch):
    for _ in range(6):
        program.get("ratings")
    later = time.time() + 60

    assert Program().get("ratings").status_code == 200
    monkeypatch.setattr(time, "time", lambda: later)
    assert program.get("ratings").status_code == 200


def test_a_search_counts_as_five(program):
    make_published_claim()

    assert program.get("search", q="bridge")["RateLimit"] == '"address";r=0;t=42'
    assert program.client.get("/v1alpha1/claims:search?query=bridge").json()["error"]["status"] == "RESOURCE_EXHAUSTED"


def test_guessing_tokens_counts_too(program):
    program.headers = {"Authorization": "Bearer plumbline_guess"}

    statuses = [program.post("articles", {}).status_code for _ in range(6)]

    assert statuses == [401] * 5 + [429]


def test_the_pages_of_the_site_are_not_counted(program):
    for _ in range(7):
        answer = program.client.get("/ratings/")

    assert answer.status_code == 200
    assert "RateLimit" not in answer


def test_without_a_cache_nobody_is_refused(program, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    answers = [program.get("ratings") for _ in range(6)]

    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0]
