"""Notices by e-mail. The row is the queue: notices wait until they are put into a letter, letters until they are sent.

A letter is sent once however many workers there are: whoever takes it has it for a while. Only where a worker dies
between the mail server's answer and our note of it is the letter sent again; it has the same Message-ID then, by which
many mailboxes show it once. The other choice, to lose it, would be worse.
"""

import logging
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import User
from people.models.notices import Mail, Notice, Way

logger = logging.getLogger(__name__)

AUTOMATIC = {"Auto-Submitted": "auto-generated"}  # asks other programs not to answer
DIGEST_HOUR = 8
FRESH = timedelta(days=7)  # what is older is in the desk alone: mail was switched on later, or was down for long
MAX_ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=1)  # doubled with each attempt: the last one is about eight hours after the first
JOINERS = "\u200c\u200d"  # letters of Persian and Hindi; every other invisible character only hides something


def is_mail_on() -> bool:
    """Whether this desk has a mail server."""
    return bool(settings.EMAIL_HOST)


def gather_mail(now: datetime | None = None) -> None:
    """Put what waits into letters: a notice wanted at once into its own, those of a day into one at eight o'clock."""
    if not is_mail_on():
        return
    waiting = Notice.objects.to_mail().filter(user=OuterRef("pk"))
    for person in User.objects.filter(Exists(waiting), is_active=True).exclude(email=""):
        _gather_for(person, now or timezone.now())


@transaction.atomic
def _gather_for(person: User, now: datetime) -> None:
    """Only one worker at a time makes letters for a person, so that a day's notices come in one."""
    if not User.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(pk=person.pk):
        return
    waiting = Notice.objects.to_mail().filter(user=person, created_at__gte=now - FRESH)
    digest = waiting.filter(way=Way.DIGEST, created_at__lt=_last_digest_hour(now, zone_of(person)))
    letters = [([notice], False) for notice in waiting.filter(way=Way.MAIL)]
    for notices, is_digest in [*letters, (list(digest), True)]:
        if notices:
            mail = Mail.objects.create(user=person, is_digest=is_digest, next_try_at=now)
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=mail)


def _last_digest_hour(now: datetime, zone: tzinfo) -> datetime:
    today = now.astimezone(zone).replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def zone_of(person: User) -> tzinfo:
    """The person's time zone where they have said it, or else the desk's."""
    return ZoneInfo(person.time_zone) if person.time_zone else timezone.get_default_timezone()


def language_of(person: User) -> str:
    """The person's language where they have said it, or else the desk's."""
    return getattr(person, "language", "") or settings.LANGUAGE_CODE


def send_waiting() -> None:
    """Send every letter that is due, one after another. Safe to run beside itself."""
    while is_mail_on() and (mail := _take()) is not None:
        _send(mail)


@transaction.atomic
def _take() -> Mail | None:
    now = timezone.now()
    due = Mail.objects.due(now).select_related("user").select_for_update(skip_locked=True, of=("self",))
    mail = due.first()
    if mail is not None:
        mail.attempts += 1
        mail.next_try_at = now + timedelta(seconds=settings.LEASE_SECONDS)
        mail.save(update_fields=["attempts", "next_try_at"])
    return mail


def _send(mail: Mail) -> None:
    """The server is asked outside any transaction. An answer that comes after our time with the letter is kept too."""
    if not mail.user.is_active or not mail.user.email:
        _give_up(mail, _("The person has no e-mail address, or is switched off."))
        return
    try:
        letter_of(mail).send()
    except (OSError, ValueError) as error:  # SMTPException is an OSError; ValueError: an address no mail can have
        _try_later(mail, one_line(f"{type(error).__name__}: {error}", limit=1000))
        return
    sent = {"status": Mail.Status.SENT, "sent_at": timezone.now(), "failure": ""}
    Mail.objects.filter(pk=mail.pk).exclude(status=Mail.Status.SENT).update(**sent)


def _try_later(mail: Mail, failure: str) -> None:
    if mail.attempts >= MAX_ATTEMPTS:
        _give_up(mail, failure)
        return
    pause = FIRST_PAUSE * 2 ** (mail.attempts - 1)
    later = {"failure": failure, "next_try_at": timezone.now() + pause}
    Mail.objects.filter(pk=mail.pk, status=Mail.Status.WAITING, attempts=mail.attempts).update(**later)


def _give_up(mail: Mail, failure: str) -> None:
    logger.warning("E-mail %s to person %s was given up: %s", mail.pk, mail.user_id, failure)
    Mail.objects.filter(pk=mail.pk, status=Mail.Status.WAITING).update(status=Mail.Status.FAILED, failure=failure)


def retry_given_up() -> None:
    """Send every letter that was given up once more, as if it were new."""
    again = {"status": Mail.Status.WAITING, "attempts": 0, "next_try_at": timezone.now()}
    Mail.objects.filter(status=Mail.Status.FAILED).update(**again)


def letter_of(mail: Mail) -> EmailMessage:
    """The letter in the person's language and time zone."""
    notices = list(mail.notices.order_by("pk"))
    choices = settings.PUBLIC_URL + reverse("admin:notice_choices")
    with translation.override(language_of(mail.user)), timezone.override(zone_of(mail.user)):
        lines = [
            {
                "sentence": one_line(notice.sentence),
                "about": one_line(notice.about),
                "note": one_line(notice.note),
                "url": settings.PUBLIC_URL + reverse("admin:notice", args=[notice.pk]),
            }
            for notice in notices
        ]
        body = render_to_string(
            "mail/notices.txt", {"lines": lines, "choices": choices, "SITE_NAME": settings.SITE_NAME}
        )
        subject = _subject(notices, mail)
    host = urlsplit(settings.PUBLIC_URL).hostname
    headers = {"Message-ID": f"<notice-{mail.pk}@{host}>", "List-Unsubscribe": f"<{choices}>", **AUTOMATIC}
    return EmailMessage(subject, body, to=[mail.user.email], headers=headers)


def _subject(notices: Sequence[Notice], mail: Mail) -> str:
    if not mail.is_digest and notices:
        return one_line(f"{notices[0].sentence} {notices[0].about}", limit=150)
    said = ngettext("%(n)s notice, %(day)s", "%(n)s notices, %(day)s", len(notices))
    return one_line(said % {"n": len(notices), "day": date_format(timezone.localdate(mail.made_at))})


def one_line(text: str, limit: int = 600) -> str:
    """Text for a subject or a line of a letter: no line breaks, and nothing that turns or hides what stands there."""
    hidden = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    seen = "".join(c if unicodedata.category(c) not in hidden or c in JOINERS else " " for c in text)
    seen = " ".join(seen.split())
    return seen if len(seen) <= limit else seen[: limit - 1] + "…"
