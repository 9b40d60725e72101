"""The tables of claims, one file per family."""

from claims.models.appearance import Appearance, Decline, ExtractionRun
from claims.models.claim import Claim, Slug
from claims.models.claimant import Claimant, ClaimantAlias
from claims.models.matching import ClaimVector
from claims.models.ranking import TriageWeights
from claims.models.source import Source
from claims.models.verdict import Citation, Rating, RatingScale, Review, Verdict

__all__ = [
    "Appearance",
    "Citation",
    "Claim",
    "ClaimVector",
    "Claimant",
    "ClaimantAlias",
    "Decline",
    "ExtractionRun",
    "Rating",
    "RatingScale",
    "Review",
    "Slug",
    "Source",
    "TriageWeights",
    "Verdict",
]
