"""What we read: articles, where they stand, and their text as read at one moment."""

from datetime import datetime
from functools import cache
from typing import Self
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

known_timezones = cache(available_timezones)  # reading them takes 20 ms


def validate_timezone(name: str) -> None:
    if name not in known_timezones():
        raise ValidationError(_("There is no time zone of this name. Write it as in Europe/Berlin."))


class Publisher(models.Model):
    """Who put an article out."""

    domain = models.CharField(_("domain"), max_length=253, unique=True)
    name = models.CharField(_("name"), max_length=200)
    timezone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[validate_timezone],
        help_text=_(
            "Such as Europe/Berlin. A time of publication is the day it was there; empty takes the day as the page "
            "writes it."
        ),
    )
    text_allowed = models.BooleanField(
        _("allows us to show its texts"),
        default=False,
        help_text=_("Readers see the whole text of an article, and not only the words that we checked."),
    )

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["Article"]):
    def due(self, now: datetime) -> Self:
        """Articles that wait to be fetched and that nobody is fetching. Uses article_waiting."""
        return self.filter(status=Article.Status.PENDING, next_try_at__lte=now)

    def for_listing(self) -> Self:
        """Everything an article list shows, in two queries however long the list."""
        return self.select_related("publisher", "submitted_by").prefetch_related("addresses")

    def with_words(self, words: str) -> Self:
        """Articles that have each of these words in title, address or publisher's name."""
        found = self
        for word in words.split():
            addresses = ArticleAddress.objects.filter(url__icontains=word).values("article")
            publishers = Publisher.objects.filter(name__icontains=word).values("pk")
            found = found.filter(Q(title__icontains=word) | Q(pk__in=addresses) | Q(publisher__in=publishers))
        return found


class Article(models.Model):
    """A text somebody published. Pasted text has no address; a text at two addresses is one article."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting to be fetched")
        READ = "read", _("Read")
        FAILED = "failed", _("Could not be read")

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False)
    failure = models.TextField(_("why it could not be read"), blank=True, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("publisher")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    next_try_at = models.DateTimeField(_("next try"), null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="failed") ^ Q(failure=""), name="article_failure_is_said_when_failed"
            ),
            models.CheckConstraint(
                condition=~Q(status="pending") | Q(next_try_at__isnull=False),
                name="article_pending_is_tried_again",
            ),
        ]
        indexes = [  # the sweep for what was left behind
            models.Index(fields=["next_try_at"], condition=Q(status="pending"), name="article_waiting"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Article %(number)s")) % {"number": self.pk}

    @property
    def url(self) -> str:
        """The address it was read at, or "" for pasted text. Reads `addresses`: prefetch them for a list."""
        return next((address.url for address in self.addresses.all()), "")


class ArticleAddress(models.Model):
    """One address of an article; the first one is where it was read."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="addresses", verbose_name=_("article"))
    url = models.URLField(_("address"), max_length=2000, unique=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url


def snapshot_path(snapshot: "Snapshot", _filename: str) -> str:
    return f"snapshots/{snapshot.hash[:2]}/{snapshot.hash}"


class Snapshot(models.Model):
    """Bytes as they were received, kept once under their SHA-256."""

    hash = models.CharField(_("SHA-256"), max_length=64, unique=True)
    file = models.FileField(_("bytes"), upload_to=snapshot_path, max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    content_type = models.CharField(_("type"), max_length=100, blank=True)
    retrieved_at = models.DateTimeField(_("retrieved"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

    def __str__(self) -> str:
        return self.hash[:12]


class RevisionQuerySet(models.QuerySet["Revision"]):
    def with_text(self, text_hash: str) -> Self:
        """The first revision that has this text: at most one."""
        return self.filter(text_hash=text_hash, n=1)


class Revision(models.Model):
    """The text of an article as read at one moment. Never changed: quotes are offsets into it.

    text_hash: `articles.parsing.fingerprint` of the text, so white space does not make another article.
    notes: sentences about what was done to the text on the way in.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions", verbose_name=_("article"))
    n = models.PositiveIntegerField(_("number"), default=1)
    text = models.TextField(_("text"))
    text_hash = models.CharField(max_length=64)
    notes = models.JSONField(_("notes"), default=list)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, verbose_name=_("bytes as received"))
    read_at = models.DateTimeField(_("read"))

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "n"]
        constraints = [
            models.UniqueConstraint(fields=["article", "n"], name="revision_number_is_unique"),
            models.UniqueConstraint(fields=["text_hash"], condition=Q(n=1), name="revision_same_text_is_one_article"),
        ]

    def __str__(self) -> str:
        return str(_("Revision %(number)s")) % {"number": self.n}
