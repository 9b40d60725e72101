"""What the database refuses of corrections, and what becomes of two at once."""

import pytest
from django.db import transaction

from claims.exceptions import NotReady, StaleClaim
from claims.models import Correction, Verdict
from claims.services.corrections import (
    abandon_correction,
)
from claims.services.publication import publish_claim
from claims.services.verdicts import send_for_review
from tests import factories
from tests.at_once import at_once
from tests.claims.correcting import approve_verdict, check_deferred, current, opened, violates

pytestmark = pytest.mark.django_db
State = Correction.State


class TestTheDatabase:
    def test_refuses_a_later_version_without_its_correction(self):
        claim = factories.make_published_claim()
        draft = factories.make_verdict(claim)
        factories.approve(draft)

        with violates("changes only by a correction"), transaction.atomic():
            Verdict.objects.filter(pk=draft.pk).update(published_at=factories.NOON, claim_text="x")
            check_deferred()

    @pytest.mark.parametrize(("kind", "rating"), [("verdict_change", "mostly-true"), ("factual", "false")])
    def test_refuses_a_class_that_does_not_fit_the_rating(self, kind, rating):
        draft = factories.make_verdict(factories.make_published_claim(), rating=factories.rating(rating))

        with violates("if and only if the rating differs"), transaction.atomic():
            factories.make_correction(draft, kind=kind)

    def test_refuses_approval_by_somebody_who_wrote(self, editor):
        draft = factories.make_verdict(factories.make_published_claim())
        draft.writers.add(editor)

        with violates("they wrote on"), transaction.atomic():
            factories.make_correction(draft, approved_by=editor)

    def test_refuses_a_published_correction_whose_version_is_not_out(self):
        draft = factories.make_verdict(factories.make_published_claim())

        with violates("with its version"), transaction.atomic():
            factories.make_correction(draft)
            check_deferred()

    def test_refuses_to_change_what_became_of_a_correction(self):
        claim = factories.make_published_claim()
        factories.make_verdict(claim, published_at=factories.NOON)

        with violates("never changed"), transaction.atomic():
            claim.corrections.update(note="Another.")
        with violates("never changed"), transaction.atomic():
            claim.corrections.all().delete()

    def test_refuses_two_open_ones(self, reporter):
        claim = factories.make_published_claim()
        correction = opened(claim, reporter)

        with violates("correction_one_open_per_claim"), transaction.atomic():
            Correction.objects.create(
                claim=claim, kind="void", note="n", by=reporter, state="in_review", old_verdict=correction.old_verdict
            )


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_editors_who_open_one_make_one(self):
        claim = factories.make_published_claim()
        people = [factories.make_user("rosa"), factories.make_user("otto")]

        results = at_once(*(lambda who=who: opened(claim, who) for who in people))

        assert {type(result) for result in results} == {Correction, StaleClaim}
        assert claim.corrections.count() == 1

    def test_of_publishing_and_giving_up_one_wins(self):
        reporter, reviewer = factories.make_user("rosa"), factories.make_user("ravi", role="reviewer")
        editor = factories.make_user("edith", role="editor")
        claim = factories.make_published_claim()
        correction = opened(claim, reporter)
        send_for_review(claim, by=reporter)
        approve_verdict(claim, by=reviewer)

        results = at_once(
            lambda: publish_claim(claim, by=editor),
            lambda: abandon_correction(correction, why="No.", by=reporter),
        )

        correction.refresh_from_db()
        refused = [result for result in results if result is not None]
        assert len(refused) == 1
        assert isinstance(refused[0], NotReady | StaleClaim)
        assert current(claim).version == (2 if correction.state == State.PUBLISHED else 1)
