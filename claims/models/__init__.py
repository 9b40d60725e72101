"""The tables of claims, one file per family."""

from claims.models.appearance import Appearance, Decline, ExtractionRun
from claims.models.claim import Claim, Slug
from claims.models.claimant import Claimant, ClaimantAlias
from claims.models.externals import ExternalFactCheck, ExternalMatch
from claims.models.matching import ClaimEntry, ClaimMatch, Decision, Merge, State
from claims.models.ranking import TriageWeights
from claims.models.search import SearchEntry
from claims.models.source import Source
from claims.models.verdict import Citation, Rating, RatingScale, Review, Verdict

__all__ = [
    "Appearance",
    "Citation",
    "Claim",
    "ClaimEntry",
    "ClaimMatch",
    "Claimant",
    "ClaimantAlias",
    "Decision",
    "Decline",
    "ExternalFactCheck",
    "ExternalMatch",
    "ExtractionRun",
    "Merge",
    "Rating",
    "RatingScale",
    "Review",
    "SearchEntry",
    "Slug",
    "Source",
    "State",
    "TriageWeights",
    "Verdict",
]
