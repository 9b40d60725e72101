"""What cannot be answered is said as a problem, and never breaks anything."""

from http import HTTPStatus

import pytest
from django.core import signing

from tests.factories import make_published_claim

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


def problem(answer, status: int):
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == PROBLEM
    told = answer.json()
    assert (told["type"], told["title"], told["status"]) == ("about:blank", HTTPStatus(status).phrase, status)
    return told


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("claims?limit=0", "limit"),
        ("claims?limit=-1", "limit"),
        ("claims?limit=101", "limit"),
        ("claims?limit=9999999999999999999999999", "limit"),
        ("claims?limit=ten", "limit"),
        ("claims?limit=1e1", "limit"),
        ("claims?limit=", "limit"),
        ("claims?page=2", "page"),
        ("claims?offset=100000000", "offset"),
        ("claims?" + "&".join(f"x{n}=1" for n in range(50)), "x0"),
        ("claims?fields=nothing", "fields"),
        ("claims?fields=slug,__class__", "fields"),
        ("claims?fields=,", "fields"),
        ("claims?fields=" + "x" * 501, "fields"),
        ("claims?rating=%27+OR+1%3D1", "rating"),
        ("claims?rating=" + "x" * 101, "rating"),
        ("claims?claimant=../../etc", "claimant"),
        ("claims?publisher=a%0Ab", "publisher"),
        ("claims?published_from=yesterday", "published_from"),
        ("claims?published_from=2026-13-01", "published_from"),
        ("claims?published_from=0001-01-01", "published_from"),
        ("claims?published_to=9999-12-31", "published_to"),
        ("claims?published_to=2026-02-30", "published_to"),
        ("verdicts?current=perhaps", "current"),
        ("sources?stance=maybe", "stance"),
        ("sources?kind=rumour", "kind"),
        ("claimants?kind=ghost", "kind"),
        ("corrections?kind=none", "kind"),
        ("appearances?made_from=-1", "made_from"),
        ("ratings?limit=1", "limit"),
        ("search", "q"),
        ("search?q=", "q"),
        ("search?q=%20%E2%80%8B", "q"),
        ("search?q=" + "x" * 3001, "q"),
        ("search?q=bridge&rating=nothing", "filter"),
        ("search?q=bridge&claimant=nobody", "filter"),
        ("search?q=bridge&publisher=nobody.example", "filter"),
        ("search?q=bridge&year=20", "year"),
        ("search?q=bridge&sort=oldest", "sort"),
        ("claims/x?fields=nothing", "fields"),
        ("claims/x?limit=1", "limit"),
    ],
)
def test_parameters_that_cannot_be_used_are_named(program, address, name):
    assert name in [error["name"] for error in problem(program.get(address), 422)["errors"]]


SIGNED_ELSEWHERE = pytest.param(signing.dumps([1], salt="another"), id="signed elsewhere")


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "é", "x" * 500, "%ff", SIGNED_ELSEWHERE])
@pytest.mark.parametrize("name", ["claims", "appearances", "search?q=bridge"])
def test_a_cursor_that_is_not_ours_is_refused(program, name, cursor):
    make_published_claim()
    sign = "&" if "?" in name else "?"

    told = problem(program.client.get(f"/api/v1/{name}{sign}cursor={cursor}"), 400)

    assert told["errors"][0]["name"] == "cursor"


def test_a_cursor_of_another_list_is_refused(program):
    for _ in range(2):
        make_published_claim()
    cursor = program.get("verdicts", limit=1).json()["next"].rpartition("cursor=")[2]

    problem(program.get(f"claims?cursor={cursor}"), 400)


@pytest.mark.parametrize(
    "address",
    [
        "nothing",
        "claims/nothing",
        "claims/no/thing",
        "claims/",
        "articles/0",
        "articles/99999999999999999999999",
        "articles/" + "9" * 5000,
        "articles/x",
        "claimants/nobody",
        "claims/" + "x" * 3000,
        "claims/%3Cscript%3E",
        "openapi.yaml",
    ],
)
def test_what_is_not_there_is_a_problem_and_no_page(program, address):
    problem(program.client.get(f"/api/v1/{address}"), 404)


@pytest.mark.parametrize("address", ["claims?rating=a%00b", "search?q=%00", "claims/a%00b"])
def test_nul_is_refused(program, address):
    problem(program.client.get(f"/api/v1/{address}"), 400)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_what_is_published_cannot_be_written(program, method):
    answer = getattr(program.client, method)("/api/v1/claims")

    problem(answer, 405)
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%ed%a0%80", "q=" + "(" * 300, "q=%22" * 1, "q=-", "q=%E2%80%AEbridge"]
)
def test_no_search_breaks(program, query):
    make_published_claim()

    assert program.client.get(f"/api/v1/search?{query}").status_code in {200, 422}


def test_where_we_fail_it_is_a_problem_too(program):
    program.client.raise_request_exception = False
    no_number = signing.dumps(["x"], salt="api-cursor:/api/v1/appearances")  # which we never give out

    told = problem(program.get("appearances", cursor=no_number), 500)

    assert told["detail"].startswith("Something went wrong on our side")
