"""The tables of claims, one file per family."""

from claims.models.appearance import Appearance, Decline, ExtractionRun
from claims.models.claim import Claim, Slug
from claims.models.claimant import Claimant, ClaimantAlias, ClaimantRole
from claims.models.externals import ExternalFactCheck, ExternalMatch
from claims.models.matching import ClaimEntry, ClaimMatch, Decision, Merge, State
from claims.models.outreach import Outreach
from claims.models.ranking import TriageWeights
from claims.models.search import SearchEntry
from claims.models.source import Source
from claims.models.topic import Topic
from claims.models.triage import ClaimSplit, SavedFilter, TriageHold
from claims.models.verdict import Citation, MethodologyVersion, Rating, RatingScale, Review, Verdict

__all__ = [
    "Appearance",
    "Citation",
    "Claim",
    "ClaimEntry",
    "ClaimMatch",
    "ClaimSplit",
    "Claimant",
    "ClaimantAlias",
    "ClaimantRole",
    "Decision",
    "Decline",
    "ExternalFactCheck",
    "ExternalMatch",
    "ExtractionRun",
    "Merge",
    "MethodologyVersion",
    "Outreach",
    "Rating",
    "RatingScale",
    "Review",
    "SavedFilter",
    "SearchEntry",
    "Slug",
    "Source",
    "State",
    "Topic",
    "TriageHold",
    "TriageWeights",
    "Verdict",
]
