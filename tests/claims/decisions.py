"""A desk with decisions behind it, and what it learned from them."""

from datetime import timedelta

from claims.extraction.learning import reweigh
from claims.models import Claim, Decline, TriageWeights
from tests.factories import NOON

PERCENTAGE, MONEY, LAW = "a percentage", "an amount of money", "a law, ruling or official act"
NAME, STARTING_POINT = "a named person, body or place", "starting point"


SHIPPED = {STARTING_POINT: -1.0, PERCENTAGE: 1.5, MONEY: 1.3, LAW: 0.7, NAME: 0.5}  # whatever the extractor says


def reasons(*signals: str) -> list[dict]:
    """A reason for each of the signals, as an extractor might weigh them."""
    return reweigh([{"signal": name, "weight": SHIPPED[name]} for name in (STARTING_POINT, *signals)], None)[1]


def scored(*signals: str) -> dict:
    """The score and reasons of a claim with these signals."""
    return {"check_worthiness": reweigh(reasons(*signals), None)[0], "reasons": reasons(*signals)}


def make_decisions(n: int, *, reason: str = Decline.Reason.TRIVIAL) -> list[Claim]:
    """n decisions, one an hour, of a desk that wants money and laws and to which a percentage says nothing.

    One in ten goes the other way. About three in four are shortlisted.
    """
    claims = [_decided(number, *_decision(number)) for number in range(n)]
    Claim.objects.bulk_create(claims)
    declines = [Decline(claim=claim, reason=reason) for claim in claims if claim.status == Claim.Status.DECLINED]
    Decline.objects.bulk_create(declines)
    for decline in declines:
        decline.at = NOON + timedelta(hours=int(decline.claim.text.split()[1]))
    Decline.objects.bulk_update(declines, ["at"])
    return claims


def _decision(number: int) -> tuple[bool, list[str]]:
    bits = number * 7 + number // 16
    here = [signal for bit, signal in enumerate((PERCENTAGE, MONEY, LAW, NAME)) if bits >> bit & 1]
    return (MONEY in here or LAW in here) != (number % 10 == 0), here


def _decided(number: int, shortlisted: bool, signals: list[str]) -> Claim:
    at = NOON + timedelta(hours=number)
    status = Claim.Status.SHORTLISTED if shortlisted else Claim.Status.DECLINED
    fields = {"status": status, "shortlisted_at": at if shortlisted else None, **scored(*signals)}
    return Claim(text=f"Claim {number} of the desk.", **fields)


def make_weights(*, better: bool = True, **fields) -> TriageWeights:
    """A proposal, or decided weights where a state is given; a percentage counts half."""
    before = {"average_precision": 0.5, "top": [{"share": 25, "of": 12, "shortlisted": 6}]}
    after = {"average_precision": 0.6, "top": [{"share": 25, "of": 12, "shortlisted": 8}]}
    figures = {"held_out": 50, "shortlisted": 20, "before": before, "after": after, "agreement": 0.95}
    fields = {
        "n": TriageWeights.objects.count() + 1,
        "extractor_version": "1",
        "factors": {PERCENTAGE: 0.5},
        "shift": 0.0,
        "figures": {**figures, "better": better, "before_is": None},
        "decisions": 200,
        **fields,
    }
    if "state" in fields:
        fields["decided_at"] = NOON
    return TriageWeights.objects.create(**fields)
