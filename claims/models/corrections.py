"""What is done to a fact-check after its publication: corrections, retractions and the second look at these."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.slug import Slug
from claims.models.verdict import Verdict

NOTE_LIMIT = 2000  # characters that readers are told of a correction
LOOK_WITHIN = timedelta(hours=24)  # for the second look at what one person retracted at once


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> Self:
        """Begun and neither published nor given up; a claim has at most one."""
        return self.filter(state__in=Correction.OPEN)

    def drafting(self) -> Self:
        """Open ones that come with the next version of a verdict."""
        return self.open().exclude(kind=Correction.Kind.VOID)

    def retractions(self) -> Self:
        """Those that are out; a claim has at most one."""
        return self.filter(state=Correction.State.PUBLISHED, kind=Correction.Kind.VOID)

    def asked_for(self) -> Self:
        """Retractions that wait for a second person to approve them."""
        return self.open().filter(kind=Correction.Kind.VOID)

    def to_look_at(self) -> Self:
        """Retractions by one person at once that nobody has looked at since."""
        return self.filter(emergency=True, state=Correction.State.PUBLISHED, look=None)

    def look_due_by(self, when: datetime) -> Self:
        """Those of `to_look_at` whose look is due by then, longest first, with the claim, in one query."""
        due = self.to_look_at().filter(published_at__lte=when - LOOK_WITHIN)
        return due.select_related("claim__claimant", "claim__assigned_to").order_by("published_at", "pk")

    def for_readers(self) -> Self:
        """What the log of corrections shows, newest first, in one query: each with `slug`, the address of its page, and
        `taken_down`. A typo shows in the versions alone.
        """
        newest = Slug.objects.filter(claim=models.OuterRef("claim")).order_by("-pk")
        shown = self.filter(state=Correction.State.PUBLISHED).exclude(kind=Correction.Kind.TYPO)
        return (
            shown.select_related("claim__claimant", "old_verdict__rating", "new_verdict__rating")
            .annotate(slug=models.Subquery(newest.values("slug")[:1]), taken_down=models.Exists(_takedowns()))
            .order_by("-published_at", "-pk")
        )

    def for_desk(self) -> Self:
        """Everything a list in the desk shows, in one query."""
        people = ("by", "approved_by", "look__by")
        return self.select_related("claim", "old_verdict__rating", "new_verdict__rating", *people)


def _takedowns() -> "models.QuerySet[Any]":
    from claims.models.requests import LegalRequest

    return LegalRequest.objects.filter(correction=models.OuterRef("pk"))


class Correction(models.Model):
    """A change to a published fact-check, of a named class and on the log that readers see.

    It goes from IN_PROGRESS over review and approval to publication, as a claim does, while the claim stays published;
    its draft is the claim's next verdict. A void is a retraction: it has no new verdict, waits IN_REVIEW until a second
    person approves it, or, in an emergency, is published by one person.

    note: what readers are told. by: who began it. approved_by: who approved it, never somebody who wrote on it.
    why_abandoned: for the desk.
    """

    class Kind(models.TextChoices):
        VERDICT_CHANGE = "verdict_change", _("Changed verdict")
        FACTUAL = "factual", _("Factual error")
        VOID = "void", _("Retraction")
        UPDATE = "update", _("Update")
        CLARIFICATION = "clarification", _("Clarification")
        TYPO = "typo", _("Typing error")

    class State(models.TextChoices):
        """The first three and PUBLISHED are the claim's own words for where a draft stands."""

        IN_PROGRESS = Claim.Status.IN_PROGRESS.value, _("In progress")
        IN_REVIEW = Claim.Status.IN_REVIEW.value, _("In review")
        APPROVED = Claim.Status.APPROVED.value, _("Approved")
        PUBLISHED = Claim.Status.PUBLISHED.value, _("Published")
        ABANDONED = "abandoned", _("Given up")

    OPEN: ClassVar[tuple[State, ...]] = (State.IN_PROGRESS, State.IN_REVIEW, State.APPROVED)

    # Of a correction with a draft. `services.lifecycle.move_draft` and `services.corrections` write `state`.
    MOVES: ClassVar[dict[State, frozenset[State]]] = {
        State.IN_PROGRESS: frozenset({State.IN_REVIEW}),
        State.IN_REVIEW: frozenset({State.APPROVED, State.IN_PROGRESS}),
        State.APPROVED: frozenset({State.PUBLISHED, State.IN_REVIEW}),
    }

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="corrections", verbose_name=_("claim"))
    kind = models.CharField(_("class"), max_length=14, choices=Kind)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.IN_PROGRESS, editable=False)
    old_verdict = models.ForeignKey(
        Verdict, models.PROTECT, related_name="corrected_by", verbose_name=_("version corrected")
    )
    new_verdict = models.OneToOneField(
        Verdict, models.PROTECT, null=True, related_name="correction", verbose_name=_("corrected version")
    )
    note = models.TextField(_("what readers are told"), blank=True, validators=[MaxLengthValidator(NOTE_LIMIT)])
    emergency = models.BooleanField(_("by one person at once"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    opened_at = models.DateTimeField(_("begun"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True)
    why_abandoned = models.TextField(_("why it was given up"), blank=True)

    slug: str  # set by for_readers
    taken_down: bool  # set by for_readers

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=["in_progress", "in_review", "approved"]),
                name="correction_one_open_per_claim",
            ),
            models.CheckConstraint(
                condition=Q(state="published") ^ Q(published_at=None), name="correction_published_says_when"
            ),
            models.CheckConstraint(
                condition=Q(kind="void") | Q(state="abandoned") | Q(new_verdict__isnull=False),
                name="correction_has_its_version",
            ),
            models.CheckConstraint(
                condition=~(Q(kind="void") | Q(state="abandoned")) | Q(new_verdict=None),
                name="correction_void_has_no_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(emergency=True) | Q(approved_by__isnull=False),
                name="correction_approved_by_a_second_person",
            ),
            models.CheckConstraint(condition=~Q(approved_by=F("by")), name="correction_approved_by_another"),
            models.CheckConstraint(condition=Q(emergency=False) | Q(kind="void"), name="correction_emergency_is_void"),
            models.CheckConstraint(condition=Q(kind="typo") | ~Q(note=""), name="correction_tells_readers"),
        ]
        indexes = [
            models.Index(  # the readers' log and its feed
                fields=["-published_at", "-id"], condition=Q(state="published"), name="correction_log"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def look_due_at(self) -> datetime | None:
        """Until when a second person should have looked; None where nobody has to."""
        return self.published_at + LOOK_WITHIN if self.emergency and self.published_at else None

    @property
    def is_overdue(self) -> bool:
        due = self.look_due_at
        return due is not None and due < timezone.now()


class SecondLook(models.Model):
    """What another person found of a retraction that one person made at once. Never changed.

    A look that disagrees brings nothing back by itself: a fact-check that was taken back is checked as a new claim.
    """

    correction = models.OneToOneField(
        Correction, models.PROTECT, related_name="look", verbose_name=_("retraction looked at")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    agrees = models.BooleanField(_("agrees"))
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(NOTE_LIMIT)])
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(note=""), name="look_says_why_it_disagrees"),
        ]

    def __str__(self) -> str:
        return str(_("Agreed") if self.agrees else _("Not agreed"))
