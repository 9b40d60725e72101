"""What people of the desk say and hand to each other about a claim, and who is at its file. Readers see none of it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from claims.models.claim import Claim

COMMENT_LIMIT = 5_000
EDITED_WITHIN = timedelta(minutes=15)


class CommentQuerySet(models.QuerySet["Comment"]):
    def for_tab(self) -> Self:
        """What the tab shows of each, in two queries however many there are; newest first."""
        mentions = models.Prefetch("mentions", queryset=Mention.objects.select_related("person"))
        return self.select_related("by").prefetch_related(mentions).order_by("-pk")


class Comment(models.Model):
    """What one person says to the desk about a claim. It can be changed for 15 minutes, and withdrawn but not removed.

    The database keeps both; who wrote it, when and about what never changes.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comments", verbose_name=_("claim"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    text = models.TextField(_("comment"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("changed"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_is_not_empty"),
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length("text"), COMMENT_LIMIT)), name="comment_is_5000_characters_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def may_be_edited(self, now: datetime) -> bool:
        return self.withdrawn_at is None and now < self.at + EDITED_WITHIN


class MentionQuerySet(models.QuerySet["Mention"]):
    def standing(self) -> Self:
        """Mentions in comments that were not withdrawn."""
        return self.filter(comment__withdrawn_at=None)


class Mention(models.Model):
    """A comment calls a person: "@rosa"."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions", verbose_name=_("comment"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions", verbose_name=_("person")
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="mention_once_per_comment"),
        ]

    def __str__(self) -> str:
        return f"@{self.person_id}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def standing(self) -> Self:
        """Files that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Attachment(models.Model):
    """A file in a claim's file, for the desk alone. Withdrawn, it is out of sight; its bytes stay.

    name: as it came, made harmless. content_type: what its first bytes say it is, or else what the browser said.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="attachments", verbose_name=_("claim"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("bytes"))
    name = models.CharField(_("name"), max_length=150)
    content_type = models.CharField(_("type"), max_length=100)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "snapshot"], condition=Q(withdrawn_at=None), name="attachment_same_file_counts_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="attachment_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self, now: datetime) -> Self:
        return self.filter(seen_at__gt=now - Presence.GONE_AFTER)

    def gone(self, now: datetime) -> Self:
        """Long enough for nobody to ask about it any more."""
        return self.filter(seen_at__lt=now - timedelta(hours=1))


class Presence(models.Model):
    """A person has the file of a claim before them.

    No part of the record, and no mark on the claim: looking changes nothing.
    """

    GONE_AFTER = timedelta(minutes=1)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who"))
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+", verbose_name=_("claim"))
    seen_at = models.DateTimeField(_("last seen"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "claim"], name="presence_once_per_person_and_claim"),
        ]
        indexes = [models.Index(fields=["seen_at"], name="presence_gone")]  # clearing away who left

    def __str__(self) -> str:
        return f"{self.user_id} {self.claim_id}"
