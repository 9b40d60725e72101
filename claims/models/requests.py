"""What readers and others ask of the desk: to correct, to check, to take down."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from claims.models.appearance import Decline
from claims.models.claim import Claim
from claims.models.corrections import NOTE_LIMIT, Correction

TEXT_MIN, TEXT_MAX = 20, 5000  # characters of a reader's letter


class FromReaders(models.Model):
    """What a reader sent. code_hash: of the code that leads to its status page; the code itself is kept nowhere.

    email: for an answer, and emptied a while after the end. It and the words are not in the record of changes.
    """

    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    class Meta:
        abstract = True


class CorrectionRequestQuerySet(models.QuerySet["CorrectionRequest"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def for_desk(self) -> Self:
        """Everything a list in the desk shows, in one query; what waits longest first, what is closed last."""
        rows = self.select_related("claim", "first_by", "second_by")
        return rows.order_by(F("closed_at").desc(nulls_first=True), "received_at", "pk")


class CorrectionRequest(FromReaders):
    """A reader says that a fact-check is wrong. Two people look at it, and only then is it closed.

    outcome, note: as the first person proposes them and the second one agrees; the reader sees both.
    """

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", _("We corrected the fact-check")
        RETRACTED = "retracted", _("We retracted the fact-check")
        NO_CHANGE = "no_change", _("We looked again and stand by the fact-check")
        NOT_ABOUT = "not_about", _("This was not about an error in the fact-check")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="correction_requests", verbose_name=_("claim"))
    text = models.TextField(_("what is wrong"), validators=[MinLengthValidator(TEXT_MIN), MaxLengthValidator(TEXT_MAX)])
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("answer"), blank=True, validators=[MaxLengthValidator(NOTE_LIMIT)])
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("first look by")
    )
    first_at = models.DateTimeField(_("first look"), null=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("second look by")
    )

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(second_by=F("first_by")), name="request_looks_are_by_two_people"),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | (Q(first_by__isnull=False) & Q(second_by__isnull=False) & ~Q(outcome="") & ~Q(note="")),
                name="request_closed_with_outcome_and_two_people",
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(closed_at=None), name="request_open"),  # the queue
            models.Index(fields=["closed_at"], condition=~Q(email=""), name="request_email"),  # the sweep
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_state_display(self) -> str:
        """How far it is, in words that the reader sees too."""
        if self.closed_at:
            return str(_("Closed"))
        return str(_("A second person looks at it") if self.first_by_id else _("Received"))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> Self:
        return self.filter(status__in=[Submission.Status.RECEIVED, Submission.Status.LOOKING])

    def for_desk(self) -> Self:
        """Everything a list in the desk shows, in one query; what waits longest first, what is closed last."""
        rows = self.select_related("claim", "article", "decided_by")
        return rows.order_by(F("closed_at").desc(nulls_first=True), "received_at", "pk")


class Submission(FromReaders):
    """A reader asks to check something. article: what the desk made of it. note: what the reader is told."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        LOOKING = "looking", _("Being looked at")
        CLAIM = "claim", _("Became a claim")
        DECLINED = "declined", _("Declined")

    text = models.TextField(_("the claim"), blank=True, validators=[MaxLengthValidator(TEXT_MAX)])
    url = models.CharField(_("where it was made"), max_length=2000, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.RECEIVED, editable=False)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="+", verbose_name=_("article"))
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="submissions", verbose_name=_("claim"))
    reason = models.CharField(_("reason"), max_length=20, choices=Decline.Reason, blank=True)
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(NOTE_LIMIT)])
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | ~Q(url=""), name="submission_says_something"),
            models.CheckConstraint(condition=Q(status="claim") ^ Q(claim=None), name="submission_says_which_claim"),
            models.CheckConstraint(condition=Q(status="declined") ^ Q(reason=""), name="submission_says_why_declined"),
            models.CheckConstraint(
                condition=Q(status__in=["claim", "declined"]) ^ Q(closed_at=None), name="submission_closed_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(closed_at=None), name="submission_open"),  # the queue
            models.Index(fields=["closed_at"], condition=~Q(email=""), name="submission_email"),  # the sweep
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def link(self) -> str:
        """The address if it leads to the web, else "": nobody is handed a javascript: link."""
        return self.url if self.url.lower().startswith(("https://", "http://")) else ""


class LegalRequestQuerySet(models.QuerySet["LegalRequest"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def for_desk(self) -> Self:
        """Everything a list in the desk shows, in one query; the next deadline first, what is closed last."""
        rows = self.select_related("claim", "by", "decided_by", "second_by")
        deadline = F("deadline").asc(nulls_last=True)
        return rows.order_by(F("closed_at").desc(nulls_first=True), deadline, "received_on", "pk")


class LegalRequest(models.Model):
    """Somebody asks by law or by lawyer that we take something down. On file whatever comes of it.

    notice: what stands in the page's place, once two people have decided to take it down; readers see nothing else.
    correction: the retraction that took it down.
    """

    class Decision(models.TextChoices):
        TAKEN_DOWN = "taken_down", _("Take the page down")
        CHANGED = "changed", _("Granted by a correction")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="legal_requests", verbose_name=_("claim")
    )
    sender = models.CharField(_("from whom"), max_length=300)
    received_on = models.DateField(_("received on"))
    asked = models.TextField(_("what is asked"), validators=[MaxLengthValidator(20_000)])
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    outcome = models.TextField(_("outcome and reasons"), blank=True, validators=[MaxLengthValidator(20_000)])
    notice = models.TextField(_("notice for readers"), blank=True, validators=[MaxLengthValidator(NOTE_LIMIT)])
    correction = models.OneToOneField(
        Correction, models.PROTECT, null=True, related_name="legal_request", verbose_name=_("retraction")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("and by")
    )
    created_at = models.DateTimeField(_("filed"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = LegalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal request")
        verbose_name_plural = _("legal requests")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(second_by=F("decided_by")), name="legal_decided_by_two_people"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | (~Q(decision="") & ~Q(outcome="") & Q(decided_by__isnull=False)),
                name="legal_closed_with_decision",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | ~Q(decision="taken_down")
                | (Q(second_by__isnull=False) & Q(correction__isnull=False)),
                name="legal_takedown_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return self.sender

    def get_state_display(self) -> str:
        if self.closed_at:
            return str(self.get_decision_display())
        return str(_("A second person decides with") if self.decision else _("To be decided"))

    @property
    def is_overdue(self) -> bool:
        today: date = timezone.localdate()
        return self.closed_at is None and self.deadline is not None and self.deadline < today
