"""Each thing that can happen to a claim's file is told in a sentence of its own, and not by the names of columns."""

from datetime import date

import pytest
from django.utils import timezone

from claims.desk.history import told
from claims.desk.tellers import TELLERS
from claims.models import Claim, Correction, Source, SourceCopy
from claims.services import legal, requests, retraction, submissions
from claims.services.assignment import assign_claim, unassign_claim
from claims.services.attachments import attach_file, withdraw_attachment
from claims.services.codes import code_for
from claims.services.conflicts import recuse
from claims.services.copies import ask_for_copy
from claims.services.corrections import abandon_correction, change_correction, open_correction
from claims.services.discussion import edit_comment, post_comment, withdraw_comment
from claims.services.facts import Facts, describe_claim
from claims.services.outreach import ask_claimant, record_answer, remove_outreach
from claims.services.parts import link_part, unlink_part
from claims.services.splitting import Part, split_claim, undo_split
from claims.services.trail import entries_about, hanging
from claims.services.verdicts import except_from_rule, take_back_exception
from people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
NOTE = "The account was not final."


def lines(claim: Claim, to) -> list[str]:
    return [line.what for moment in told(entries_about(claim), claim, to=to) for line in moment.lines]


def begun(**fields) -> Claim:
    return factories.make_claim_with_verdict(status=Claim.Status.IN_PROGRESS, **fields)


def test_comments_are_told_with_who_was_mentioned(reporter, reviewer):
    claim = factories.make_claim()
    comment = post_comment(claim, text="Look at this, @ravi.", by=reporter).comment
    edit_comment(comment, text="Look at this.", by=reporter)
    withdraw_comment(comment, by=reporter)

    said = lines(claim, reporter)

    for sentence in (
        "Commented: “Look at this, @ravi.”",
        "Ravi Example was mentioned.",
        "A comment was changed.",
        "Ravi Example is not mentioned any more.",
        "A comment was withdrawn.",
    ):
        assert sentence in said


def test_files_are_told_by_their_names(reporter):
    claim = factories.make_claim()
    attached = attach_file(claim, name="minutes.txt", body=b"Minutes", by=reporter).attachment
    withdraw_attachment(attached, by=reporter)

    assert {"File attached: minutes.txt.", "File withdrawn: minutes.txt."} <= set(lines(claim, reporter))


def test_questions_to_the_claimant_are_told_with_what_was_mended(reporter):
    claim = begun()
    asked = ask_claimant(claim, whom="Her office", channel="email", asked_on=TODAY(), by=reporter)
    record_answer(asked, answer="No.", answered_on=TODAY(), by=reporter)
    record_answer(asked, answer="Yes.", answered_on=TODAY(), by=reporter)
    remove_outreach(asked, by=reporter)

    said = lines(claim, reporter)

    for sentence in (
        "Her office was asked (E-mail).",
        "An answer came: “No.”",
        "The answer is now: “Yes.”",
        "Not asked after all: Her office.",
    ):
        assert sentence in said


def test_whose_a_claim_is_and_by_when_is_told(reporter, editor):
    claim = factories.make_claim(status=Claim.Status.SHORTLISTED)
    for person, day in ((reporter, date(2026, 4, 1)), (editor, date(2026, 4, 2))):
        assign_claim(claim, to=person, due_on=day, by=editor)
    unassign_claim(claim, by=editor)
    describe_claim(claim, Facts(topics=("Bridges",)), by=editor)
    describe_claim(claim, Facts(), by=editor)

    said = lines(claim, editor)

    for sentence in (
        "Assigned to Rosa Example. Due on 2026-04-01.",
        "Assigned to Edith Example instead of Rosa Example. Due on 2026-04-02 instead of 2026-04-01.",
        "Not assigned to Edith Example any more.",
        "Not due on 2026-04-02 any more.",
        "Topic added: Bridges.",
        "Topic removed: Bridges.",
    ):
        assert sentence in said


def test_an_exception_from_a_rule_is_told_as_readers_read_it(reporter):
    claim = begun(verdict={"excepted": False})
    for reason in ("She has left office.", "She is ill."):
        except_from_rule(claim, rule="claimant-asked", reason=reason, by=reporter)
    take_back_exception(claim, rule="claimant-asked", by=reporter)

    said = lines(claim, reporter)

    for sentence in (
        "Exception made, “The claimant was not asked”: She has left office.",
        "Another reason for an exception: She is ill.",
        "Exception taken back: “The claimant was not asked”.",
        "Rosa Example takes part in writing the verdict.",
    ):
        assert sentence in said


def test_leaving_a_claim_to_others_is_told(reporter):
    claim = factories.make_claim()
    recuse(claim, reason="She is my sister.", by=reporter)

    assert "Rosa Example leaves this claim to others." in lines(claim, reporter)


def test_parts_are_told_in_the_whole_and_in_the_part(reporter):
    whole, part = begun(), factories.make_claim(text="The bridge has four lanes.")
    for step in (link_part, unlink_part, link_part):
        step(part, whole=whole, by=reporter)

    for sentence in (f"Claim {part.pk} became a part of this one.", f"Claim {part.pk} is no part of this one."):
        assert sentence in lines(whole, reporter)
    for sentence in (f"Made a part of claim {whole.pk}.", f"No part of claim {whole.pk} any more."):
        assert sentence in lines(part, reporter)


