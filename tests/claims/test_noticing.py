"""Who is told of what happens to claims."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.exceptions import NotReady
from claims.models import Claim
from claims.services import legal, noticing, requests, retraction
from claims.services.assignment import assign_claim
from claims.services.codes import code_for
from claims.services.conflicts import declare_interest, recuse
from claims.services.corrections import abandon_correction
from claims.services.discussion import edit_comment, post_comment
from claims.services.lifecycle import shortlist_claim, start_claim, step_back
from claims.services.publication import publish_claim
from claims.services.review import approve_verdict, ask_third_person, rate_verdict, return_verdict
from claims.services.verdicts import send_for_review
from people.models import Notice, Role
from people.models.notices import Kind
from tests import factories

TODAY = timezone.localdate


def told(kind: Kind) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))


def unread(kind: Kind) -> list[str]:
    found = Notice.objects.unread().filter(kind=kind)
    return list(found.order_by("user__username").values_list("user__username", flat=True))


def asked() -> list[str]:
    return unread(Kind.REVIEW_ASKED)


def in_review(**fields) -> Claim:
    return factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW, **fields)


def test_everyone_who_may_review_is_asked_but_not_who_wrote_it(reporter, reviewer, editor):
    claim = factories.make_claim_with_verdict(verdict={"by": editor})
    claim.verdicts.get().writers.add(editor, reporter)

    send_for_review(claim, by=reporter)

    assert told(Kind.REVIEW_ASKED) == {"ravi"}
    notice = Notice.objects.get()
    assert (notice.about, notice.by_name) == (claim.text, "Rosa Example")
    assert notice.address == f"/admin/claims/claim/{claim.pk}/change/"


def test_who_has_an_interest_is_not_asked_for_a_review_nor_told_of_the_approval(reporter, reviewer, editor):
    claim, rita = factories.make_claim_with_verdict(), factories.make_user("rita", role=Role.REVIEWER)
    declare_interest(claim.claimant, reason="My sister.", by=rita)
    recuse(claim, reason="My sister.", by=editor)

    send_for_review(claim, by=reporter)
    factories.approve_as(reviewer, claim)

    assert told(Kind.REVIEW_ASKED) == {"ravi"}
    assert told(Kind.APPROVED) == set()


def test_a_third_person_is_asked_anew_and_who_rated_or_has_an_interest_is_not(reporter, reviewer, editor):
    claim, rita = factories.make_claim_with_verdict(), factories.make_user("rita", role=Role.REVIEWER)
    kin = factories.make_user("kim", role=Role.REVIEWER)
    recuse(claim, reason="My sister.", by=kin)
    send_for_review(claim, by=reporter)
    rate_verdict(claim, by=reviewer, rating=factories.rating())

    ask_third_person(claim, by=reviewer, note="Walrus-note")

    assert asked() == ["edith", "rita"]
    assert not Notice.objects.filter(note="Walrus-note").exists()
    rate_verdict(claim, by=rita, rating=factories.rating())
    assert asked() == []


@pytest.mark.parametrize("decide", ["approve", "return", "take back"])
def test_once_it_is_decided_or_taken_back_nobody_is_asked_any_more(decide, reporter, reviewer, editor):
    claim = factories.make_claim_with_verdict()
    send_for_review(claim, by=reporter)
    assert asked() == ["edith", "ravi"]

    if decide == "take back":
        step_back(claim, why="One more source.", by=reporter)
    else:
        rate_verdict(claim, by=reviewer, rating=factories.rating())
        approve_verdict(claim, by=reviewer) if decide == "approve" else return_verdict(claim, by=reviewer, note="N.")

    assert asked() == []


def test_what_waits_again_as_it_was_is_asked_again(reporter, reviewer, editor):
    claim = factories.make_claim_with_verdict()
    send_for_review(claim, by=reporter)
    factories.approve_as(reviewer, claim)
    assert unread(Kind.APPROVED) == ["edith"]

    step_back(claim, why="Look again.", by=editor)
    assert (unread(Kind.APPROVED), asked()) == ([], ["ravi"])
    approve_verdict(claim, by=reviewer)

    assert (unread(Kind.APPROVED), asked()) == (["edith"], [])


def test_a_claim_that_is_not_ready_asks_nobody(reporter, reviewer):
    claim = factories.make_claim_with_verdict(verdict={"cites": False})

    with pytest.raises(NotReady):
        send_for_review(claim, by=reporter)

    assert not Notice.objects.exists()


def test_who_wrote_it_is_told_when_it_is_sent_back_and_why(reporter, reviewer, editor):
    claim = factories.make_claim_with_verdict()
    send_for_review(claim, by=reporter)

    rate_verdict(claim, by=reviewer, rating=factories.rating())
    return_verdict(claim, by=reviewer, note="Cite the budget.")

    assert told(Kind.RETURNED) == {"rosa"}
    assert Notice.objects.get(kind=Kind.RETURNED).note == "Cite the budget."
    assert not Notice.objects.unread().filter(kind=Kind.REVIEW_ASKED).exists()


def test_sent_back_twice_is_told_twice(reporter, reviewer):
    claim = factories.make_claim_with_verdict()
    for n in range(2):
        send_for_review(claim, by=reporter)
        if n == 0:
            rate_verdict(claim, by=reviewer, rating=factories.rating())
        return_verdict(claim, by=reviewer, note="Cite the budget.")
        draft = claim.verdicts.get()
        draft.saves += 1
        draft.save()

    assert Notice.objects.filter(kind=Kind.RETURNED).count() == 2


def test_editors_are_told_of_an_approval_and_it_is_settled_once_published(reviewer, editor):
    claim = in_review()

    factories.approve_as(reviewer, claim)
    assert told(Kind.APPROVED) == {"edith"}
    publish_claim(claim, by=editor)

    assert not Notice.objects.unread().filter(kind=Kind.APPROVED).exists()


def test_author_and_reviewer_are_told_of_the_publication_and_who_published_is_not(reporter, reviewer, editor):
    claim = in_review()
    factories.approve_as(reviewer, claim)

    publish_claim(claim, by=editor)

    assert told(Kind.PUBLISHED) == {"rosa", "ravi"}


def test_taking_a_claim_oneself_is_no_news(reporter):
    start_claim(factories.make_claim(status=Claim.Status.SHORTLISTED), by=reporter)

    assert not Notice.objects.exists()


def test_each_assignment_is_told(reporter, editor):
    claim = factories.make_claim(status=Claim.Status.SHORTLISTED)

    assign_claim(claim, to=reporter, by=editor)
    assign_claim(claim, to=editor, by=editor)
    assign_claim(claim, to=reporter, by=editor)

    assert list(Notice.objects.values_list("user__username", "kind")) == [("rosa", Kind.ASSIGNED)] * 2


def test_an_assignment_on_the_way_through_triage_is_told(reporter, editor):
    shortlist_claim(factories.make_claim(), to=reporter, by=editor)

    assert told(Kind.ASSIGNED) == {"rosa"}


def test_who_is_named_in_a_comment_is_told_once_and_led_to_it(reporter, reviewer, editor):
    claim = factories.make_claim(status=Claim.Status.IN_PROGRESS)

    comment = post_comment(claim, text="@rosa, look at this. I, @edith, have.", by=editor).comment
    edit_comment(comment, text="@rosa and @ravi, look at this.", by=editor)

    assert told(Kind.MENTIONED) == {"rosa", "ravi"}
    notice = Notice.objects.get(user=reporter)
    assert notice.note == "@rosa, look at this. I, @edith, have."
    assert notice.address == f"/admin/claims/claim/{claim.pk}/discussion/#comment-{comment.pk}"


def test_a_publication_that_failed_is_told_to_editors_and_whose_claim_it_is(reporter, editor):
    claim = factories.make_claim(status=Claim.Status.APPROVED, assigned_to=reporter, publish_at=timezone.now())

    noticing.not_published(claim, why="Cite at least one source.")
    noticing.not_published(claim, why="Cite at least one source.")

    assert sorted(Notice.objects.values_list("user__username", "note")) == [
        ("edith", "Cite at least one source."),
        ("rosa", "Cite at least one source."),
    ]


def test_a_correction_and_a_retraction_are_told_to_who_wrote_and_reviewed(reporter, reviewer, editor):
    claim = factories.make_published_claim()
    factories.make_verdict(claim, by=reporter, published_at=timezone.now())

    noticing.published(claim, by=editor)
    assert told(Kind.CORRECTED) == {"rosa", "ravi"}
    assert not told(Kind.PUBLISHED)

    retraction.retract_at_once(claim, why="Another bridge.", by=editor)
    assert told(Kind.RETRACTED) == {"rosa", "ravi"}
    assert set(Notice.objects.filter(kind=Kind.RETRACTED).values_list("note", flat=True)) == {"Another bridge."}


def test_what_a_reader_finds_wrong_is_told_without_their_words_until_somebody_looks(reporter, reviewer, editor):
    claim = factories.make_published_claim()
    letter = requests.receive_correction_request(claim, text="It cost a good deal less.", code=code_for("a", "b"))
    requests.receive_correction_request(claim, text="It cost a good deal less.", code=code_for("a", "b"))

    assert told(Kind.ERROR_TOLD) == {"rosa", "ravi", "edith"}
    notice = Notice.objects.get(user=editor)
    assert (notice.address, notice.note) == (f"/admin/requests/{letter.pk}/", "")

    requests.propose_outcome(letter, outcome="no_change", note="It did not.", by=reporter)
    assert not Notice.objects.unread().filter(kind=Kind.ERROR_TOLD).exists()


def test_the_second_look_at_a_reader_s_request_is_asked_for_each_time_anew(reporter, reviewer, editor):
    claim = factories.make_published_claim()
    letter = requests.receive_correction_request(claim, text="It cost a good deal less.", code=code_for("a", "b"))
    asked = Notice.objects.filter(kind=Kind.LOOK_ASKED)

    requests.propose_outcome(letter, outcome="no_change", note="It did not.", by=editor)
    assert told(Kind.LOOK_ASKED) == {"ravi"}
    requests.reopen_request(letter, why="Look again.", by=reviewer)
    assert not asked.unread().exists()
    requests.propose_outcome(letter, outcome="no_change", note="It did not.", by=editor)
    assert asked.unread().count() == 1

    requests.close_request(letter, by=reviewer)
    assert not asked.unread().exists()


def test_editors_are_asked_to_approve_a_retraction_until_one_has_or_it_is_given_up(reporter, editor):
    claim = factories.make_published_claim()
    correction = retraction.request_retraction(claim, why="Another bridge.", by=reporter)
    assert told(Kind.LOOK_ASKED) == {"edith"}
    abandon_correction(correction, why="It was this one.", by=reporter)
    assert not Notice.objects.unread().filter(kind=Kind.LOOK_ASKED).exists()

    again = retraction.request_retraction(claim, why="Another bridge.", by=reporter)
    assert Notice.objects.unread().filter(kind=Kind.LOOK_ASKED, user=editor).count() == 1
    retraction.approve_retraction(again, by=editor)
    assert not Notice.objects.unread().filter(kind=Kind.LOOK_ASKED).exists()


def test_reviewers_are_asked_for_the_second_look_at_what_one_person_retracted(reviewer, editor):
    correction = retraction.retract_at_once(factories.make_published_claim(), why="Another bridge.", by=editor)
    assert told(Kind.LOOK_ASKED) == {"ravi"}

    retraction.give_second_look(correction, agrees=True, by=reviewer)

    assert not Notice.objects.unread().filter(kind=Kind.LOOK_ASKED).exists()


def test_another_editor_is_asked_before_a_page_is_taken_down(editor):
    second = factories.make_user("second", role=Role.EDITOR)
    claim = factories.make_published_claim()
    letter = legal.file_legal_request(sender="Brandt & Co", received_on=TODAY(), asked="Down.", claim=claim, by=editor)

    legal.decide_legal_request(letter, decision="taken_down", outcome="A court.", notice="Gone.", by=editor)
    assert told(Kind.LOOK_ASKED) == {"second"}
    assert Notice.objects.get(user=second).address == f"/admin/legal/{letter.pk}/"

    legal.confirm_takedown(letter, by=second)
    assert not Notice.objects.unread().filter(kind=Kind.LOOK_ASKED).exists()


def stale(day: date, **fields) -> Claim:
    return factories.make_published_claim(verdict={"look_again_by": day}, **fields)


def test_who_wrote_it_is_told_two_weeks_before_the_evidence_goes_stale_and_editors_once_it_has(reporter, editor):
    stale(TODAY() + timedelta(days=14))
    stale(TODAY() + timedelta(days=15), text="Later.")
    noticing.notice_days()
    noticing.notice_days()
    assert list(Notice.objects.values_list("user__username", "kind")) == [("rosa", Kind.STALE)]
    Notice.objects.all().delete()

    stale(TODAY() - timedelta(days=1), text="Passed.")
    noticing.notice_days()

    assert set(Notice.objects.filter(about="Passed.").values_list("user__username", flat=True)) == {"rosa", "edith"}


def test_a_person_is_told_again_when_the_day_has_passed(reporter):
    claim = factories.make_claim(
        status=Claim.Status.IN_PROGRESS, assigned_to=reporter, due_on=TODAY() + timedelta(days=1)
    )
    noticing.notice_days()
    Claim.objects.filter(pk=claim.pk).update(due_on=TODAY() - timedelta(days=1))

    noticing.notice_days()

    assert Notice.objects.filter(user=reporter, kind=Kind.DUE).count() == 2


def test_what_is_due_and_nobodys_is_told_to_editors(reporter, editor):
    factories.make_claim(status=Claim.Status.SHORTLISTED, due_on=TODAY())

    noticing.notice_days()

    assert told(Kind.DUE) == {"edith"}


@pytest.mark.parametrize("status", [Claim.Status.DETECTED, Claim.Status.DECLINED])
def test_what_nobody_works_on_is_not_due(editor, status):
    factories.make_claim(status=status, due_on=TODAY())

    noticing.notice_days()

    assert not Notice.objects.exists()


def test_what_passed_long_ago_is_told_to_nobody(reporter, editor):
    stale(TODAY() - timedelta(days=8))
    factories.make_claim(status=Claim.Status.IN_PROGRESS, assigned_to=reporter, due_on=TODAY() - timedelta(days=8))

    noticing.notice_days()

    assert not Notice.objects.exists()


def test_the_sweep_asks_the_same_number_of_queries_when_all_are_told(reporter, django_assert_max_num_queries):
    for _claim in range(5):
        stale(TODAY() + timedelta(days=3))
    noticing.notice_days()

    with django_assert_max_num_queries(5):
        noticing.notice_days()
