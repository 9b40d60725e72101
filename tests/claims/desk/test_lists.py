"""Every list of the desk asks as many queries whatever its length, and counts no further than it must."""

from datetime import UTC, datetime

import pytest

from articles.models import Article
from claims.models import Claim
from claims.templatetags.size import size, waiting
from people.lists import CappedPaginator
from people.models import RecordEntry, User
from tests import factories
from tests.claims.desk.conftest import as_person

LISTS = [
    "/admin/triage/?all=1", "/admin/triage/?all=1&side=article", "/admin/triage/list/", "/admin/matches/",
    "/admin/matches/clusters/", "/admin/find/?q=the+bridge", "/admin/claims/claim/", "/admin/claims/claim/?q=bridge",
    "/admin/claims/claim/?status=shortlisted", "/admin/claims/claim/?who=me", "/admin/articles/article/",
    "/admin/articles/publisher/", "/admin/claims/claimant/", "/admin/claims/externalfactcheck/", "/admin/people/user/",
    "/admin/people/recordentry/", "/admin/",
]  # fmt: skip


def make_rows(n: int) -> None:
    person, published = factories.make_user("edith"), factories.make_published_claim()
    for _ in range(n):
        number = Claim.objects.count()
        publisher = factories.make_publisher(f"{number}.example", name=f"Paper {number}")
        revision = factories.make_article(publisher=publisher).revisions.get()
        claim = factories.make_claim(revision=revision, claimant=factories.make_claimant(f"Person {number}"))
        factories.make_match(claim, published)
        factories.make_external_match(claim)
        factories.make_claim(status=Claim.Status.SHORTLISTED, assigned_to=person, appears=False)
        factories.make_article(status=Article.Status.FAILED)
        User.objects.create(username=f"person{number}")


def test_no_list_asks_more_at_10_and_at_100_rows_than_at_1(db, django_assert_max_num_queries):
    client = as_person(User.objects.create_superuser("root"))
    asked: dict[str, list[int]] = {url: [] for url in LISTS}
    client.get("/admin/find/?q=the+bridge")  # the first search of a connection sets it up
    for more in (1, 9, 90):
        make_rows(more)
        for url in LISTS:
            with django_assert_max_num_queries(60) as queries:
                assert client.get(url).status_code == 200
            asked[url].append(len(queries))

    assert {url: counts for url, counts in asked.items() if max(counts) > counts[0]} == {}


def test_a_list_is_not_counted_past_what_anybody_would_page_through(monkeypatch, as_editor):
    monkeypatch.setattr("people.lists.COUNTED", 3)
    for _ in range(5):
        factories.make_claimant(f"Name {Claim.objects.count()} {_}")

    page = as_editor.get("/admin/claims/claimant/")

    assert page.context["cl"].result_count == 3


def test_the_menu_counts_each_queue(editor):
    factories.make_claim()
    for _ in range(2):
        factories.make_claim(status=Claim.Status.IN_PROGRESS, assigned_to=editor)

    sizes = Claim.objects.queue_sizes(editor)

    assert {name: size for name, size in sizes.items() if size} == {"detected": 1, "in_progress": 2, "mine": 2}


@pytest.mark.parametrize(
    ("said", "rows", "shown"),
    [
        (size, 0, "0"),
        (size, 9_999, "9,999"),
        (size, 10_000, "10,000+"),
        (waiting, 999, "999"),
        (waiting, 1_000, "1,000+"),
    ],
)
def test_a_size_says_when_there_are_more(said, rows, shown):
    assert said(rows) == shown


def test_the_last_page_of_a_long_list_is_the_last_that_is_counted(db):
    RecordEntry.objects.bulk_create(
        RecordEntry(at=datetime(2026, 1, 1, tzinfo=UTC), table_name="t", row_id=1, action="INSERT", hash=str(n))
        for n in range(10)
    )

    assert CappedPaginator(RecordEntry.objects.filter(table_name="t"), 4).num_pages == 3
