"""A compound claim and its parts, as readers see them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from claims.models import Claim, Verdict
from claims.models.prepared import ANY_NUMBER, Prepared


def parts_and_whole(claim: Claim, verdicts: Mapping[int, Verdict]) -> dict[str, Any]:
    """`parts`: the current verdicts on the published parts of `claim`, in the order they were made. `whole`: that on
    the published claim it is a part of, or None.

    A part that was merged is told by the claim it counts with. claim: with `part_keys`. verdicts: of published claims,
    as `verdicts_on` gives them.
    """
    parts = [verdicts[pk] for pk in sorted(set(claim.part_keys)) if pk in verdicts]
    return {"parts": parts, "whole": verdicts.get(claim.part_of_id or 0)}


def verdicts_on(claims: Iterable[int | None]) -> dict[int, Verdict]:
    """The current verdicts on those of `claims` that are published, by these keys, in one query."""
    keys = [claim for claim in claims if claim]
    return {verdict.claim_id: verdict for verdict in _mentions(keys)} if keys else {}


def _on_any(claims: list[int]) -> RawSQL:
    """One parameter however many keys there are; `claim__in` takes one for each."""
    return RawSQL("claims_verdict.claim_id = ANY(%s)", [claims], output_field=BooleanField())


_mentions = Prepared(
    lambda claims: Verdict.objects.for_mention().filter(_on_any(claims), claim__status=Claim.Status.PUBLISHED),
    stands_for=[ANY_NUMBER],
)
