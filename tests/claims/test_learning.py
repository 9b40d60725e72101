"""The desk learns from its own decisions, and nothing changes before a person says so."""

import io
from functools import partial
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.extraction import EXTRACTOR_VERSION, extract_claims
from claims.models import Claim, TriageWeights
from claims.services.detection import store_candidates
from claims.services.learning import LEAST, accept_weights, propose_weights, reject_weights, retire_weights
from claims.services.lifecycle import (
    decline_claim,
    restore_claim,
    shortlist_claim,
    start_claim,
    step_back,
    undo_triage,
)
from claims.services.merging import merge_claim
from claims.services.ranking import last_decisions, reweigh_queue, track_record, weights_in_force
from claims.tasks import reweigh_queue as reweigh_task
from people.models import RecordEntry
from tests.at_once import at_once
from tests.claims.decisions import MONEY, NAME, PERCENTAGE, make_decisions, make_weights, scored
from tests.factories import make_claim, make_revision, make_run

pytestmark = pytest.mark.django_db
Status, State = Claim.Status, TriageWeights.State


def queue_as_it_is() -> list:
    return list(Claim.objects.for_triage().values("pk", "check_worthiness", "reasons", "weights"))


# What counts as a decision


def decisions() -> dict[int, bool]:
    return {pk: shortlisted for _at, pk, shortlisted, _fields in last_decisions(100)}


def test_a_shortlisted_claim_counts_whatever_became_of_it(reporter):
    started, back, merged = make_claim(), make_claim(), make_claim()
    for claim in (started, back, merged):
        shortlist_claim(claim, by=reporter)
    start_claim(started, by=reporter)
    step_back(back, why="No time this week.", by=reporter)
    decline_claim(back, reason="trivial", by=reporter)
    merge_claim(merged, into=started, by=reporter)

    assert decisions() == {started.pk: True, back.pk: True, merged.pk: True}


@pytest.mark.parametrize(
    ("reason", "counts"),
    [
        ("opinion", True),
        ("prediction", True),
        ("cannot_be_checked", True),
        ("trivial", True),
        ("already_checked", False),
        ("out_of_scope", False),
        ("no_capacity", False),
    ],
)
def test_a_decline_counts_if_its_reason_speaks_about_worth(reporter, reason, counts):
    claim = make_claim()
    decline_claim(claim, reason=reason, by=reporter)

    assert decisions() == ({claim.pk: False} if counts else {})


def test_the_last_decline_of_a_claim_is_the_one_that_counts(reporter):
    claim = make_claim()
    decline_claim(claim, reason="opinion", by=reporter)
    restore_claim(claim, by=reporter)
    assert decisions() == {}

    decline_claim(claim, reason="no_capacity", by=reporter)
    assert decisions() == {}


def test_decisions_that_were_undone_do_not_count(reporter):
    shortlisted, declined = make_claim(), make_claim()
    shortlist_claim(shortlisted, by=reporter)
    decline_claim(declined, reason="opinion", by=reporter)
    for claim in (shortlisted, declined):
        undo_triage(claim, by=reporter)

    assert decisions() == {}


def test_claims_without_a_score_and_claims_that_were_only_merged_teach_nothing(reporter):
    by_hand, merged = make_claim(check_worthiness=None, reasons=[]), make_claim()
    shortlist_claim(by_hand, by=reporter)
    merge_claim(merged, into=by_hand, by=reporter)

    assert decisions() == {}


def test_shortlistings_of_before_are_read_from_the_record(reporter):
    shortlisted, undone, back = make_claim(), make_claim(), make_claim()
    for claim in (shortlisted, undone, back):
        shortlist_claim(claim, by=reporter)
    undo_triage(undone, by=reporter)
    step_back(back, why="Later.", by=reporter)
    before = decisions()
    Claim.objects.update(shortlisted_at=None)

    with connection.cursor() as cursor:
        cursor.execute(import_module("claims.migrations.0005_learned_weights_kept").PAST_SHORTLISTINGS)

    assert decisions() == before == {shortlisted.pk: True, back.pk: True}


# Proposing


