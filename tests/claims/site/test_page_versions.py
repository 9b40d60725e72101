"""A page is made once for each version, and the version changes when the page does."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleAddress, Snapshot
from claims.models import Claim, ClaimantAlias, ClaimantRole, Conflict, PageChange, Recusal, Slug, SourceCopy, Topic
from claims.services.page_changes import add_up
from claims.services.retraction import retract_at_once
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
KEPT = (
    *("/", "/claims/bridge/", "/claims/bridge.json", "/embed/bridge/"),
    *("/feeds/claims.atom", "/feeds/corrections.atom", "/sitemap.xml"),
)
# Frozen before a page can show it, or told by a row that is watched.
FROZEN = {
    "claims_citation",
    "claims_gateexception",
    "claims_methodologyversion",
    "claims_searchentry",
    "claims_source",
    "articles_revision",
    "articles_snapshot",
}


@pytest.fixture
def claim(db) -> Claim:
    return factories.make_published_claim(slug="bridge")


def version(slug: str = "bridge"):
    return PageChange.objects.version_of_claim_at(slug)


def tables_read(client, address: str) -> set[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}


@pytest.mark.parametrize(
    "address", ["/claims/bridge/", "/claims/bridge.json", "/embed/bridge/", "/", "/feeds/claims.atom", "/sitemap.xml"]
)
def test_every_table_that_a_kept_page_reads_is_watched_or_frozen(client, address):
    first, second = factories.make_published_claim(slug="bridge"), factories.make_published_claim()
    factories.make_match(first, second)
    factories.make_outreach(first)
    factories.make_verdict(first, published_at=factories.NOON)
    first.topics.add(Topic.objects.create(name="Bridges", slug="bridges"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT replace(tgname, '_changes_pages', '') FROM pg_trigger WHERE tgname LIKE '%changes_pages'"
        )
        watched = {name for (name,) in cursor.fetchall()}

    assert tables_read(client, address) - watched - FROZEN - {"claims_pagechange"} == set()


def correct(claim: Claim) -> None:
    factories.make_verdict(claim, published_at=factories.NOON)


def add_copy(claim: Claim) -> None:
    source = claim.sources.get()
    kept = Snapshot.objects.create(hash="ab" * 32, file="x", size=1, retrieved_at=factories.NOON)
    SourceCopy.objects.create(source=source, url=source.url, state="kept", snapshot=kept, retrieved_at=factories.NOON)


def merge_another(claim: Claim) -> None:
    factories.make_claim(text="Another.", status=Claim.Status.MERGED, merged_into=claim)
    Claim.objects.filter(merged_into=claim).update(status=Claim.Status.SHORTLISTED, merged_into=None)


def appear_in_merged(claim: Claim) -> None:
    factories.make_claim(text="Another.", status=Claim.Status.MERGED, merged_into=claim)


def of_article(**fields: object) -> Callable[[Claim], None]:
    def change(claim: Claim) -> None:
        article = claim.appearances.get().revision.article
        type(article).objects.filter(pk=article.pk).update(**fields)

    return change


def name_otherwise(claim: Claim) -> None:
    type(claim.claimant).objects.filter(pk=claim.claimant_id).update(named_publicly=False)


def correct_related(claim: Claim) -> None:
    other = factories.make_published_claim(text="Other.")
    factories.make_match(claim, other)
    before = version()
    correct(other)
    assert version() != before


CHANGES: dict[str, Callable[[Claim], object]] = {
    "a correction": correct,
    "a retraction": lambda claim: retract_at_once(claim, why="Wrong.", by=factories.make_user("edith", role="editor")),
    "another address": lambda claim: Slug.objects.create(claim=claim, slug="new"),
    "another place": factories.make_appearance,
    "a place that went": lambda claim: claim.appearances.all().delete(),
    "a place of what is merged": appear_in_merged,
    "a merge that is undone": merge_another,
    "the title of an article": of_article(title="Another title"),
    "the address of an article": lambda claim: ArticleAddress.objects.update(url="https://other.example/"),
    "the name of a publisher": lambda claim: type(factories.make_publisher()).objects.update(name="Other"),
    "a copy of a source": add_copy,
    "a question to the claimant": factories.make_outreach,
    "a topic": lambda claim: claim.topics.add(Topic.objects.create(name="Bridges", slug="bridges")),
    "a claimant who is private": name_otherwise,
    "a role": lambda claim: ClaimantRole.objects.create(claimant=claim.claimant, title="Mayor"),
    "another name": lambda claim: ClaimantAlias.objects.create(claimant=claim.claimant, name="J. Brandt"),
    "a recusal": lambda claim: Recusal.objects.create(claim=claim, user=factories.make_user("rosa"), reason="Kin."),
    "an interest": lambda claim: Conflict.objects.create(
        claimant=claim.claimant, user=factories.make_user("rosa"), reason="Kin."
    ),
    "the day it was said": lambda claim: Claim.objects.filter(pk=claim.pk).update(claimed_on=date(2026, 1, 1)),
    "a part that is published": lambda claim: factories.make_published_claim(text="Part.", part_of=claim),
    "a claim like it": lambda claim: factories.make_match(claim, factories.make_published_claim(text="Other.")),
    "a correction of a claim like it": correct_related,
    "the name of who wrote it": lambda claim: type(claim.verdicts.get().by).objects.update(first_name="Rosie"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_version_changes_with(claim, change):
    before = version()

    change(claim)

    assert version() != before


@pytest.mark.parametrize(
    "change",
    [
        lambda claim: factories.make_published_claim(text="Unrelated.", claimant=None),
        lambda claim: factories.make_claim(text="A candidate."),
        lambda claim: factories.make_match(claim, factories.make_claim(text="A candidate.")),
        lambda claim: factories.make_comment(claim),
        lambda claim: factories.make_verdict(claim),
        lambda claim: Claim.objects.filter(pk=claim.pk).update(importance=3, assigned_to=factories.make_user("ravi")),
        lambda claim: of_article(attempts=3)(claim),
    ],
    ids=["another claim", "a candidate", "a match with one", "a comment", "a draft", "desk's own", "a fetch"],
)
def test_the_version_does_not_change_with(claim, change):
    before = version()

    change(claim)

    assert version() == before


def test_lists_change_with_what_they_show_of_a_claim_and_not_with_its_places(claim):
    before = PageChange.objects.version_of_lists()
    factories.make_appearance(claim)
    assert PageChange.objects.version_of_lists() == before

    correct(claim)

    assert PageChange.objects.version_of_lists() != before


def test_adding_up_changes_no_version_and_leaves_one_row_a_page(claim):
    correct(claim)
    before = version()

    add_up()
    add_up()

    assert version() == before
    assert PageChange.objects.filter(page=claim.pk).count() == 1


@pytest.mark.parametrize("address", ["/claims/bridge/", "/claims/bridge.json", "/", "/?rating=mostly-true"])
def test_a_kept_page_takes_one_query(client, claim, address):
    first = client.get(address)

    with CaptureQueriesContext(connection) as captured:
        second = client.get(address)

    assert len(captured) == 1
    assert second.content == first.content
    assert second.headers == first.headers


def test_a_correction_and_a_retraction_show_at_once(client, claim, editor):
    client.get("/claims/bridge/")
    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC), summary="Not so.")
    assert "Not so." in pages.text_of(client.get("/claims/bridge/"))

    retract_at_once(claim, why="Wrong.", by=editor)

    assert "Retracted" in pages.text_of(client.get("/claims/bridge/"))
    assert client.get("/claims/bridge.json").status_code == 404


def test_a_page_says_how_long_it_may_be_kept_and_since_when_it_stands(client, claim):
    response = client.get("/claims/bridge/")

    assert response["Cache-Control"] == (
        "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400"
    )
    assert client.get("/claims/bridge/", headers={"if-modified-since": response["Last-Modified"]}).status_code == 304
    assert client.get("/claims/bridge/", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_whoever_cannot_unpack_gets_it_plain_and_the_same_tag_still_holds(client, claim):
    packed = client.get("/claims/bridge/", headers={"accept-encoding": "gzip"})
    plain = client.get("/claims/bridge/")

    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert packed["ETag"].removeprefix("W/") == plain["ETag"]
    assert "Accept-Encoding" in plain["Vary"]


def test_what_nobody_asked_for_is_not_kept_twice(client, claim):
    client.get("/")

    with CaptureQueriesContext(connection) as captured:
        assert client.get("/?utm_source=x&cachebuster=1").status_code == 200

    assert len(captured) == 1


def test_a_page_that_is_not_there_is_not_kept(client, claim):
    assert client.get("/claims/none/").status_code == 404
    Slug.objects.create(claim=claim, slug="none")

    assert client.get("/claims/none/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_restarted_is_asked_again(client):
    factories.make_published_claim(slug="bridge")
    client.get("/claims/bridge/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (ours,) = cursor.fetchone()
    with ThreadPoolExecutor(1) as another:
        another.submit(end_session, ours).result()

    assert client.get("/claims/bridge/").status_code == 200


def end_session(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_began_first_and_ends_last_is_not_missed(client):
    """The page is made between the ends of two transactions, of which the one that began first changed it, too."""
    claim = factories.make_published_claim(slug="bridge")
    article = factories.make_article(title="Told by the slow one")
    with ThreadPoolExecutor(1) as another, transaction.atomic():
        factories.make_appearance(claim, revision=article.revisions.get())
        another.submit(change_quickly, claim).result(timeout=20)
        assert "Told by the slow one" not in another.submit(read, client).result(timeout=20)

    assert "Told by the slow one" in read(client)


def change_quickly(claim: Claim) -> None:
    ClaimantRole.objects.create(claimant=claim.claimant, title="Mayor")
    connection.close()


def read(client) -> str:
    try:
        return client.get("/claims/bridge/").content.decode()
    finally:
        connection.close()