def test_a_split_is_told_on_both_sides_and_so_is_taking_it_back(reporter):
    claim = factories.make_claim()
    parts = [Part("The bridge cost 84 million."), Part("The bridge is new.")]
    (made,) = split_claim(claim, parts, place=claim.appearances.get(), by=reporter)

    assert f"Claim {made.pk} was taken out of this one." in lines(claim, reporter)
    assert f"Taken out of claim {claim.pk}." in lines(made, reporter)

    number = made.pk
    undo_split(Claim.objects.get(pk=claim.pk), by=reporter)
    assert f"Put together with claim {number} again." in lines(claim, reporter)


def test_archived_copies_are_told_by_their_source_and_why_they_failed(reporter):
    claim = factories.make_claim()
    source = factories.make_source(claim, title="Budget")
    ask_for_copy(source)
    copies = SourceCopy.objects.filter(source=source)
    copies.update(state=SourceCopy.State.FAILED, failure="The page answered 404.", next_try_at=None)
    copies.update(state=SourceCopy.State.WAITING, failure="", next_try_at=timezone.now())
    said = lines(claim, reporter)
    assert "“Budget” could not be kept: The page answered 404." in said
    assert "A copy of “Budget” is tried again." in said

    Source.objects.filter(pk=source.pk).update(url="https://verden.example/else")
    source.refresh_from_db()
    ask_for_copy(source)

    said = lines(claim, reporter)

    assert said.count("A copy of “Budget” was asked for.") == 2
    assert any(sentence.startswith("The copy of an earlier address was given up: https://") for sentence in said)


def test_corrections_are_told_by_their_class_and_what_became_of_them(reporter):
    claim = factories.make_published_claim()
    correction = open_correction(claim, kind=Correction.Kind.FACTUAL, note=NOTE, by=reporter)
    change_correction(correction, kind=Correction.Kind.CLARIFICATION, note=NOTE, by=reporter)
    for state in (Correction.State.IN_REVIEW, Correction.State.APPROVED, Correction.State.IN_PROGRESS):
        Correction.objects.filter(pk=correction.pk).update(state=state)
    abandon_correction(correction, why="It was right.", by=reporter)

    said = lines(claim, reporter)

    for sentence in (
        "Correction begun: Factual error.",
        "Class of the correction changed from “Factual error” to “Clarification”.",
        "The correction waits for review.",
        "The correction was approved.",
        "The correction went back to be worked on.",
        "The correction was given up.",
    ):
        assert sentence in said


def test_retractions_are_told_with_the_second_look(reporter, reviewer, editor):
    asked, at_once = factories.make_published_claim(), factories.make_published_claim(text="Another.")
    retraction.approve_retraction(retraction.request_retraction(asked, why=NOTE, by=reporter), by=editor)
    correction = retraction.retract_at_once(at_once, why=NOTE, by=editor)
    retraction.give_second_look(correction, agrees=False, note="It was right.", by=reviewer)

    assert {"Retraction asked for.", "The retraction was approved by a second person."} <= set(lines(asked, editor))
    assert {
        "Retracted by one person at once.",
        "A second look does not agree with the retraction.",
    } <= set(lines(at_once, editor))


def test_what_readers_ask_is_told_without_their_words(reporter, reviewer):
    claim = factories.make_published_claim()
    letter = requests.receive_correction_request(
        claim, text="The bridge cost less than you say.", code=code_for("a", "b")
    )
    requests.propose_outcome(letter, outcome="no_change", note="It did not.", by=reporter)
    requests.reopen_request(letter, why="Look again.", by=reviewer)
    requests.propose_outcome(letter, outcome="no_change", note="It did not.", by=reporter)
    requests.close_request(letter, by=reviewer)
    wish = submissions.receive_submission(text="The bridge is made of gold.", code=code_for("c", "d"))
    submissions.link_claim(wish, claim, by=reviewer)

    said = lines(claim, reporter)

    for sentence in (
        f"A reader asked for a correction (request {letter.pk}).",
        f"First look at request {letter.pk} of a reader: We looked again and stand by the fact-check.",
        f"Request {letter.pk} of a reader is to be looked at again.",
        f"Request {letter.pk} of a reader was closed after a second look.",
        f"A reader asked for a check (submission {wish.pk}).",
        f"Submission {wish.pk} of a reader became this claim.",
    ):
        assert sentence in said
    assert not any("less than you say" in sentence for sentence in said)


def test_legal_requests_are_told_with_who_asked_and_what_was_decided(editor):
    claim, second = factories.make_published_claim(), factories.make_user("second", role=Role.EDITOR)
    letter = legal.file_legal_request(
        sender="Brandt & Co", received_on=TODAY(), asked="Take it down.", claim=claim, by=editor
    )
    for _attempt in range(2):
        legal.decide_legal_request(letter, decision="taken_down", outcome="A court.", notice="Gone.", by=editor)
        if _attempt == 0:
            legal.reopen_legal_request(letter, why="Think again.", by=second)
    legal.confirm_takedown(letter, by=second)

    said = lines(claim, editor)

    for sentence in (
        "Legal request of Brandt & Co filed.",
        "Legal request of Brandt & Co: Take the page down.",
        "Legal request of Brandt & Co is to be decided again.",
        "Legal request of Brandt & Co: a second person agreed, and the page was taken down.",
    ):
        assert sentence in said


def test_every_table_that_people_change_by_hand_has_a_teller():
    told_by_names = {model._meta.db_table for model in hanging()} - set(TELLERS)
    machine = {"claims_claimentry", "claims_searchentry", "claims_presence", "claims_triagehold"}

    assert not told_by_names - machine
