"""Which part of the queue somebody looks at, and the parts they keep."""

from datetime import UTC, date, datetime

import pytest

from claims.models import Claim, SavedFilter, Topic
from claims.services.saved_filters import AT_MOST
from tests import factories

QUEUE = "/admin/triage/"
FILTERS = "/admin/triage/filters/"


@pytest.fixture
def odd(db) -> Claim:
    """A candidate that each filter of the test below finds, beside one that it does not."""
    article = factories.make_article(
        publisher=factories.make_publisher("weser.example", name="Weser Blatt"), published_on=date(2026, 5, 1)
    )
    odd = factories.make_claim(
        text="Odd.", kind="law", check_worthiness=0.3, revision=article.revisions.get(),
        claimant=factories.make_claimant("Ole Aben"),
    )  # fmt: skip
    odd.topics.add(Topic.objects.create(name="Bridges", slug="bridges", pk=7))
    Claim.objects.filter(pk=odd.pk).update(created_at=datetime(2026, 6, 1, 12, tzinfo=UTC))
    factories.make_match(odd, factories.make_published_claim())
    even = factories.make_claim(text="Even.", claimant=factories.make_claimant("Ella Beck"))
    Claim.objects.filter(pk=even.pk).update(created_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    return odd


@pytest.mark.parametrize(
    "asked",
    [
        "kind=law", "publisher=weser", "publisher=Weser.example", "claimant=ole+a", "topic=7", "maximum=0.4",
        "minimum=0.2&maximum=0.4", "published_after=2026-04-01", "came_after=2026-05-01", "matched=yes",
        "came_after=2026-06-01&came_before=2026-06-01&publisher=blatt&kind=law",
    ],
)  # fmt: skip
def test_each_filter_finds_what_it_names_and_stays_in_the_address(asked, as_reporter, odd):
    page = as_reporter.get(f"{QUEUE}?{asked}")

    assert page.context["candidate"] == odd
    assert page.context["queue"].waiting == 1
    assert all(part in page.context["query"] for part in asked.split("&"))


@pytest.mark.parametrize(
    "asked",
    ["matched=no", "claimant=Ella", "publisher=Verdener", "came_before=2026-04-01", "published_before=2026-04-01"],
)
def test_filters_leave_out_the_others(asked, as_reporter, odd):
    assert as_reporter.get(f"{QUEUE}?{asked}").context["candidate"].text == "Even."


def test_other_names_of_a_claimant_count(as_reporter, odd):
    odd.claimant.aliases.create(name="The Harbour Master")

    assert as_reporter.get(f"{QUEUE}?claimant=harbour").context["candidate"] == odd


def test_a_pair_that_was_rejected_is_no_match(as_reporter, odd):
    odd.matches_above.update(state="rejected")
    assert as_reporter.get(f"{QUEUE}?matched=yes").context["candidate"] is None

    factories.make_external_match(odd, decision="same")
    assert as_reporter.get(f"{QUEUE}?matched=yes").context["candidate"] == odd


@pytest.mark.parametrize("asked", ["topic=99", "came_after=yesterday", "matched=perhaps", "maximum=7", "topic=x"])
def test_a_filter_that_makes_no_sense_is_left_out(asked, as_reporter, odd):
    assert as_reporter.get(f"{QUEUE}?{asked}").context["queue"].waiting == 2


@pytest.mark.parametrize("asked", ["publisher=nobody", "claimant=nobody"])
def test_a_name_that_nobody_has_finds_nothing_and_the_page_says_so(asked, as_reporter, odd):
    assert "Nothing in the queue fits these filters." in as_reporter.get(f"{QUEUE}?{asked}").content.decode()


def save(client, name="Laws", query="kind=law&minimum=0.2"):
    return client.post(f"{FILTERS}?{query}", {"name": name}, follow=True)


def test_a_filter_is_saved_per_person_and_shown_as_a_link(as_reporter, as_editor, reporter, odd):
    save(as_reporter)
    save(as_editor, name="Laws")

    assert SavedFilter.objects.get(person=reporter).query == "kind=law&minimum=0.2"
    assert f'href="{QUEUE}?kind=law&amp;minimum=0.2"' in as_reporter.get(QUEUE).content.decode()


def test_saving_under_a_name_again_changes_the_filter(as_reporter):
    save(as_reporter)
    save(as_reporter, query="kind=event")

    assert SavedFilter.objects.get().query == "kind=event"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_does_not_fit_is_refused_in_words(name, as_reporter):
    page = save(as_reporter, name=name)

    assert "Give the filter a name of at most 60 characters." in page.content.decode()
    assert not SavedFilter.objects.exists()


def test_nobody_keeps_more_filters_than_a_menu_can_show(as_reporter, reporter):
    SavedFilter.objects.bulk_create(SavedFilter(person=reporter, name=str(n)) for n in range(AT_MOST))

    assert "Delete one before you save another" in save(as_reporter).content.decode()


def test_filters_are_renamed_and_deleted(as_reporter):
    save(as_reporter)
    saved = SavedFilter.objects.get()

    as_reporter.post(f"{FILTERS}{saved.pk}/rename/", {"name": "Acts"})
    assert SavedFilter.objects.get().name == "Acts"
    as_reporter.post(f"{FILTERS}{saved.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_two_filters_of_a_person_never_have_the_same_name(as_reporter):
    save(as_reporter)
    save(as_reporter, name="Events", query="kind=event")
    events = SavedFilter.objects.get(name="Events")

    page = as_reporter.post(f"{FILTERS}{events.pk}/rename/", {"name": "Laws"}, follow=True)

    assert "You have a filter of this name already." in page.content.decode()


def test_triage_opens_with_the_filter_that_is_first_and_the_whole_queue_stays_in_reach(as_reporter, odd):
    save(as_reporter)
    save(as_reporter, name="Events", query="kind=event")
    for name in ("Events", "Laws"):
        as_reporter.post(f"{FILTERS}{SavedFilter.objects.get(name=name).pk}/first/")

    assert as_reporter.get(QUEUE)["Location"] == f"{QUEUE}?kind=law&minimum=0.2"
    assert as_reporter.get(f"{QUEUE}?all=1").context["queue"].waiting == 2

    as_reporter.post(f"{FILTERS}{SavedFilter.objects.get(name='Laws').pk}/first/")
    assert as_reporter.get(QUEUE).status_code == 200


@pytest.mark.parametrize("what", ["rename", "first", "delete"])
def test_filters_of_others_are_not_there(what, as_reporter, as_editor, odd):
    save(as_editor)
    saved = SavedFilter.objects.get()

    assert as_reporter.post(f"{FILTERS}{saved.pk}/{what}/", {"name": "Mine"}).status_code == 404
    assert SavedFilter.objects.get(name="Laws") == saved


def test_filters_are_not_changed_by_looking_nor_by_administrators(as_reporter, as_administrator):
    assert as_reporter.get(FILTERS).status_code == 405
    assert as_administrator.post(FILTERS, {"name": "x"}).status_code == 403
