"""Telling people: notices, how each person wants each kind, and the letters that carry them."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

ABOUT_LIMIT = 500  # characters kept of what a notice is about, and of its note


class Kind(models.TextChoices):
    """What a notice says. The label names the kind where people choose; SAID has the sentence."""

    ASSIGNED = "assigned", _("A claim is assigned to me")
    MENTIONED = "mentioned", _("Somebody mentions me")
    REVIEW_ASKED = "review_asked", _("A verdict waits for review")
    RETURNED = "returned", _("My verdict is sent back")
    APPROVED = "approved", _("A verdict is approved and can be published")
    PUBLISHED = "published", _("A claim that I wrote on or reviewed is published")
    CORRECTED = "corrected", _("A claim that I wrote on or reviewed is corrected")
    RETRACTED = "retracted", _("A claim that I wrote on or reviewed is retracted")
    ERROR_TOLD = "error_told", _("A reader says that a fact-check is wrong")
    LOOK_ASKED = "look_asked", _("A second person is needed, for a retraction or a request")
    STALE = "stale", _("The evidence of a published claim should be looked at again")
    DUE = "due", _("A claim is due or late")
    UNPUBLISHED = "unpublished", _("A claim could not be published at the time that was set")
    WEBHOOK_OFF = "webhook_off", _("A webhook was switched off")


SAID = {
    Kind.ASSIGNED: _("%(who)s assigned this claim to you."),
    Kind.MENTIONED: _("%(who)s mentioned you."),
    Kind.REVIEW_ASKED: _("%(who)s asks for a review."),
    Kind.RETURNED: _("%(who)s sent your verdict back."),
    Kind.APPROVED: _("%(who)s approved this. It can be published."),
    Kind.PUBLISHED: _("%(who)s published this."),
    Kind.CORRECTED: _("%(who)s published a correction of this."),
    Kind.RETRACTED: _("%(who)s retracted this."),
    Kind.ERROR_TOLD: _("A reader says that this is wrong."),
    Kind.LOOK_ASKED: _("%(who)s asks for a second person."),
    Kind.STALE: _("The evidence should be looked at again by %(day)s."),
    Kind.DUE: _("Due on %(day)s."),
    Kind.UNPUBLISHED: _("Could not be published at the time that was set."),
    Kind.WEBHOOK_OFF: _("This webhook was switched off after too many failures."),
}


class Way(models.TextChoices):
    """How a person wants to be told."""

    DESK = "desk", _("In the desk")
    DIGEST = "digest", _("In the desk and the daily e-mail")
    MAIL = "mail", _("In the desk and by e-mail at once")
    OFF = "off", _("Not at all")


# Quiet by default: a letter, and one a day, only for what is said to this person alone.
DEFAULT_WAYS = dict.fromkeys(Kind, Way.DESK) | dict.fromkeys((Kind.ASSIGNED, Kind.MENTIONED, Kind.RETURNED), Way.DIGEST)


class NoticeChoice(models.Model):
    """That a person wants notices of one kind otherwise than by default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    way = models.CharField(_("way"), max_length=6, choices=Way)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once_per_person_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_way_display()}"


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, now: datetime) -> Self:
        """Letters that wait to be sent and that nobody is sending. Uses mail_waiting."""
        return self.filter(status=Mail.Status.WAITING, next_try_at__lte=now).order_by("next_try_at")


class Mail(models.Model):
    """A letter to one person, made of one notice or of a day's. The row is the queue.

    next_try_at: until then some worker is taken to be sending it, or a failed try rests. failure: why the last try
    did not work, "" once one did.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("to"))
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.WAITING)
    is_digest = models.BooleanField(_("digest"), default=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    failure = models.TextField(_("why it was not sent"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(status="sent") ^ Q(sent_at=None), name="mail_sent_says_when"),
        ]
        indexes = [  # the sweep that sends
            models.Index(fields=["next_try_at"], condition=Q(status="waiting"), name="mail_waiting"),
        ]

    def __str__(self) -> str:
        return str(_("E-mail %(number)s")) % {"number": self.pk}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self) -> Self:
        """What should go out by e-mail and is in no letter yet. Read in the desk meanwhile, it needs none.

        Uses notice_to_mail.
        """
        return self.filter(mail=None, read_at=None, way__in=[Way.MAIL, Way.DIGEST])


class Notice(models.Model):
    """What one person is told, once for each event.

    event: what happened, such as "returned:17:4"; the same event tells a person once. by_name: who did it, "" for the
    machine. about: the claim, or what else it is about. address: of the desk. day: the date in the sentence.
    way: how the person wanted this kind when it happened. mail: the letter it went into; a notice is in one at most.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False, verbose_name=_("to")
    )
    event = models.CharField(_("event"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    by_name = models.CharField(_("by"), max_length=310, blank=True)
    about = models.CharField(_("about"), max_length=ABOUT_LIMIT)
    address = models.CharField(_("address"), max_length=300)
    note = models.CharField(_("note"), max_length=ABOUT_LIMIT, blank=True)
    day = models.DateField(_("day"), null=True)
    way = models.CharField(_("way"), max_length=6, choices=Way)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notices", verbose_name=_("e-mail"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="notice_once_per_event_and_person"),
            models.CheckConstraint(
                condition=Q(address__startswith="/") & ~Q(address__startswith="//"), name="notice_leads_into_the_desk"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_person"),  # the page of all
            models.Index(  # the count in the head of each page
                fields=["user", "-id"], condition=Q(read_at=None), name="notice_unread"
            ),
            models.Index(  # the sweep that makes letters
                fields=["user", "created_at"],
                condition=Q(mail=None, read_at=None, way__in=["mail", "digest"]),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What happened, in the language that is active."""
        return str(SAID[Kind(self.kind)]) % {"who": self.by_name, "day": date_format(self.day) if self.day else ""}
