"""Compound claims: parts are made, linked and unlinked; the whole goes out after them."""

import pytest
from django.db import DatabaseError, transaction

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Claim
from claims.services.parts import link_part, make_parts, state_parts_rule, unlink_part
from claims.services.publication import publish_claim, unmet_rules
from claims.services.verdicts import send_for_review
from people.models import RecordEntry
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
Status = Claim.Status
WORDINGS = ["The bridge opened in March.", "The bridge cost 84 million euros."]


@pytest.fixture
def whole(db) -> Claim:
    return factories.make_claim_with_verdict(text="The bridge opened in March and cost 84 million euros.")


def rules(claim: Claim) -> set[str]:
    return {rule.rule for rule in unmet_rules(claim)}


def test_parts_are_claims_said_where_and_by_whom_the_whole_was(whole, reporter):
    parts = make_parts(whole, WORDINGS, by=reporter)

    assert [part.text for part in whole.parts.order_by("pk")] == WORDINGS
    assert {(part.status, part.claimant, part.origin) for part in whole.parts.all()} == {
        (Status.SHORTLISTED, whole.claimant, Claim.Origin.BY_HAND)
    }
    (place,), (there,) = parts[0].appearances.all(), whole.appearances.all()
    assert (place.revision, place.start, place.quote) == (there.revision, there.start, there.quote)
    assert RecordEntry.objects.about(parts[0]).first().actor_id == reporter.pk


def test_a_form_sent_twice_makes_nothing_twice(whole, reporter):
    make_parts(whole, WORDINGS, by=reporter)

    assert make_parts(whole, [" the bridge opened  in march. ", *WORDINGS], by=reporter) == []
    assert whole.parts.count() == 2


@pytest.mark.parametrize("wordings", [[], ["  "], ["x" * 1001], ["x" * 100_000], [f"Part {n}." for n in range(21)]])
def test_what_makes_no_parts_is_refused(whole, reporter, wordings):
    with pytest.raises(NotReady, match="at most"):
        make_parts(whole, wordings, by=reporter)

    assert not whole.parts.exists()


def test_parts_take_the_permission_to_check_and_an_open_file(whole, administrator, reporter):
    published = factories.make_published_claim()

    with pytest.raises(NotAllowed):
        make_parts(whole, WORDINGS, by=administrator)
    for refused in (
        lambda: make_parts(published, WORDINGS, by=reporter),
        lambda: link_part(factories.make_claim(), whole=published, by=reporter),
        lambda: state_parts_rule(published, "Each.", by=reporter),
    ):
        with pytest.raises(StaleClaim):
            refused()


def test_a_published_claim_is_linked_and_unlinked_as_a_part(whole, reporter):
    part = factories.make_published_claim()

    link_part(part, whole=whole, by=reporter)
    link_part(part, whole=whole, by=reporter)
    linked = list(whole.parts.all())
    unlink_part(part, whole=whole, by=reporter)
    unlink_part(part, whole=whole, by=reporter)

    assert linked == [part]
    assert not whole.parts.exists()


def test_there_is_one_level_and_one_whole(whole, reporter):
    part, other, alone = (factories.make_claim() for _ in range(3))
    link_part(part, whole=whole, by=reporter)

    for refused, why in (
        (lambda: link_part(whole, whole=whole, by=reporter), "part of itself"),
        (lambda: link_part(part, whole=other, by=reporter), "part of another claim already"),
        (lambda: link_part(whole, whole=other, by=reporter), "has parts of its own"),
        (lambda: link_part(alone, whole=Claim.objects.get(pk=part.pk), by=reporter), "itself a part"),
        (lambda: make_parts(Claim.objects.get(pk=part.pk), WORDINGS, by=reporter), "itself a part"),
        (lambda: link_part(factories.make_claim(status=Status.DECLINED), whole=other, by=reporter), "cannot be a part"),
    ):
        with pytest.raises(NotReady, match=why):
            refused()
    with pytest.raises(DatabaseError, match="no parts of its own"), transaction.atomic():
        Claim.objects.filter(pk=alone.pk).update(part_of=part)


def test_the_rule_is_one_line_of_at_most_300_characters(whole, reporter):
    state_parts_rule(whole, " The lowest \n counts. ", by=reporter)
    with pytest.raises(NotReady, match="at most 300"):
        state_parts_rule(whole, "x" * 301, by=reporter)

    whole.refresh_from_db()
    assert whole.parts_rule == "The lowest counts."


def test_a_whole_goes_out_after_its_parts_and_states_its_rule(whole, reporter, reviewer, editor):
    part = factories.make_claim_with_verdict(status=Status.APPROVED, text="A part.")
    link_part(part, whole=whole, by=reporter)

    assert {"parts", "parts-rule"} <= rules(whole)
    with pytest.raises(NotReady, match="how the verdict follows"):
        send_for_review(whole, by=reporter)
    state_parts_rule(whole, "The lowest counts.", by=reporter)
    send_for_review(Claim.objects.get(pk=whole.pk), by=reporter)
    Claim.objects.filter(pk=whole.pk).update(status=Status.APPROVED)
    factories.approve(whole.verdicts.get())
    whole.refresh_from_db()
    with pytest.raises(NotReady, match=f"Publish its parts first: claim {part.pk}"):
        publish_claim(whole, by=editor)
    publish_claim(part, by=editor)
    publish_claim(whole, by=editor)

    assert whole.status == Status.PUBLISHED


def test_a_merged_part_is_published_when_what_it_counts_with_is(whole, reporter):
    published = factories.make_published_claim()
    part = factories.make_claim()
    link_part(part, whole=whole, by=reporter)
    Claim.objects.filter(pk=part.pk).update(status=Status.MERGED, merged_into=published)

    assert "parts" not in rules(whole)


def test_a_claim_without_parts_needs_no_rule(whole):
    assert not {"parts", "parts-rule"} & rules(whole)


def test_an_approval_before_the_parts_does_not_hold(whole, reporter):
    factories.approve(whole.verdicts.get())

    link_part(factories.make_claim(), whole=whole, by=reporter)

    assert not whole.verdicts.get().reviews.approvals().exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_link_in_a_circle_make_no_chain(reporter, editor):
    one, other = factories.make_claim(), factories.make_claim()

    errors = at_once(
        lambda: link_part(one, whole=other, by=reporter),
        lambda: link_part(other, whole=one, by=editor),
    )

    assert sorted(str(type(error).__name__) for error in errors) == ["NoneType", "NotReady"]
    assert Claim.objects.exclude(part_of=None).count() == 1