def test_learning_that_a_signal_is_overrated_here_ranks_the_latest_quarter_better():
    make_decisions(240)

    weights = propose_weights()

    assert weights.factors[PERCENTAGE] < 0.4
    assert weights.factors[MONEY] > 1
    assert (weights.figures["held_out"], weights.decisions) == (60, 240)
    before, after = weights.figures["before"], weights.figures["after"]
    assert after["average_precision"] > before["average_precision"]
    assert after["top"][1]["shortlisted"] > before["top"][1]["shortlisted"]
    assert weights.is_better
    assert (weights.state, weights.extractor_version) == (State.PROPOSED, EXTRACTOR_VERSION)


def test_nothing_changes_before_a_person_accepts():
    make_decisions(200)
    make_claim(**scored(PERCENTAGE, NAME))
    before = queue_as_it_is()

    propose_weights()
    reweigh_queue()

    assert queue_as_it_is() == before
    assert weights_in_force() is None


def test_a_new_proposal_takes_the_place_of_one_nobody_decided_on():
    make_decisions(200)

    first, second = propose_weights(), propose_weights()

    first.refresh_from_db()
    assert (first.state, first.decided_by, second.state, second.n) == (State.RETIRED, None, State.PROPOSED, first.n + 1)


def test_weights_are_measured_against_those_in_force(editor):
    make_decisions(200)
    first = propose_weights()
    accept_weights(first, by=editor)

    second = propose_weights()

    assert second.figures["before_is"] == first.n
    assert second.figures["before"] == first.figures["after"]
    assert not second.is_better


@pytest.mark.parametrize(("n", "reason"), [(0, "trivial"), (LEAST - 1, "trivial"), (LEAST, "no_capacity")])
def test_too_few_decisions_are_said_in_a_sentence_and_nothing_is_written(n, reason):
    make_decisions(n, reason=reason)

    with pytest.raises(NotReady, match=r"^Too few decisions to learn from: .* it takes 200 with at least 30 of each"):
        propose_weights()

    assert not TriageWeights.objects.exists()


def test_the_command_prints_a_table_and_says_where_the_proposal_waits():
    make_decisions(200)
    printed = io.StringIO()

    call_command("learn_triage", stdout=printed)

    said = printed.getvalue()
    assert "Fitted to 150 decisions; measured on the 50 after them" in said
    assert "the top 10%" in said
    assert f"times  {PERCENTAGE}" in said
    assert said.splitlines()[-1] == "Proposal 1 waits in the desk at /admin/ranking/"


def test_the_command_exits_with_1_and_the_sentence_when_there_are_too_few():
    with pytest.raises(CommandError, match=r"^Too few decisions to learn from: 0 \(") as refusal:
        call_command("learn_triage")

    assert refusal.value.returncode == 1


# Deciding


def test_accepting_reweighs_the_queue_and_is_on_the_record(editor):
    claim = make_claim(**scored(PERCENTAGE, NAME))
    weights = make_weights(factors={PERCENTAGE: 0.2}, shift=0.5)

    accept_weights(weights, by=editor, note="It fits.")
    reweigh_task()

    claim.refresh_from_db()
    assert claim.check_worthiness == pytest.approx(0.5744)  # sigmoid(-1.0 + 0.5 + 0.2 * 1.5 + 0.5)
    assert {reason["signal"]: reason["base"] for reason in claim.reasons}[PERCENTAGE] == 1.5
    decided, moved = RecordEntry.objects.about(weights).last(), RecordEntry.objects.about(claim).last()
    assert (decided.actor_name, decided.reason, decided.after["state"]) == ("edith", "It fits.", "accepted")
    assert (moved.actor_id, moved.reason) == (None, "learned weights 1")


def test_claims_past_triage_keep_the_score_they_were_decided_with(editor):
    claim = make_claim(**scored(PERCENTAGE), status=Status.SHORTLISTED)
    accept_weights(make_weights(), by=editor)

    reweigh_queue()

    assert Claim.objects.get(pk=claim.pk).check_worthiness == scored(PERCENTAGE)["check_worthiness"]


def test_a_claim_that_comes_back_into_the_queue_is_ranked_by_what_is_in_force(editor):
    claim = make_claim(**scored(PERCENTAGE))
    decline_claim(claim, reason="trivial", by=editor)
    weights = make_weights()
    accept_weights(weights, by=editor)
    restore_claim(claim, by=editor)

    reweigh_queue()

    assert Claim.objects.get(pk=claim.pk).weights == weights


