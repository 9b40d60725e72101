"""Notices by e-mail, over a real mail server on this machine."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from people.models import Mail, Notice
from people.models.notices import Kind, Way
from people.services.mailing import MAX_ATTEMPTS, gather_mail, one_line, retry_given_up, send_waiting
from people.services.notifying import choose_ways, mark_read
from tests import factories
from tests.at_once import at_once
from tests.people.test_notices import tell

MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


@pytest.fixture
def rosa(db):
    return factories.make_user("rosa", email="rosa@desk.example")


def at_once_please(person):
    choose_ways(person, {Kind.ASSIGNED: Way.MAIL})


def happened(at: datetime) -> None:
    Notice.objects.update(created_at=at)


def test_a_notice_wanted_at_once_comes_as_a_letter_of_its_own(mailbox, rosa, editor):
    at_once_please(rosa)
    tell(rosa, by=editor, note="Before Friday, please.")

    gather_mail()
    send_waiting()

    (letter,) = mailbox.letters
    notice = Notice.objects.get()
    assert letter["Subject"] == "Edith Example assigned this claim to you. The bridge."
    assert mailbox.to == ["rosa@desk.example"]
    assert letter.get_content_type() == "text/plain"
    assert f"/admin/notices/{notice.pk}/\n" in letter.get_content()
    assert "> Before Friday, please.\n" in letter.get_content()
    assert letter["List-Unsubscribe"] == "<http://127.0.0.1:8000/admin/notices/choices/>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert (notice.mail.status, notice.mail.failure) == (Mail.Status.SENT, "")


def test_a_digest_comes_at_eight_with_what_happened_before(mailbox, rosa):
    tell(rosa, about="First.")
    tell(rosa, event="assigned:2", about="Second.")
    happened(MORNING - timedelta(minutes=1))

    gather_mail(MORNING - timedelta(seconds=1))
    assert not Mail.objects.exists()
    gather_mail(MORNING)
    gather_mail(MORNING + timedelta(minutes=1))
    send_waiting()

    (letter,) = mailbox.letters
    assert letter["Subject"].startswith("2 notices, ")
    assert letter.get_content().index("First.") < letter.get_content().index("Second.")


def test_what_happens_after_eight_waits_for_the_next_day(mailbox, rosa):
    tell(rosa)
    happened(MORNING + timedelta(minutes=1))

    gather_mail(MORNING + timedelta(hours=15))
    assert not Mail.objects.exists()
    gather_mail(MORNING + timedelta(days=1))

    assert Mail.objects.count() == 1


def test_eight_is_eight_in_the_zone_of_the_desk(mailbox, rosa, settings):
    settings.TIME_ZONE = "America/New_York"
    tell(rosa)
    happened(MORNING - timedelta(hours=1))

    gather_mail(MORNING + timedelta(hours=4, minutes=59))
    assert not Mail.objects.exists()
    gather_mail(MORNING + timedelta(hours=5))

    assert Mail.objects.count() == 1


def test_eight_is_eight_where_the_person_is(mailbox, rosa):
    rosa.time_zone = "Asia/Tokyo"
    rosa.save()
    tell(rosa)
    happened(MORNING - timedelta(hours=10))

    gather_mail(MORNING - timedelta(hours=9, minutes=1))
    assert not Mail.objects.exists()
    gather_mail(MORNING - timedelta(hours=9))

    assert Mail.objects.count() == 1


def test_there_is_no_letter_without_anything_in_it(mailbox, rosa):
    tell(rosa)
    happened(MORNING - timedelta(hours=1))
    mark_read(rosa)

    gather_mail(MORNING)

    assert not Mail.objects.exists()


def test_a_desk_without_a_mail_server_makes_no_letters_and_an_old_notice_makes_none_later(settings, rosa):
    tell(rosa)
    happened(MORNING - timedelta(days=8))
    settings.EMAIL_HOST = ""
    gather_mail(MORNING)

    settings.EMAIL_HOST = "127.0.0.1"
    gather_mail(MORNING)

    assert not Mail.objects.exists()


def test_a_person_without_an_address_gets_no_letter(mailbox, reporter):
    at_once_please(reporter)
    tell(reporter)

    gather_mail()

    assert not Mail.objects.exists()


def test_a_letter_to_a_person_switched_off_meanwhile_is_given_up(mailbox, rosa):
    at_once_please(rosa)
    tell(rosa)
    gather_mail()
    rosa.is_active = False
    rosa.save()

    send_waiting()

    assert mailbox.letters == []
    assert Mail.objects.get().status == Mail.Status.FAILED


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(mailbox):
    rosa = factories.make_user("rosa", email="rosa@desk.example")
    choose_ways(rosa, {Kind.ASSIGNED: Way.MAIL})
    for number in range(6):
        tell(rosa, event=f"assigned:{number}", about=f"Claim {number}.")

    at_once(gather_mail, gather_mail, gather_mail)
    at_once(send_waiting, send_waiting, send_waiting)

    assert sorted(letter["Subject"][-8:] for letter in mailbox.letters) == [f"Claim {n}." for n in range(6)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_digest(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    rosa = factories.make_user("rosa", email="rosa@desk.example")
    for number in range(20):
        tell(rosa, event=f"assigned:{number}")
    happened(MORNING - timedelta(hours=1))

    at_once(*[lambda: gather_mail(MORNING)] * 4)

    assert Mail.objects.get().notices.count() == 20


def test_a_letter_that_a_worker_died_with_is_sent_again_under_the_same_name(mailbox, rosa):
    at_once_please(rosa)
    tell(rosa)
    gather_mail()
    send_waiting()
    Mail.objects.update(status=Mail.Status.WAITING, sent_at=None)  # as if the note of it was never written

    send_waiting()
    assert len(mailbox.letters) == 1  # whoever took it has it for a while
    Mail.objects.update(next_try_at=timezone.now())
    send_waiting()

    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize("refusal", ["451 busy", "550 no such mailbox"])
def test_a_refused_letter_is_tried_again_after_growing_waits_and_says_why(mailbox, rosa, refusal):
    mailbox.refusal = refusal
    at_once_please(rosa)
    tell(rosa)
    gather_mail()
    waits = []
    for _try in range(MAX_ATTEMPTS):
        Mail.objects.update(next_try_at=timezone.now())
        send_waiting()
        mail = Mail.objects.get()
        waits.append(round((mail.next_try_at - timezone.now()).total_seconds() / 60))

    assert waits[:5] == [1, 2, 4, 8, 16]
    assert (mail.status, mail.attempts) == (Mail.Status.FAILED, MAX_ATTEMPTS)
    assert refusal[4:] in mail.failure

    mailbox.refusal = ""
    retry_given_up()
    send_waiting()
    assert len(mailbox.letters) == 1


def test_a_server_that_is_not_there_loses_nothing(settings, rosa):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    at_once_please(rosa)
    tell(rosa)

    gather_mail()
    send_waiting()

    mail = Mail.objects.get()
    assert mail.status == Mail.Status.WAITING
    assert "ConnectionRefusedError" in mail.failure


def test_a_claim_cannot_write_headers_or_turn_the_subject_around(mailbox, rosa):
    at_once_please(rosa)
    tell(rosa, about="Five\r\nBcc: all@desk.example\n\n\u202egnp.exe\u2066 \x1fof seven", note="a\n\nb\u202ec")

    gather_mail()
    send_waiting()

    (letter,) = mailbox.letters
    assert letter["Bcc"] is None
    assert letter["Subject"].endswith("Five Bcc: all@desk.example gnp.exe of seven")
    assert "> a b c\n" in letter.get_content()


def test_text_is_text_and_not_html_in_a_letter(mailbox, rosa):
    at_once_please(rosa)
    tell(rosa, about="\"5 < 7\" & 'so on'")

    gather_mail()
    send_waiting()

    assert "\"5 < 7\" & 'so on'" in mailbox.letters[0].get_content()


def test_a_letter_is_in_the_language_of_the_desk_whatever_the_worker_speaks(mailbox, rosa, settings):
    settings.LANGUAGE_CODE = "de"
    tell(rosa)
    happened(MORNING - timedelta(hours=1))
    gather_mail(MORNING)
    Mail.objects.update(made_at=MORNING, next_try_at=timezone.now())

    send_waiting()

    assert mailbox.letters[0]["Subject"].endswith(", 3. März 2026")


@pytest.mark.parametrize("joined", ["می\u200cخواهم", "क्\u200dष"])
def test_letters_that_need_joiners_keep_them(joined):
    assert one_line(joined) == joined
