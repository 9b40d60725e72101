"""Comments, mentions, files, questions to the claimant and presence: what is refused, and what the database keeps."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from articles.models import Snapshot
from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Attachment, Claim, Comment, Mention, Outreach, Presence
from claims.services import attachments
from claims.services.attachments import attach_file, harmless_name, type_of, withdraw_attachment
from claims.services.discussion import edit_comment, post_comment, withdraw_comment
from claims.services.outreach import ask_claimant, record_answer, remove_outreach
from claims.services.presence import be_present
from people.models import RecordEntry, Role
from tests import factories
from tests.at_once import at_once

HOSTILE = "</script><img src=x onerror=alert(1)>\u202eevil"


def people_called(comment):
    return [mention.person.username for mention in comment.mentions.order_by("person__username")]


def test_a_comment_calls_people_and_says_which_names_nobody_has(reporter, reviewer, editor):
    text = "@ravi, @EDITH and @nobody: see (@ravi). Not mail@ravi.example or @@edith. Really, @ravi."

    said = post_comment(factories.make_claim(), text=text, by=reporter)

    assert people_called(said.comment) == ["edith", "ravi"]
    assert said.unknown == ["nobody"]


def test_nobody_calls_themselves_or_somebody_whose_log_in_is_off(reporter, reviewer):
    reviewer.is_active = False
    reviewer.save()

    said = post_comment(factories.make_claim(), text="@rosa @ravi", by=reporter)

    assert people_called(said.comment) == []
    assert said.unknown == ["ravi"]


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "x" * 5001])
def test_no_text_and_too_much_of_it_are_refused(reporter, text):
    with pytest.raises(NotReady, match="at most 5,000 characters"):
        post_comment(factories.make_claim(), text=text, by=reporter)


def test_5000_characters_of_anything_are_stored_as_they_are(reporter):
    text = (HOSTILE + "\n" + "😀" * 5000)[:5000]

    assert post_comment(factories.make_claim(), text=text, by=reporter).comment.text == text


def test_who_only_looks_after_people_does_not_comment(administrator):
    with pytest.raises(NotAllowed):
        post_comment(factories.make_claim(), text="Hello", by=administrator)


def test_the_same_words_twice_within_a_minute_are_said_once(reporter, editor):
    claim = factories.make_claim()
    post_comment(claim, text="Hello", by=reporter)

    post_comment(claim, text="Hello", by=reporter)
    post_comment(claim, text="Hello", by=editor)

    assert [comment.by for comment in claim.comments.all()] == [reporter, editor]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_comment():
    claim, person = factories.make_claim(), factories.make_user()

    at_once(*[lambda: post_comment(claim, text="Hello", by=person) for _ in range(4)])

    assert claim.comments.count() == 1


def test_a_comment_is_changed_by_who_wrote_it_within_15_minutes(reporter, reviewer, editor):
    comment = factories.make_comment(text="See @ravi", by=reporter)
    Mention.objects.create(comment=comment, person=reviewer)

    edit_comment(comment, text="See @edith", by=reporter)

    comment.refresh_from_db()
    assert (comment.text, comment.edited_at is None) == ("See @edith", False)
    assert people_called(comment) == ["edith"]
    with pytest.raises(NotAllowed):
        edit_comment(comment, text="I was not here", by=editor)


def test_after_15_minutes_a_comment_stays_as_it_is(reporter):
    comment = factories.make_comment(by=reporter, at=timezone.now() - timedelta(minutes=15, seconds=1))

    with pytest.raises(StaleClaim, match="15 minutes"):
        edit_comment(comment, text="Never said that", by=reporter)
    with pytest.raises(DatabaseError, match="15 minutes"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(text="Never said that")


@pytest.mark.parametrize("change", [{"at": timezone.now()}, {"by": 2}, {"claim": 2}, {"withdrawn_at": None}])
def test_the_database_keeps_who_said_what_when_and_that_it_was_withdrawn(reporter, editor, change):
    comment = factories.make_comment(by=reporter)
    withdraw_comment(comment, by=reporter)
    factories.make_claim()

    with pytest.raises(DatabaseError, match="withdrawn once"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)
    with pytest.raises(DatabaseError, match="not removed"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).delete()


def test_a_comment_is_withdrawn_by_who_wrote_it_and_stays_on_the_record(reporter, editor):
    comment = factories.make_comment(by=reporter, text="Said in anger", at=timezone.now() - timedelta(days=3))

    with pytest.raises(NotAllowed):
        withdraw_comment(comment, by=editor)
    withdraw_comment(comment, by=reporter)
    withdraw_comment(comment, by=reporter)

    entries = RecordEntry.objects.about(comment)
    assert [entry.action for entry in entries] == ["INSERT", "UPDATE"]
    assert entries[0].after["text"] == "Said in anger"
    assert entries[1].actor_id == reporter.pk


def test_the_database_refuses_a_comment_without_words_or_with_too_many(reporter):
    claim = factories.make_claim()
    for text, rule in (("", "comment_is_not_empty"), ("x" * 5001, "comment_is_5000_characters_at_most")):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Comment.objects.create(claim=claim, by=reporter, text=text)


def attach(claim, by, body=b"%PDF-1.7 minutes", name="minutes.pdf", **given):
    return attach_file(claim, name=name, body=body, by=by, **given)


def test_the_same_file_twice_counts_once_and_its_bytes_are_kept_once(reporter, editor):
    claim, other = factories.make_claim(), factories.make_claim()

    first = attach(claim, reporter)
    again = attach(claim, editor, name="copy.pdf")
    elsewhere = attach(other, editor)

    assert (again.duplicate, again.attachment) == (True, first.attachment)
    assert elsewhere.duplicate is False
    assert Snapshot.objects.count() == 1
    assert Snapshot.objects.get().file.read() == b"%PDF-1.7 minutes"


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_counts_once():
    claim, person = factories.make_claim(), factories.make_user()

    at_once(*[lambda: attach(claim, person) for _ in range(3)])

    assert claim.attachments.count() == 1


def test_an_empty_file_one_too_large_and_the_51st_are_refused(reporter, monkeypatch):
    claim = factories.make_claim()
    with pytest.raises(NotReady, match="empty"):
        attach(claim, reporter, body=b"")
    monkeypatch.setattr(attachments, "BYTES_LIMIT", 10)
    attach(claim, reporter, body=b"0123456789")
    with pytest.raises(NotReady, match="larger than 20 MB"):
        attach(claim, reporter, body=b"0123456789a")
    monkeypatch.setattr(attachments, "FILES_LIMIT", 1)
    with pytest.raises(NotReady, match="1 files already"):
        attach(claim, reporter, body=b"other")


def test_a_withdrawn_file_is_out_of_sight_and_its_bytes_stay(reporter, reviewer, editor):
    attachment = attach(factories.make_claim(), reporter).attachment

    with pytest.raises(NotAllowed):
        withdraw_attachment(attachment, by=reviewer)
    withdraw_attachment(attachment, by=editor)

    assert not attachment.claim.attachments.standing().exists()
    assert Snapshot.objects.get().file.read() == b"%PDF-1.7 minutes"
    assert attach(attachment.claim, reporter).duplicate is False
    with pytest.raises(DatabaseError, match="not removed"), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).delete()
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Attachment.objects.filter(withdrawn_at=None).update(name="other.pdf")


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\rosa\\minutes.pdf", "minutes.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\x1b[31m\u2066c.txt", "ab[31mc.txt"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("x" * 300, "x" * 150),
        ("." * 300, "file"),
        ("", "file"),
        ("\u202e", "file"),
        ("</script>", "script>"),
        ('"; filename="evil.html', '"; filename="evil.html'),
        ("two\r\nlines\u2028here.txt", "two lines here.txt"),
        ("re\u0301sume\u0301.docx", "résumé.docx"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_is_made_harmless(name, harmless):
    assert harmless_name(name) == harmless


@pytest.mark.parametrize(
    ("body", "declared", "kind"),
    [
        (b"%PDF-1.7", "text/html", "application/pdf"),
        (b"<html>", "text/html; charset=x", "text/html"),
        (b"x", "not a type\r\nX-Evil: 1", "application/octet-stream"),
        (b"x", "", "application/octet-stream"),
        (b"MZ\x90", "image/png", "application/vnd.microsoft.portable-executable"),
        (b"PK\x03\x04", "image/png", "application/zip"),
        (b"PK\x03\x04", "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(body, declared, kind):
    assert type_of(body, declared) == kind


def ask(claim, by, **given):
    day = timezone.localdate()
    return ask_claimant(claim, **{"whom": "Town hall", "channel": "email", "asked_on": day, "by": by, **given})


TODAY = timezone.localdate()


@pytest.mark.parametrize(
    "wrong",
    [
        {"whom": " "},
        {"whom": "x" * 201},
        {"channel": "pigeon"},
        {"asked_on": TODAY + timedelta(days=1)},
        {"deadline": TODAY - timedelta(days=1)},
    ],
)
def test_a_question_that_cannot_have_been_asked_is_refused(reporter, wrong):
    with pytest.raises(NotReady):
        ask(factories.make_claim(), reporter, **wrong)


def test_an_answer_is_kept_and_can_be_corrected_before_publication(reporter):
    asked = ask(factories.make_claim(), reporter, asked_on=TODAY - timedelta(days=5))

    record_answer(asked, answer="We spent 84 millon.", answered_on=TODAY, by=reporter)
    record_answer(asked, answer="We spent 84 million.", answered_on=TODAY, by=reporter)

    assert Outreach.objects.get().answer == "We spent 84 million."
    for wrong in ({"answer": " "}, {"answer": "x" * 5001}, {"answered_on": TODAY - timedelta(days=6)},
                  {"answered_on": TODAY + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(NotReady):
            record_answer(asked, **{"answer": "x", "answered_on": TODAY, "by": reporter, **wrong})


@pytest.fixture
def asked(reporter):
    """Before publication; without an answer."""
    claim = factories.make_claim()
    asked = ask(claim, reporter, asked_on=TODAY - timedelta(days=5))
    factories.make_verdict(claim, by=reporter, published_at=timezone.now())
    Claim.objects.filter(pk=claim.pk).update(status=Claim.Status.PUBLISHED)
    return asked


def test_after_publication_an_answer_may_come_and_then_stays(asked, reporter):
    record_answer(asked, answer="We spent 84 million.", answered_on=TODAY, by=reporter)

    with pytest.raises(StaleClaim):
        record_answer(asked, answer="We never said that.", answered_on=TODAY, by=reporter)
    with pytest.raises(DatabaseError, match="frozen at publication"), transaction.atomic():
        Outreach.objects.update(answer="We never said that.")


@pytest.mark.parametrize(
    "change", [{"whom": "x"}, {"channel": "phone"}, {"asked_on": date(2020, 1, 1)}, {"deadline": TODAY}, {"by": 2}]
)
def test_after_publication_the_database_keeps_what_was_asked(asked, editor, change):
    with pytest.raises(DatabaseError, match="frozen at publication"), transaction.atomic():
        Outreach.objects.filter(pk=asked.pk).update(**change)


def test_after_publication_nothing_is_removed_or_added_to_the_past(asked, reporter):
    with pytest.raises(StaleClaim):
        remove_outreach(asked, by=reporter)
    with pytest.raises(DatabaseError, match="frozen at publication"), transaction.atomic():
        asked.delete()
    with pytest.raises(NotReady, match="cannot be added any more"):
        ask(asked.claim, reporter, asked_on=TODAY - timedelta(days=1))
    with pytest.raises(DatabaseError, match="not added after it"), transaction.atomic():
        Outreach.objects.create(
            claim=asked.claim, whom="x", channel="email", asked_on=TODAY - timedelta(days=9), by=reporter
        )

    ask(asked.claim, reporter)
    assert asked.claim.outreach.count() == 2


def test_before_publication_a_mistaken_question_is_removed_and_stays_on_the_record(reporter):
    asked = ask(factories.make_claim(), reporter)

    remove_outreach(asked, by=reporter)

    assert not Outreach.objects.exists()
    assert RecordEntry.objects.filter(table_name="claims_outreach").first().action == "DELETE"


def test_overdue_are_unanswered_questions_of_claims_in_work_past_their_deadline(reporter):
    working = factories.make_claim(status=Claim.Status.IN_PROGRESS)
    past = {"asked_on": TODAY - timedelta(days=9), "deadline": TODAY - timedelta(days=2)}
    late = ask(working, reporter, **past)
    later = ask(working, reporter, **{**past, "deadline": TODAY - timedelta(days=1)})
    record_answer(ask(working, reporter, **past), answer="Yes.", answered_on=TODAY, by=reporter)
    ask(working, reporter, **{**past, "deadline": TODAY})
    ask(working, reporter, **{**past, "deadline": None})
    ask(factories.make_claim(), reporter, **past)

    assert list(Outreach.objects.overdue(TODAY)) == [late, later]


def test_who_looks_at_a_candidate_leaves_no_mark_on_it(reporter):
    claim = factories.make_claim()

    be_present(claim.pk, by=reporter)

    assert Claim.objects.untouched().filter(pk=claim.pk).exists()
    assert not RecordEntry.objects.filter(table_name="claims_presence").exists()


def test_a_comment_marks_a_candidate_as_touched(reporter):
    claim = factories.make_comment(by=reporter).claim

    assert not Claim.objects.untouched().filter(pk=claim.pk).exists()


def test_presence_is_one_row_and_gone_after_a_minute(reporter, django_assert_num_queries):
    claim, now = factories.make_claim(), timezone.now()
    be_present(claim.pk, by=reporter)

    with django_assert_num_queries(1):
        be_present(claim.pk, by=reporter)

    assert Presence.objects.here(now).count() == 1
    assert Presence.objects.here(now + timedelta(seconds=61)).count() == 0


def test_who_left_an_hour_ago_is_forgotten(reporter, editor):
    claim = factories.make_claim()
    be_present(claim.pk, by=editor)
    Presence.objects.update(seen_at=timezone.now() - timedelta(hours=2))

    be_present(claim.pk, by=reporter)

    assert Presence.objects.get().user == reporter


@pytest.mark.django_db(transaction=True)
def test_two_windows_of_one_person_are_one_presence():
    claim, person = factories.make_claim(), factories.make_user()

    results = at_once(*[lambda: be_present(claim.pk, by=person) for _ in range(4)])

    assert results == [None] * 4
    assert Presence.objects.count() == 1


def test_a_claim_that_was_removed_meanwhile_has_nobody_present(reporter):
    claim = factories.make_claim(appears=False)
    number = claim.pk
    claim.delete()

    be_present(number, by=reporter)

    assert not Presence.objects.exists()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.REVIEWER, Role.EDITOR])
def test_everyone_who_checks_may_comment_and_attach(db, role):
    person = factories.make_user(role, role=role)
    claim = factories.make_claim()

    post_comment(claim, text="Hello", by=person)
    attach(claim, person)

    assert (claim.comments.count(), claim.attachments.count()) == (1, 1)
