"""From a new wording to pairs, and to what the machine counts together by itself. Real rules, real encoder."""

from datetime import date
from functools import partial

import pytest

from claims.models import Claim, ClaimEntry, ClaimMatch, Decision, Merge, State
from claims.services import matching
from claims.services.claims import reword_claim
from claims.services.matching import match_waiting
from claims.services.merging import unmerge_claim
from claims.services.vectors import prepare_indexes
from people.models import RecordEntry
from tests.at_once import at_once
from tests.factories import make_appearance, make_claim, make_published_claim, make_user

Status = Claim.Status
pytestmark = pytest.mark.django_db

BRIDGE = "The new bridge over the Aller cost 84 million euros to build."
AGAIN = "The new bridge over the Aller cost 84 million euros to build."
DEARER = "The new bridge over the Aller cost 94 million euros to build."


def match_all():
    while match_waiting():
        pass


def pair():
    return ClaimMatch.objects.get()


def test_a_new_claim_waits_to_be_matched_and_is_matched_once():
    claim = make_claim()
    assert ClaimEntry.objects.get(claim=claim).stamp == ""

    assert match_waiting() == 1

    entry = ClaimEntry.objects.get(claim=claim)
    assert entry.stamp == matching.current_stamp()
    assert entry.conditions
    assert match_waiting() == 0


def test_the_same_claim_in_another_article_is_one_claim_with_two_appearances():
    first, second = make_claim(text=BRIDGE), make_claim(text=AGAIN)

    match_all()

    second.refresh_from_db()
    assert (second.status, second.merged_into) == (Status.MERGED, first)
    merge = Merge.objects.get()
    assert (merge.by_machine, merge.match, merge.previous_status) == (True, pair(), Status.DETECTED)


def test_a_claim_with_another_number_is_kept_apart_and_the_numbers_are_named():
    make_claim(text=BRIDGE)
    make_claim(text=DEARER)

    match_all()

    assert pair().decision == Decision.DIFFERENT
    assert [difference["kind"] for difference in pair().differences] == ["number"]
    assert "84" in pair().differences[0]["query"]
    assert "94" in pair().differences[0]["candidate"]
    assert not Merge.objects.exists()


def test_the_same_claim_as_a_published_one_is_proposed_and_left_to_a_person():
    published = make_published_claim(text=BRIDGE)
    claim = make_claim(text=AGAIN)

    match_all()

    claim.refresh_from_db()
    assert claim.status == Status.DETECTED
    assert (pair().low_id, pair().high_id, pair().decision) == (published.pk, claim.pk, Decision.SAME)
    assert list(ClaimMatch.objects.proposed()) == [pair()]


@pytest.mark.parametrize(
    ("older", "newer", "made_on"),
    [
        ({"status": Status.DECLINED}, {}, date(2026, 3, 2)),
        ({"status": Status.APPROVED}, {}, date(2026, 3, 2)),
        ({"text": "Inflation fell to two percent."}, {"text": "Inflation fell to two percent."}, date(2026, 3, 2)),
        ({}, {"modality": Claim.Modality.ALLEGED}, date(2026, 3, 2)),
        ({}, {"unresolved": ["it"]}, date(2026, 3, 2)),
        ({}, {"status": Status.SHORTLISTED}, date(2026, 3, 2)),
        ({}, {}, date(2025, 3, 2)),
    ],
    ids=["declined", "approved", "seven words or fewer", "alleged", "unresolved", "decided on", "a year apart"],
)
def test_the_machine_counts_nothing_together_that_a_person_should_see(older, newer, made_on):
    make_claim(**{"text": BRIDGE, **older})
    claim = make_claim(**{"text": AGAIN, **newer}, appears=False)
    make_appearance(claim, made_on=made_on)

    match_all()

    assert not Merge.objects.exists()


def test_a_machine_made_merge_that_a_person_undoes_is_not_made_again(reporter):
    make_claim(text=BRIDGE)
    second = make_claim(text=AGAIN)
    match_all()
    second.refresh_from_db()

    unmerge_claim(second, by=reporter)
    match_all()

    second.refresh_from_db()
    assert second.status == Status.DETECTED
    assert pair().state == State.REJECTED


