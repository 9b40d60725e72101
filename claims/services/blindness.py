"""What follows from `Verdict.objects.visible_to` for a loaded claim and for the record."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Citation, Claim, Correction, GateException, Review, Verdict
from people.models import RecordEntry, User

OF_VERDICT = (Citation, GateException, Review)


def hide_unseen(claim: Any, *, to: User | None) -> Verdict | None:
    """Take from `versions` of a claim that `for_file` loaded what this person may not see. Returns the draft taken."""
    hidden = set(Verdict.objects.filter(claim=claim).hidden_from(to).values_list("pk", flat=True))
    taken = [version for version in claim.versions if version.pk in hidden]
    claim.versions = [version for version in claim.versions if version.pk not in hidden]
    return taken[0] if taken else None


def readable(entries: QuerySet[RecordEntry], *, to: User | None) -> QuerySet[RecordEntry]:
    """Of the record what this person may read: nothing that tells a rating which is hidden from them.

    What people wrote about a claim on its way is left out with it, for it may say what they found.
    """
    hidden = dict(Verdict.objects.hidden_from(to).values_list("pk", "claim"))
    if not hidden:
        return entries
    made = RecordEntry.objects.filter(
        table_name=OuterRef("table_name"), row_id=OuterRef("row_id"), after__verdict_id__in=list(hidden)
    )
    corrections = Correction.objects.filter(new_verdict__in=list(hidden)).values_list("pk", flat=True)
    telling = Q(table_name=Verdict._meta.db_table, row_id__in=list(hidden))
    telling |= Q(table_name=Correction._meta.db_table, row_id__in=list(corrections))
    telling |= Q(table_name=Claim._meta.db_table, row_id__in=set(hidden.values())) & ~Q(reason="")
    telling |= Q(Exists(made), table_name__in=[model._meta.db_table for model in OF_VERDICT])
    telling |= Q(Exists(made), table_name=Verdict.writers.through._meta.db_table) & ~Q(reason="")
    return entries.exclude(telling)
