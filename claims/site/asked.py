"""What readers are told of asking the claimant."""

from dataclasses import dataclass
from datetime import date

from claims.models import Claim


@dataclass(frozen=True, slots=True)
class Asked:
    """whom: "" for the person who made the claim. answer: "" where there is none, or where it would name them."""

    whom: str
    on: date
    deadline: date | None
    answered_on: date | None
    answer: str


def asked_about(claim: Claim) -> list[Asked]:
    """The questions about a claim, oldest first, in one query. A private person is named by none of them."""
    private = claim.claimant is not None and not claim.claimant.named_publicly
    return [
        Asked(
            whom="" if private else row.whom,
            on=row.asked_on,
            deadline=row.deadline,
            answered_on=row.answered_on,
            answer="" if private and _names(row.answer, claim) else row.answer,
        )
        for row in claim.outreach.all()
    ]


def _names(answer: str, claim: Claim) -> bool:
    """Does any part of a name of the claimant's stand in the answer? Prefetch their `aliases`."""
    names = [claim.claimant.name, *(alias.name for alias in claim.claimant.aliases.all())] if claim.claimant else []
    parts = {part for name in names for part in name.casefold().split() if len(part) > 2}
    return any(part in answer.casefold() for part in parts)
