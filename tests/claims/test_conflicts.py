"""Interests: who declares them, what they are kept out of, and what readers are told."""

import pytest
from django.db import DatabaseError, transaction

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Conflict, Recusal, Review
from claims.services.assignment import assign_claim
from claims.services.bulk import shortlist_many
from claims.services.claims import reword_claim
from claims.services.conflicts import declare_interest, recuse, withdraw_interest
from claims.services.facts import Facts, describe_claim
from claims.services.lifecycle import shortlist_claim, start_claim
from claims.services.publication import publish_claim
from claims.services.review import rate_verdict
from claims.services.scheduling import schedule_publication, set_embargo
from claims.services.verdicts import except_from_rule, join_writers, record_verdict, send_for_review
from people.models import RecordEntry
from tests import factories
from tests.factories import make_claim, make_claim_with_verdict, make_claimant, rating

pytestmark = pytest.mark.django_db
Status = Claim.Status

STEPS = {
    "start": (Status.SHORTLISTED, lambda claim, by: start_claim(claim, by=by)),
    "write": (Status.IN_PROGRESS, lambda claim, by: record_verdict(claim, by=by)),
    "reword": (Status.IN_PROGRESS, lambda claim, by: reword_claim(claim, text="T.", claimant_name="", by=by)),
    "describe": (Status.IN_PROGRESS, lambda claim, by: describe_claim(claim, Facts(), by=by)),
    "join": (Status.IN_PROGRESS, lambda claim, by: join_writers(claim, by=by)),
    "except": (
        Status.IN_PROGRESS,
        lambda claim, by: except_from_rule(claim, rule="claimant-asked", reason="R.", by=by),
    ),
    "send": (Status.IN_PROGRESS, lambda claim, by: send_for_review(claim, by=by)),
    "rate": (Status.IN_REVIEW, lambda claim, by: rate_verdict(claim, by=by, rating=rating())),
    "publish": (Status.APPROVED, lambda claim, by: publish_claim(claim, by=by)),
    "embargo": (Status.APPROVED, lambda claim, by: set_embargo(claim, until=None, by=by)),
    "schedule": (Status.APPROVED, lambda claim, by: schedule_publication(claim, at=None, by=by)),
}


@pytest.mark.parametrize("how", ["claimant", "claim"])
@pytest.mark.parametrize("step", STEPS)
def test_who_declared_an_interest_takes_no_step(step, how, editor):
    status, take = STEPS[step]
    claim = make_claim(status=status) if status == Status.SHORTLISTED else make_claim_with_verdict(status=status)
    if how == "claimant":
        declare_interest(claim.claimant, reason="My sister.", by=editor)
    else:
        recuse(claim, reason="My sister.", by=editor)

    with pytest.raises(NotAllowed, match="declared an interest"):
        take(claim, editor)

    assert Claim.objects.get(pk=claim.pk).status == status


@pytest.mark.parametrize("how", ["claimant", "claim"])
def test_who_declared_an_interest_is_not_given_the_claim(how, reporter, editor):
    candidate, claim = make_claim(claimant=make_claimant()), make_claim(status=Status.SHORTLISTED)
    for one in (candidate, claim):
        if how == "claim":
            recuse(one, reason="My sister.", by=reporter)
    if how == "claimant":
        claim.claimant = candidate.claimant
        claim.save()
        declare_interest(candidate.claimant, reason="My sister.", by=reporter)

    with pytest.raises(NotReady, match="Rosa Example has declared an interest"):
        assign_claim(claim, to=reporter, by=editor)
    with pytest.raises(NotReady, match="Rosa Example has declared an interest"):
        shortlist_claim(candidate, to=reporter, by=editor)
    outcome = shortlist_many([candidate.pk], to=reporter, by=editor)

    assert [said for _claim, said in outcome.left] == [
        "Rosa Example has declared an interest in this. Choose somebody else."
    ]
    assert not Claim.objects.filter(assigned_to=reporter).exists()
    assign_claim(claim, to=editor, by=reporter)  # giving it away takes no part in it


def test_who_declared_an_interest_is_offered_no_form_for_the_facts(client, reporter):
    claim = make_claim_with_verdict()
    client.force_login(reporter)
    file = f"/admin/claims/claim/{claim.pk}/change/"
    assert b"id_facts_claimed_on" in client.get(file).content

    recuse(claim, reason="My sister.", by=reporter)

    assert b"id_facts_claimed_on" not in client.get(file).content


def test_the_database_refuses_a_review_by_somebody_with_an_interest(reviewer):
    claim = make_claim_with_verdict(status=Status.IN_REVIEW)
    Conflict.objects.create(user=reviewer, claimant=claim.claimant, reason="My sister.")

    with pytest.raises(DatabaseError, match="declared an interest"), transaction.atomic():
        Review.objects.create(verdict=claim.verdicts.get(), reviewer=reviewer, saves=0)


def test_an_interest_in_one_claimant_is_none_in_another(reporter):
    declare_interest(make_claimant("Somebody Else"), reason="My sister.", by=reporter)
    claim = make_claim(status=Status.SHORTLISTED)

    start_claim(claim, by=reporter)

    assert claim.status == Status.IN_PROGRESS


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_an_interest_says_what_it_is(reason, reporter):
    with pytest.raises(NotReady, match="Say why"):
        declare_interest(make_claimant(), reason=reason, by=reporter)
    with pytest.raises(NotReady, match="Say why"):
        recuse(make_claim(), reason=reason, by=reporter)


def test_the_same_interest_is_declared_once(reporter):
    declare_interest(make_claimant(), reason="My sister.", by=reporter)
    with pytest.raises(StaleClaim):
        declare_interest(make_claimant(), reason="My sister.", by=reporter)

    claim = make_claim()
    recuse(claim, reason="R.", by=reporter)
    with pytest.raises(StaleClaim):
        recuse(claim, reason="R.", by=reporter)


def test_an_interest_is_taken_back_by_its_own_person_and_stays_on_record(reporter, editor):
    conflict = declare_interest(make_claimant(), reason="My sister.", by=reporter)

    with pytest.raises(NotAllowed):
        withdraw_interest(conflict, reason="Over.", by=editor)
    withdraw_interest(conflict, reason="She has retired.", by=reporter)

    assert not Conflict.objects.exists()
    assert [(entry.action, entry.reason) for entry in RecordEntry.objects.about(conflict)] == [
        ("INSERT", "My sister."),
        ("DELETE", "She has retired."),
    ]


def test_leaving_a_claim_to_others_takes_it_off_ones_hands(reporter):
    claim = make_claim(status=Status.IN_PROGRESS, assigned_to=reporter)

    recuse(claim, reason="My sister.", by=reporter)

    assert Claim.objects.get(pk=claim.pk).assigned_to is None
    assert Recusal.objects.get().user == reporter


def test_readers_are_told_that_somebody_took_no_part_and_not_who(client, reporter):
    claim = factories.make_published_claim()
    before = client.get(claim.get_absolute_url()).content.decode()
    other = factories.make_user("otto", last_name="Kestrel")
    Recusal.objects.create(user=other, claim=claim, reason="A cousin of the mayor.")

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "took no part in this check" not in before
    assert "took no part in this check" in page
    assert "Kestrel" not in page
    assert "cousin" not in page
