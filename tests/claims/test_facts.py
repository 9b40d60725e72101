"""Facts of a claim: topics, day, importance, due day; and roles at the time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim, ClaimantRole, Topic
from claims.services.facts import Facts, describe_claim, facts_of, role_in_words, role_then
from claims.services.publication import unmet_rules
from people.models import RecordEntry
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
Status = Claim.Status
FACTS = Facts(("Bridges", "Budget"), date(2026, 3, 1), Claim.Importance.HIGH, date(2026, 3, 20))


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_facts_are_stored_on_the_record_and_new_topics_made(reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)

    describe_claim(claim, FACTS, by=reporter)

    assert facts_of(fresh(claim)) == FACTS
    entry = RecordEntry.objects.about(claim).last()
    assert (entry.actor_id, entry.after["importance"]) == (reporter.pk, 3)
    assert RecordEntry.objects.filter(table_name="claims_claim_topics", actor_id=reporter.pk).count() == 2


def test_a_topic_is_known_whatever_its_letters(reporter):
    Topic.objects.create(name="Bridges", slug="bridges")

    describe_claim(factories.make_claim(), Facts((" bridges ", "BRIDGES")), by=reporter)

    assert Topic.objects.get().claims.count() == 1


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED, Status.RETRACTED])
def test_facts_are_closed_once_a_second_person_has_the_claim(reporter, status):
    with pytest.raises(StaleClaim, match="it can be changed while it is in progress"):
        describe_claim(factories.make_claim(status=status), FACTS, by=reporter)


def test_facts_take_the_permission_to_check(administrator):
    with pytest.raises(NotAllowed):
        describe_claim(factories.make_claim(), FACTS, by=administrator)


def test_of_two_people_who_saw_the_same_facts_the_second_is_told(reporter, editor):
    claim = factories.make_claim()
    seen = facts_of(claim).stamp
    describe_claim(claim, FACTS, by=editor, seen=seen)

    with pytest.raises(StaleClaim, match="Someone else changed these facts"):
        describe_claim(fresh(claim), Facts(), by=reporter, seen=seen)

    assert facts_of(fresh(claim)) == FACTS


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts(claimed_on=timezone.localdate() + timedelta(days=1)), "lies ahead"),
        (Facts(importance=4), "how important"),
        (Facts(topics=("x" * 101,)), "at most 100 characters"),
        (Facts(topics=("x" * 100_000,)), "at most 100 characters"),
        (Facts(topics=("  ",)), "at most 100 characters"),
        (Facts(topics=tuple(f"Topic {n}" for n in range(21))), "at most 20 topics"),
    ],
)
def test_what_cannot_be_stored_is_refused_and_nothing_is_written(reporter, facts, why):
    claim = factories.make_claim()

    with pytest.raises(NotReady, match=why):
        describe_claim(claim, facts, by=reporter)

    assert facts_of(fresh(claim)) == Facts()
    assert not Topic.objects.exists()


def test_an_approval_of_another_day_does_not_hold(reporter):
    claim = factories.make_claim_with_verdict(status=Status.IN_PROGRESS)
    factories.approve(claim.verdicts.get())
    assert claim.verdicts.get().reviews.approvals().exists()

    describe_claim(claim, FACTS, by=reporter)

    assert not claim.verdicts.get().reviews.approvals().exists()
    assert "approval" in {rule.rule for rule in unmet_rules(claim)}


@pytest.mark.django_db(transaction=True)
def test_two_people_make_the_same_topic_at_once(reporter, editor):
    claims = [factories.make_claim(), factories.make_claim()]

    errors = at_once(
        lambda: describe_claim(claims[0], Facts(("Bridges",)), by=reporter),
        lambda: describe_claim(claims[1], Facts(("Bridges",)), by=editor),
    )

    assert errors == [None, None]
    assert Topic.objects.get().claims.count() == 2


class TestRoles:
    @pytest.fixture
    def claim(self, db) -> Claim:
        claim = factories.make_claim(claimed_on=date(2020, 5, 1))
        roles = [("Mayor", date(2021, 1, 1), None), ("Minister of Defence", date(2018, 1, 1), date(2020, 12, 31))]
        for title, start, end in roles:
            ClaimantRole.objects.create(claimant=claim.claimant, title=title, from_on=start, to_on=end)
        return claim

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2018, 1, 1), "then Minister of Defence"),
            (date(2020, 12, 31), "then Minister of Defence"),
            (date(2022, 1, 1), "Mayor"),
            (date(2017, 12, 31), None),
        ],
    )
    def test_the_role_is_that_of_the_day_of_the_claim_both_ends_counting(self, claim, day, words):
        claim.claimed_on = day

        role = role_then(claim, None)

        assert (role_in_words(role) if role else None) == words

    def test_without_a_day_of_its_own_that_of_the_places_counts(self, claim):
        claim.claimed_on = None

        assert role_then(claim, None) is None
        assert role_then(claim, date(2022, 1, 1)).title == "Mayor"

    def test_a_claim_of_the_article_itself_has_no_role(self):
        assert role_then(factories.make_claim(claimant=None), date(2022, 1, 1)) is None
