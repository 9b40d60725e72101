"""What follows from `Verdict.objects.visible_to` for a loaded claim and for the record."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Citation, Claim, Comment, Correction, GateException, Review, Verdict
from claims.models.corrections import CorrectionQuerySet
from claims.models.discussion import CommentQuerySet
from people.models import RecordEntry, User

OF_VERDICT = (Citation, GateException, Review, Verdict.writers.through)


def hide_unseen(claim: Any, *, to: User | None) -> None:
    """Take from `versions` of a claim that `for_file` loaded what this person may not see: the draft, which is `hidden`
    then.
    """
    hidden = set(Verdict.objects.filter(claim=claim).hidden_from(to).values_list("pk", flat=True))
    taken = [version for version in claim.versions if version.pk in hidden]
    claim.versions = [version for version in claim.versions if version.pk not in hidden]
    claim.hidden = taken[0] if taken else None


def hides_findings(claim: Claim, *, to: User | None) -> bool:
    """Whether a draft of this claim is hidden from this person."""
    return Verdict.objects.filter(claim=claim).hidden_from(to).exists()


def comments_on(claim: Claim, *, to: User) -> CommentQuerySet:
    """The comments that this person may read: their own alone while a draft is hidden, for others may tell of it."""
    hidden = Q(claim__in=Verdict.objects.hidden_from(to).values("claim"))
    return Comment.objects.filter(claim=claim).exclude(hidden & ~Q(by=to))


def corrections_of(claim: Claim, *, to: User | None) -> CorrectionQuerySet:
    """The corrections whose class and note this person may read: both tell what the next version says."""
    return Correction.objects.filter(claim=claim).exclude(new_verdict__in=Verdict.objects.hidden_from(to).values("pk"))


def readable(entries: QuerySet[RecordEntry], *, to: User | None) -> QuerySet[RecordEntry]:
    """Of the record what this person may read: nothing that tells a rating which is hidden from them.

    What people wrote about a claim on its way, to each other or for readers, is left out with it, for it may say what
    they found.
    """
    hidden = dict(Verdict.objects.hidden_from(to).values_list("pk", "claim"))
    if not hidden:
        return entries
    made = RecordEntry.objects.filter(
        table_name=OuterRef("table_name"), row_id=OuterRef("row_id"), after__verdict_id__in=list(hidden)
    )
    telling = Q(table_name=Verdict._meta.db_table, row_id__in=list(hidden))
    telling |= Q(table_name=Claim._meta.db_table, row_id__in=set(hidden.values())) & ~Q(reason="")
    others = Comment.objects.filter(claim__in=hidden.values()).exclude(by=to)
    telling |= Q(table_name=Comment._meta.db_table, row_id__in=others.values("pk"))
    corrections = Correction.objects.filter(new_verdict__in=hidden)
    telling |= Q(table_name=Correction._meta.db_table, row_id__in=corrections.values("pk"))
    telling |= Q(Exists(made), table_name__in=[model._meta.db_table for model in OF_VERDICT])
    return entries.exclude(telling)
