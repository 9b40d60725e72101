"""What readers and others ask of the desk: two looks, an outcome, and nothing kept longer than needed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims.exceptions import IllegalMove, NotAllowed, NotReady, StaleClaim
from claims.models import Claim, Correction, CorrectionRequest, LegalRequest, Submission
from claims.services import legal, requests, submissions
from claims.services.codes import code_for, hash_of
from people.models import RecordEntry
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
LETTER = "The final account says 94 million, not 84: page 3."


def received(claim=None, **fields):
    fields = {"text": LETTER, "email": "reader@example.org", "code": code_for("form", LETTER), **fields}
    return requests.receive_correction_request(claim or factories.make_published_claim(), **fields)


def proposed(by, **fields):
    request = received()
    requests.propose_outcome(request, **{"outcome": "no_change", "note": "We looked again.", "by": by, **fields})
    request.refresh_from_db()
    return request


class TestCodes:
    def test_a_code_is_the_same_however_it_is_typed_and_is_not_stored(self):
        code = code_for("form", "words")

        assert len(code) == 19
        assert hash_of(code) == hash_of(code.lower().replace("-", " "))
        assert code.replace("-", "") not in hash_of(code)

    def test_another_form_or_other_words_have_another_code(self):
        codes = {code_for("form", "words"), code_for("form", "other"), code_for("other", "words")}

        assert len(codes) == 3


class TestCorrectionRequests:
    def test_the_same_letter_twice_is_one(self):
        claim = factories.make_published_claim()

        assert received(claim) == received(claim)
        assert CorrectionRequest.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "x" * 19, "x" * 5001])
    def test_a_letter_too_short_or_too_long_is_refused(self, text):
        with pytest.raises(NotReady, match="between 20 and 5000"):
            received(text=text)

    def test_the_record_keeps_neither_words_nor_address_nor_code(self):
        request = received()

        entry = RecordEntry.objects.about(request).get()
        assert not {"text", "email", "code_hash"} & set(entry.after)

    def test_two_people_close_it(self, reporter, reviewer):
        request = proposed(reporter)

        requests.close_request(request, by=reviewer)

        request.refresh_from_db()
        assert (request.first_by, request.second_by, request.outcome) == (reporter, reviewer, "no_change")
        assert request.closed_at is not None

    def test_one_person_does_not(self, reviewer):
        request = proposed(reviewer)

        with pytest.raises(NotAllowed):
            requests.close_request(request, by=reviewer)

    def test_it_is_not_closed_without_a_first_look(self, reviewer):
        with pytest.raises(StaleClaim):
            requests.close_request(received(), by=reviewer)

    def test_a_reporter_gives_no_second_look(self, reporter):
        request = proposed(factories.make_user("otto"))

        with pytest.raises(NotAllowed):
            requests.close_request(request, by=reporter)

    @pytest.mark.parametrize("fields", [{"outcome": ""}, {"outcome": "burned"}, {"note": " "}, {"note": "x" * 2001}])
    def test_a_first_look_has_an_outcome_and_an_answer(self, reporter, fields):
        with pytest.raises(NotReady):
            proposed(reporter, **fields)

    def test_a_second_person_who_does_not_agree_puts_it_back_with_a_reason(self, reporter, reviewer):
        request = proposed(reporter)

        with pytest.raises(NotReady):
            requests.reopen_request(request, why=" ", by=reviewer)
        requests.reopen_request(request, why="Page 3 does say so.", by=reviewer)

        request.refresh_from_db()
        assert (request.first_by, request.outcome, request.closed_at) == (None, "", None)
        assert RecordEntry.objects.about(request).last().reason == "Page 3 does say so."

    def test_the_first_look_is_given_once(self, reporter, reviewer):
        request = proposed(reporter)

        with pytest.raises(StaleClaim):
            requests.propose_outcome(request, outcome="corrected", note="Yes.", by=reviewer)

    @pytest.mark.parametrize("missing", [{"second_by": None}, {"outcome": ""}, {"note": ""}])
    def test_the_database_refuses_to_close_it_without_outcome_and_two_people(self, reporter, reviewer, missing):
        request = proposed(reporter)
        fields = {"second_by": reviewer, "closed_at": timezone.now(), **missing}

        with pytest.raises(DatabaseError, match="request_closed"), transaction.atomic():
            CorrectionRequest.objects.filter(pk=request.pk).update(**fields)

    def test_the_database_refuses_one_person_twice(self, reviewer):
        request = proposed(reviewer)

        with pytest.raises(DatabaseError, match="two_people"), transaction.atomic():
            CorrectionRequest.objects.filter(pk=request.pk).update(second_by=reviewer, closed_at=timezone.now())

    def test_the_database_refuses_to_change_a_closed_one(self, reporter, reviewer):
        request = proposed(reporter)
        requests.close_request(request, by=reviewer)

        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            CorrectionRequest.objects.filter(pk=request.pk).update(note="Another answer.")

    def test_addresses_are_forgotten_90_days_after_the_end_and_not_before(self, reporter, reviewer):
        request = proposed(reporter)
        requests.close_request(request, by=reviewer)
        received(code=code_for("another form"))
        now = timezone.now()

        assert requests.forget_emails(now + timedelta(days=89)) == 0
        assert requests.forget_emails(now + timedelta(days=91)) == 1
        request.refresh_from_db()
        assert (request.email, request.text) == ("", LETTER)

    @pytest.mark.django_db(transaction=True)
    def test_the_same_letter_sent_twice_at_once_is_one(self):
        claim = factories.make_published_claim()

        results = at_once(lambda: received(claim), lambda: received(claim))

        assert results[0] == results[1]
        assert CorrectionRequest.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_of_two_first_looks_at_once_one_counts(self):
        request = received()
        people = [factories.make_user("rosa"), factories.make_user("otto")]

        results = at_once(
            *(
                lambda who=who: requests.propose_outcome(request, outcome="no_change", note="n", by=who)
                for who in people
            )
        )

        assert {type(result) for result in results} == {type(None), StaleClaim}


def submitted(**fields):
    fields = {"text": "The new bridge cost 84 million euros.", "code": code_for("form"), **fields}
    return submissions.receive_submission(**fields)


class TestSubmissions:
    def test_words_become_an_article(self, reporter):
        submission = submitted(text="The new bridge over the Aller cost 84 million euros, the mayor said on Monday.")

        article = submissions.make_article(submission, by=reporter)

        submission.refresh_from_db()
        assert (submission.article, submission.status) == (article, "looking")
        assert article.revisions.get().text.startswith("The new bridge")

    def test_an_address_becomes_an_article_to_be_fetched(self, reporter):
        article = submissions.make_article(submitted(url="https://verdener-bote.example/9"), by=reporter)

        assert article.url == "https://verdener-bote.example/9"
        assert article.status == "pending"

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1/admin/", "javascript:alert(1)", "file:///etc/passwd", "nonsense"]
    )
    def test_an_address_that_is_not_public_is_refused_with_a_sentence(self, reporter, url):
        with pytest.raises(NotReady):
            submissions.make_article(submitted(url=url), by=reporter)

    def test_it_becomes_a_claim_and_is_closed(self, reporter):
        submission, claim = submitted(), factories.make_claim()

        submissions.link_claim(submission, claim, by=reporter)

        submission.refresh_from_db()
        assert (submission.claim, submission.status) == (claim, "claim")
        with pytest.raises(StaleClaim):
            submissions.decline_submission(submission, reason="opinion", by=reporter)

    def test_declining_takes_a_reason(self, reporter):
        submission = submitted()

        with pytest.raises(NotReady):
            submissions.decline_submission(submission, reason="boring", by=reporter)
        submissions.decline_submission(submission, reason="opinion", note="A matter of taste.", by=reporter)

        submission.refresh_from_db()
        assert (submission.status, submission.reason, submission.decided_by) == ("declined", "opinion", reporter)

    def test_an_empty_one_is_refused(self):
        with pytest.raises(NotReady):
            submitted(text="")
        with pytest.raises(DatabaseError), transaction.atomic():
            Submission.objects.create(code_hash="x")

    def test_who_does_not_triage_decides_on_none(self, administrator):
        with pytest.raises(NotAllowed):
            submissions.take_up(submitted(), by=administrator)


def filed(by, claim=None, **fields):
    fields = {"sender": "Firm & Co", "received_on": date(2026, 3, 9), "asked": "Delete the page.", **fields}
    return legal.file_legal_request(claim=claim, by=by, **fields)


def decided(request, by, decision="taken_down", **fields):
    fields = {"outcome": "A court ordered it.", "notice": "Taken down by order of a court.", **fields}
    legal.decide_legal_request(request, decision=decision, by=by, **fields)


class TestLegalRequests:
    def test_two_people_take_a_page_down(self, editor):
        other = factories.make_user("emil", role="editor")
        claim = factories.make_published_claim()
        request = filed(editor, claim)

        decided(request, editor)
        meanwhile = Claim.objects.get(pk=claim.pk).status
        legal.confirm_takedown(request, by=other)

        request.refresh_from_db()
        assert (meanwhile, Claim.objects.get(pk=claim.pk).status) == ("published", "retracted")
        assert (request.decided_by, request.second_by, request.correction.note) == (editor, other, request.notice)
        assert Correction.objects.for_readers().get().taken_down

    def test_one_person_does_not(self, editor):
        request = filed(editor, factories.make_published_claim())
        decided(request, editor)

        with pytest.raises(NotAllowed):
            legal.confirm_takedown(request, by=editor)

    @pytest.mark.parametrize("decision", ["changed", "refused", "withdrawn"])
    def test_any_other_decision_closes_it(self, editor, decision):
        request = filed(editor)

        decided(request, editor, decision)

        request.refresh_from_db()
        assert request.closed_at is not None
        with pytest.raises(StaleClaim):
            decided(request, editor, "refused")

    @pytest.mark.parametrize("fields", [{"decision": "burn"}, {"outcome": " "}, {"notice": ""}, {"notice": "x" * 2001}])
    def test_a_decision_has_reasons_and_a_takedown_its_notice(self, editor, fields):
        with pytest.raises(NotReady):
            decided(filed(editor, factories.make_published_claim()), editor, **fields)

    def test_only_what_readers_see_is_taken_down(self, editor):
        with pytest.raises(NotReady):
            decided(filed(editor), editor)
        with pytest.raises(IllegalMove):
            decided(filed(editor, factories.make_claim()), editor)

    def test_a_second_person_may_have_it_decided_again(self, editor):
        request = filed(editor, factories.make_published_claim())
        decided(request, editor)

        legal.reopen_legal_request(
            request, why="The order is not final.", by=factories.make_user("emil", role="editor")
        )

        request.refresh_from_db()
        assert (request.decision, request.decided_by, request.closed_at) == ("", None, None)

    def test_a_reviewer_files_none(self, reviewer):
        with pytest.raises(NotAllowed):
            filed(reviewer)

    @pytest.mark.parametrize("fields", [{"sender": ""}, {"sender": "x" * 301}, {"asked": " "}, {"asked": "x" * 20_001}])
    def test_a_letter_that_cannot_be_stored_is_refused_with_a_sentence(self, editor, fields):
        with pytest.raises(NotReady):
            filed(editor, **fields)

    def test_the_database_refuses_a_takedown_by_one(self, editor):
        request = filed(editor, factories.make_published_claim())
        decided(request, editor)

        with pytest.raises(DatabaseError, match="legal_takedown_takes_two"), transaction.atomic():
            LegalRequest.objects.filter(pk=request.pk).update(closed_at=timezone.now())
