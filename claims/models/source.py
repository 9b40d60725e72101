"""Evidence, and the copies that are kept of it."""

from datetime import datetime
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from claims.models.claim import Claim


class Source(models.Model):
    """A piece of evidence in a claim's file. Once a published verdict cites it, it is replaced and not edited.

    quote: in its own language; translation: the same in the desk's. interest: what the source stands to gain.
    independence_group: a word that sources share which go back to one origin, so that they count once.
    """

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        SECONDARY = "secondary", _("Secondary")
        EXPERT = "expert", _("Expert")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="sources", verbose_name=_("claim"))
    url = models.URLField(_("address"), max_length=2000, blank=True)
    no_url_reason = models.CharField(
        _("why there is no address"),
        max_length=300,
        blank=True,
        help_text=_("For a phone call, a book, an archive."),
    )
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PRIMARY)
    locator = models.CharField(_("where in it"), max_length=200, blank=True, help_text=_("Page, paragraph, time."))
    quote = models.TextField(_("quote"), blank=True, validators=[MaxLengthValidator(2000)])
    translation = models.TextField(_("translation"), blank=True, validators=[MaxLengthValidator(2000)])
    interest = models.CharField(_("interest"), max_length=300, blank=True)
    independence_group = models.CharField(_("goes back to"), max_length=100, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(no_url_reason=""), name="source_has_an_address_or_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SourceCopyQuerySet(models.QuerySet["SourceCopy"]):
    def due(self, now: datetime) -> Self:
        """Copies that wait to be fetched and that no worker is on. Uses source_copy_waiting."""
        return self.filter(state=SourceCopy.State.WAITING, next_try_at__lte=now)


class SourceCopy(models.Model):
    """What stood at the address of a source when a worker fetched it. What is kept is kept for good.

    url: the address of the source when the copy was asked for. text: of the page, "" where it is of a kind that cannot
    be read as text. retrieved_at: of this copy; the same bytes may have been kept before.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be fetched")
        KEPT = "kept", _("Kept")
        FAILED = "failed", _("Could not be kept")

    source = models.OneToOneField(Source, models.CASCADE, related_name="copy", verbose_name=_("source"))
    url = models.URLField(_("address"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    failure = models.TextField(_("why it could not be kept"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="+", verbose_name=_("bytes as received")
    )
    retrieved_at = models.DateTimeField(_("retrieved"), null=True)
    text = models.TextField(_("text"), blank=True)

    objects = SourceCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("archived copy")
        verbose_name_plural = _("archived copies")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="kept", snapshot__isnull=False, retrieved_at__isnull=False)
                | (~Q(state="kept") & Q(snapshot=None, retrieved_at=None)),
                name="source_copy_has_bytes_when_kept",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") ^ Q(failure=""), name="source_copy_failure_is_said_when_failed"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(next_try_at__isnull=False), name="source_copy_waiting_is_tried_again"
            ),
        ]
        indexes = [  # the sweep for what was left behind
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="source_copy_waiting"),
        ]

    def __str__(self) -> str:
        return self.url
