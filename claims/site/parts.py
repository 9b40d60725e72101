"""A compound claim and its parts, as readers see them."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from claims.models import Claim, Verdict
from claims.site.related import Related


def parts_and_whole(claim: Claim) -> dict[str, Any]:
    """`parts`: the current verdicts on the published parts of `claim`, in the order they were made. `whole`: that on
    the published claim it is a part of, or None. Each as `for_mention` gives it, in one query.

    A part that was merged is told by the claim it counts with.
    """
    near = Claim.objects.filter(Q(part_of=claim) | Q(pk=claim.part_of_id))
    counted = near.values(counted=Coalesce("merged_into", "pk"))
    verdicts = Verdict.objects.for_mention().filter(claim__in=counted, claim__status="published").order_by("claim_id")
    found = {verdict.claim_id: verdict for verdict in verdicts}
    whole = found.pop(claim.part_of_id or 0, None)
    return {"parts": list(found.values()), "whole": whole}


def apart_from(related: list[Related], shown: dict[str, Any]) -> list[Related]:
    """Those of `related` that the page does not show as parts or whole."""
    there = {verdict.claim_id for verdict in [*shown["parts"], shown["whole"]] if verdict}
    return [one for one in related if one.verdict.claim_id not in there]
