"""A fact-check is taken back by two people; in an emergency by one, and another one looks afterwards."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from claims.exceptions import IllegalMove, NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Correction, SecondLook
from claims.services.corrections import abandon_correction, open_correction
from claims.services.retraction import approve_retraction, give_second_look, request_retraction, retract_at_once
from people.models import RecordEntry
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
WHY = "It was another bridge."


def status_of(claim):
    return Claim.objects.get(pk=claim.pk).status


def test_asking_changes_nothing_and_the_approval_retracts(reporter, editor):
    claim = factories.make_published_claim()

    asked = request_retraction(claim, why=WHY, by=reporter)
    meanwhile = status_of(claim)
    approve_retraction(asked, by=editor)

    asked.refresh_from_db()
    assert (meanwhile, status_of(claim)) == ("published", "retracted")
    assert (asked.kind, asked.state, asked.by, asked.approved_by) == ("void", "published", reporter, editor)
    assert claim in Claim.objects.with_page()
    assert RecordEntry.objects.about(claim).last().reason == WHY
    assert not Correction.objects.to_look_at().exists()


def test_nobody_approves_the_retraction_they_asked_for(editor):
    asked = request_retraction(factories.make_published_claim(), why=WHY, by=editor)

    with pytest.raises(NotAllowed, match="A second person"):
        approve_retraction(asked, by=editor)


def test_only_who_publishes_approves_a_retraction(reporter, reviewer):
    asked = request_retraction(factories.make_published_claim(), why=WHY, by=reporter)

    with pytest.raises(NotAllowed):
        approve_retraction(asked, by=reviewer)


def test_a_retraction_that_was_asked_for_can_be_given_up(reporter, editor):
    claim = factories.make_published_claim()
    asked = request_retraction(claim, why=WHY, by=reporter)

    abandon_correction(asked, why="The bridge is the right one.", by=editor)

    assert status_of(claim) == "published"
    with pytest.raises(StaleClaim):
        approve_retraction(asked, by=editor)


@pytest.mark.parametrize("why", ["", "  \n", "x" * 2001])
@pytest.mark.parametrize("retract", [request_retraction, retract_at_once])
def test_readers_are_told_why(editor, retract, why):
    with pytest.raises(NotReady):
        retract(factories.make_published_claim(), why=why, by=editor)


@pytest.mark.parametrize("retract", [request_retraction, retract_at_once])
def test_only_what_is_published_is_retracted(editor, retract):
    with pytest.raises(IllegalMove):
        retract(factories.make_claim(status="in_progress"), why=WHY, by=editor)


def test_in_an_emergency_one_person_retracts_and_the_second_look_is_queued(editor):
    claim = factories.make_published_claim()

    retracted = retract_at_once(claim, why=WHY, by=editor)

    assert status_of(claim) == "retracted"
    assert list(Correction.objects.to_look_at()) == [retracted]
    assert not retracted.is_overdue


def test_an_emergency_takes_no_heed_of_an_open_correction(reporter, editor):
    claim = factories.make_published_claim()
    correction = open_correction(claim, kind="factual", note="A detail.", by=reporter)

    retract_at_once(claim, why=WHY, by=editor)

    correction.refresh_from_db()
    assert (correction.state, status_of(claim)) == ("abandoned", "retracted")
    assert not claim.verdicts.drafts().exists()


def test_only_who_publishes_retracts_at_once(reviewer):
    with pytest.raises(NotAllowed):
        retract_at_once(factories.make_published_claim(), why=WHY, by=reviewer)


def test_asking_waits_for_an_open_correction(reporter, editor):
    claim = factories.make_published_claim()
    open_correction(claim, kind="factual", note="A detail.", by=reporter)

    with pytest.raises(StaleClaim, match="Rosa Example"):
        request_retraction(claim, why=WHY, by=editor)


def test_the_second_look_is_overdue_after_a_day(editor):
    claim = factories.make_published_claim(status="retracted")
    long_ago = timezone.now() - timedelta(hours=25)

    retraction = factories.make_retraction(claim, emergency=True, by=editor, published_at=long_ago)

    assert retraction.is_overdue


@pytest.mark.parametrize(("agrees", "note"), [(True, ""), (False, "The account was right.")])
def test_a_second_look_is_kept_and_ends_the_waiting(editor, reviewer, agrees, note):
    claim = factories.make_published_claim()
    retracted = retract_at_once(claim, why=WHY, by=editor)

    look = give_second_look(retracted, agrees=agrees, note=note, by=reviewer)

    assert (look.by, look.agrees, look.note) == (reviewer, agrees, note)
    assert not Correction.objects.to_look_at().exists()
    assert status_of(claim) == "retracted"
    with pytest.raises(StaleClaim):
        give_second_look(retracted, agrees=True, by=reviewer)


def test_who_retracted_gives_no_second_look(editor):
    retracted = retract_at_once(factories.make_published_claim(), why=WHY, by=editor)

    with pytest.raises(NotAllowed):
        give_second_look(retracted, agrees=True, by=editor)
    with pytest.raises(DatabaseError, match="another person"), transaction.atomic():
        SecondLook.objects.create(correction=retracted, by=editor, agrees=True)


def test_a_look_that_disagrees_says_why(editor, reviewer):
    retracted = retract_at_once(factories.make_published_claim(), why=WHY, by=editor)

    with pytest.raises(NotReady):
        give_second_look(retracted, agrees=False, note=" ", by=reviewer)


def test_a_reporter_gives_no_second_look(editor, reporter):
    retracted = retract_at_once(factories.make_published_claim(), why=WHY, by=editor)

    with pytest.raises(NotAllowed):
        give_second_look(retracted, agrees=True, by=reporter)


def test_the_database_refuses_a_retraction_that_tells_nothing():
    claim = factories.make_published_claim()

    def retract_in_silence():
        with transaction.atomic(), connection.cursor() as cursor:
            Claim.objects.filter(pk=claim.pk).update(status="retracted")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="tells readers why"):
        retract_in_silence()


def test_the_database_refuses_to_change_a_second_look(editor, reviewer):
    retracted = retract_at_once(factories.make_published_claim(), why=WHY, by=editor)
    look = give_second_look(retracted, agrees=True, by=reviewer)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        SecondLook.objects.filter(pk=look.pk).update(agrees=False, note="No.")


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_retract_at_once_make_one_retraction():
    claim = factories.make_published_claim()
    people = [factories.make_user(name, role="editor") for name in ("edith", "emil")]

    results = at_once(
        *(lambda who=who: retract_at_once(Claim.objects.get(pk=claim.pk), why=WHY, by=who) for who in people)
    )

    assert {type(result) for result in results} == {Correction, StaleClaim}
    assert claim.corrections.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_second_looks_at_once_are_one():
    editor = factories.make_user("edith", role="editor")
    retracted = retract_at_once(factories.make_published_claim(), why=WHY, by=editor)
    people = [factories.make_user(name, role="reviewer") for name in ("ravi", "ruth")]

    results = at_once(*(lambda who=who: give_second_look(retracted, agrees=True, by=who) for who in people))

    assert {type(result) for result in results} == {SecondLook, StaleClaim}