def test_a_claim_worded_anew_is_matched_anew_and_what_people_said_of_a_pair_is_kept(reporter):
    first, second = make_claim(text=BRIDGE), make_claim(text=DEARER, status=Status.IN_PROGRESS)
    make_claim(text="The new bridge over the Aller cost 48 million euros to build.", status=Status.SHORTLISTED)
    match_all()
    rejected = ClaimMatch.objects.get(low=first, high=second)
    ClaimMatch.objects.filter(pk=rejected.pk).update(state=State.REJECTED, decided_by=reporter)

    editor = make_user("edda")
    reword_claim(second, text="Jutta Brandt has been mayor of Verden since 2014.", claimant_name="", by=editor)
    match_all()

    kept = ClaimMatch.objects.get(low=first, high=second)
    assert (kept.pk, kept.state, kept.differences) == (rejected.pk, State.REJECTED, rejected.differences)
    assert not ClaimMatch.objects.filter(low=second).exists()


def test_what_a_new_version_of_the_rules_made_is_made_again_in_the_background(monkeypatch):
    make_claim(text=BRIDGE)
    match_all()
    monkeypatch.setattr(matching, "RULES_VERSION", "next")

    assert match_waiting() == 1
    assert ClaimEntry.objects.get().stamp.startswith("rules next")
    assert match_waiting() == 0


def test_new_claims_are_matched_before_old_ones_are_made_again(monkeypatch):
    old = make_claim(text=BRIDGE)
    match_all()
    monkeypatch.setattr(matching, "RULES_VERSION", "next")
    new = make_claim(text=DEARER)

    match_waiting(at_most=1)

    stamps = dict(ClaimEntry.objects.values_list("claim", "stamp"))
    assert stamps[new.pk].startswith("rules next")
    assert not stamps[old.pk].startswith("rules next")


def test_a_claim_that_stops_its_worker_three_times_is_left_and_the_rest_goes_on():
    poison, other = make_claim(text=BRIDGE), make_claim(text=DEARER)
    ClaimEntry.objects.filter(claim=poison).update(attempts=3)

    match_all()

    assert ClaimEntry.objects.get(claim=poison).conditions is None
    assert ClaimEntry.objects.get(claim=other).conditions is not None


def test_vectors_of_another_encoder_are_not_compared_with_ours():
    make_claim(text=BRIDGE)
    match_all()
    ClaimEntry.objects.update(encoder="another 1.0", vector=[0.1, 0.2])
    make_claim(text=DEARER)

    match_all()

    assert pair().similarity > 0.5  # by words


@pytest.mark.usefixtures("no_encoder")
def test_matching_works_on_words_alone_without_an_encoder():
    make_published_claim(text=BRIDGE)
    make_claim(text=AGAIN)

    match_all()

    assert (pair().encoder, pair().decision) == ("", Decision.SAME)


@pytest.mark.parametrize(
    "text", ["Yes", "84", "word " * 190, "Сегодня мост был открыт.", "\u202eevil\u202c text", "' | & ! : ( ) \\ *"]
)
def test_no_text_stops_matching(text):
    make_claim(text=BRIDGE)
    make_claim(text=text)

    match_all()

    assert not ClaimEntry.objects.filter(stamp="").exists()


def test_the_index_of_vectors_is_made_once_and_used(django_assert_num_queries):
    prepare_indexes()

    with django_assert_num_queries(2):
        prepare_indexes()


def test_machine_made_merges_are_on_the_record_and_suggestions_are_not():
    make_claim(text=BRIDGE)
    make_claim(text=AGAIN)
    make_claim(text=DEARER)

    match_all()

    tables = RecordEntry.objects.values_list("table_name", "actor_id")
    assert ("claims_merge", None) in tables
    assert "claims_claimmatch" not in {table for table, _actor in tables}


@pytest.mark.django_db(transaction=True)
def test_a_hundred_identical_texts_at_once_are_one_claim_with_as_many_appearances():
    for _ in range(100):
        make_claim(text=BRIDGE)

    done = at_once(*[partial(matching_thread) for _ in range(4)])

    assert done == [None] * 4
    assert Claim.objects.exclude(status=Status.MERGED).count() == 1
    assert Merge.objects.in_force().count() == 99
    assert ClaimEntry.objects.count() == 1


def matching_thread():
    while match_waiting(at_most=16):
        pass
