"""Every list of the desk asks as many queries whatever its length, and counts no further than it must."""

import pytest

from articles.models import Article, ArticleAddress
from claims.models import Claim
from claims.templatetags.size import size
from people.lists import CappedPaginator, in_menu
from people.models import User
from people.record import recorded
from tests import factories
from tests.claims.desk.conftest import as_person

LISTS = [
    "/admin/triage/?all=1", "/admin/triage/?all=1&side=article", "/admin/triage/list/", "/admin/matches/",
    "/admin/matches/clusters/", "/admin/find/?q=the+bridge", "/admin/claims/claim/", "/admin/claims/claim/?q=bridge",
    "/admin/claims/claim/?status=shortlisted", "/admin/claims/claim/?who=me", "/admin/articles/article/",
    "/admin/articles/article/?q=paper",
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


def test_the_menu_counts_each_queue(as_editor, editor):
    factories.make_claim()
    for _ in range(2):
        factories.make_claim(status=Claim.Status.IN_PROGRESS, assigned_to=editor)

    groups = as_editor.get("/admin/").context["desk_menu"]

    sizes = {entry.name: entry.count for group in groups for entry in group.entries}
    assert {name: sizes[name] for name in ("triage", "in_progress", "mine")} == {
        "triage": "1",
        "in_progress": "2",
        "mine": "2",
    }


@pytest.mark.parametrize(
    ("said", "rows", "shown"),
    [
        (size, 0, "0"),
        (size, 9_999, "9,999"),
        (size, 10_000, "10,000+"),
        (in_menu, 999, "999"),
        (in_menu, 1_000, "999+"),
    ],
)
def test_a_size_says_when_there_are_more(said, rows, shown):
    assert said(rows) == shown


def test_the_last_page_of_a_long_list_is_the_last_that_is_counted(db):
    User.objects.bulk_create(User(username=f"person{n}") for n in range(10))

    assert CappedPaginator(User.objects.order_by("pk"), 4).num_pages == 3


def test_an_article_is_found_once_by_words_of_title_address_and_publisher(as_editor):
    publisher = factories.make_publisher("oldsand.example", name="Oldsand Letters")
    article = factories.make_article(title="Ferry counts", url="https://oldsand.example/ferry", publisher=publisher)
    ArticleAddress.objects.create(article=article, url="https://oldsand.example/ferry/amp")
    factories.make_article()

    def found(words):
        return [row.pk for row in as_editor.get("/admin/articles/article/", {"q": words}).context["cl"].result_list]

    for words in ("counts", "oldsand.example/ferry", "letters", "COUNTS letters amp"):
        assert found(words) == [article.pk], words
    assert found("counts bridge") == []


def test_the_record_is_searched_by_the_number_of_a_row_and_by_who_and_why(as_editor, editor):
    with recorded(by=editor, why="The ferry was renamed."):
        claim = factories.make_claim(pk=4711)
    factories.make_claim(pk=14711)

    def found(words):
        entries = as_editor.get("/admin/people/recordentry/", {"q": words}).context["cl"].result_list
        return {(entry.table_name, entry.row_id) for entry in entries}

    assert found(str(claim.pk)) == {("claims_claim", 4711)}
    assert ("claims_claim", 4711) in found("ferry renamed")
    assert ("claims_claim", 4711) in found(editor.username)
    assert found("9" * 40) == set()


def test_the_queue_of_matches_is_counted_no_further_than_people_are_told(as_editor, monkeypatch):
    monkeypatch.setattr("claims.desk.matches.IN_MENU", 2)
    for _ in range(4):
        factories.make_match(factories.make_claim(), factories.make_claim())

    assert as_editor.get("/admin/matches/").context["waiting"] == 3
