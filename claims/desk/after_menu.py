"""How much waits of what comes after publication and from readers, for the menu."""

from typing import Any

from django.db.models import Count, QuerySet, Value

from claims.models import Correction, CorrectionRequest, LegalRequest, Submission


def waiting() -> dict[str, int]:
    """Open correction requests, submissions, second looks and legal requests, by the name of their page. One query."""
    piles = {
        "requests": CorrectionRequest.objects.open(),
        "submissions": Submission.objects.open(),
        "looks": Correction.objects.to_look_at(),
        "asked": Correction.objects.asked_for(),
        "legal": LegalRequest.objects.open(),
    }
    first, *others = [_counted(rows, name) for name, rows in piles.items()]
    sizes = dict.fromkeys(piles, 0) | dict(first.union(*others, all=True))
    return sizes | {"second_looks": sizes["looks"] + sizes["asked"]}


def _counted(rows: QuerySet[Any], name: str) -> Any:
    return rows.order_by().annotate(pile=Value(name)).values("pile").annotate(n=Count("pk")).values_list("pile", "n")