def test_back_to_the_shipped_weights_restores_every_score_exactly(editor):
    text = "Exports grew 4% in 2024, the ministry said. The law was passed by Parliament in May."
    store_candidates(make_run(make_revision(text=text)), extract_claims(text))
    make_claim(check_worthiness=None, reasons=[])
    make_claim(check_worthiness=0.4, reasons=[])
    before = queue_as_it_is()
    first, second = make_weights(state=State.ACCEPTED, shift=-1.3), make_weights(factors={NAME: 3.0})
    reweigh_queue()
    accept_weights(second, by=editor)
    reweigh_queue()
    assert queue_as_it_is() != before

    retire_weights(second, by=editor)
    reweigh_queue()

    assert queue_as_it_is() == before
    assert set(TriageWeights.objects.values_list("state", flat=True)) == {State.RETIRED}
    assert TriageWeights.objects.get(pk=first.pk).note == "replaced by Weights 2"


def test_reweighing_again_does_nothing(editor):
    make_claim(**scored(PERCENTAGE))
    accept_weights(make_weights(), by=editor)
    assert reweigh_queue() == 1
    entries = RecordEntry.objects.count()

    assert reweigh_queue() == 0
    assert RecordEntry.objects.count() == entries


def test_weights_not_measured_to_be_better_take_a_note(editor):
    weights = make_weights(better=False)

    with pytest.raises(NotReady):
        accept_weights(weights, note=" ", by=editor)
    accept_weights(weights, note="We cover budgets now.", by=editor)

    assert weights_in_force() == weights


def test_reporters_and_reviewers_do_not_decide_on_weights_and_administrators_do(reporter, reviewer, administrator):
    weights = make_weights()

    for person in (reporter, reviewer):
        with pytest.raises(NotAllowed):
            accept_weights(weights, by=person)
    accept_weights(weights, by=administrator)

    assert weights_in_force() == weights


def test_a_decision_on_weights_is_taken_once(editor):
    weights = make_weights()
    reject_weights(weights, by=editor)

    for decide in (accept_weights, reject_weights, retire_weights):
        with pytest.raises(StaleClaim):
            decide(weights, by=editor)


def test_what_was_fitted_never_changes():
    weights = make_weights()

    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        TriageWeights.objects.filter(pk=weights.pk).update(factors={})


def test_at_most_one_set_of_weights_is_in_force():
    make_weights(state=State.ACCEPTED)

    with pytest.raises(IntegrityError, match="weights_one_in_force"), transaction.atomic():
        make_weights(state=State.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_accept_at_once_one_is_told(editor, administrator):
    claims = [make_claim(**scored(PERCENTAGE)) for _ in range(3)]
    weights = make_weights()

    told = at_once(*[partial(accept_weights, weights, by=person) for person in (editor, administrator)])

    assert sorted(type(answer) for answer in told if answer) == [StaleClaim]
    assert sorted(at_once(reweigh_queue, reweigh_queue)) in ([0, 3], [1, 2])
    assert Claim.objects.filter(weights=weights).count() == len(claims)


@pytest.mark.django_db(transaction=True)
def test_two_who_learn_at_once_leave_one_proposal():
    make_decisions(200)

    at_once(propose_weights, propose_weights)

    assert sorted(TriageWeights.objects.values_list("n", "state")) == [(1, State.RETIRED), (2, State.PROPOSED)]


# How good the ranking has been


def test_the_track_record_sets_the_highest_quarter_beside_the_rest():
    make_decisions(120)

    record = track_record()

    assert (record.decided, record.top, record.is_enough) == (120, 30, True)
    assert record.top_shortlisted + record.rest_shortlisted == record.shortlisted
    assert record.top_shortlisted / record.top > record.rest_shortlisted / record.rest


def test_the_track_record_says_nothing_of_few_decisions_and_of_claims_that_are_in_the_queue_again(reporter):
    claim = make_claim()
    shortlist_claim(claim, by=reporter)
    assert (track_record().decided, track_record().is_enough) == (1, False)

    step_back(claim, why="Later.", by=reporter)
    assert track_record().decided == 0
