"""The tables of claims, one file per family."""

from claims.models.appearance import Appearance, Decline, ExtractionRun
from claims.models.claim import Claim, Slug
from claims.models.claimant import Claimant, ClaimantAlias, ClaimantRole
from claims.models.conflict import Conflict, Recusal
from claims.models.externals import ExternalFactCheck, ExternalMatch
from claims.models.gate import GateException
from claims.models.matching import ClaimEntry, ClaimMatch, Decision, Merge, State
from claims.models.outreach import Outreach
from claims.models.ranking import TriageWeights
from claims.models.review import Review
from claims.models.search import SearchEntry
from claims.models.source import Source
from claims.models.topic import Topic
from claims.models.verdict import Citation, MethodologyVersion, Rating, RatingScale, Verdict

__all__ = [
    "Appearance",
    "Citation",
    "Claim",
    "ClaimEntry",
    "ClaimMatch",
    "Claimant",
    "ClaimantAlias",
    "ClaimantRole",
    "Conflict",
    "Decision",
    "Decline",
    "ExternalFactCheck",
    "ExternalMatch",
    "ExtractionRun",
    "GateException",
    "Merge",
    "MethodologyVersion",
    "Outreach",
    "Rating",
    "RatingScale",
    "Recusal",
    "Review",
    "SearchEntry",
    "Slug",
    "Source",
    "State",
    "Topic",
    "TriageWeights",
    "Verdict",
]
