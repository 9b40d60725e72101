"""The tables of claims, one file per family."""

from claims.models.appearance import Appearance, Decline, ExtractionRun
from claims.models.claim import Claim, Slug
from claims.models.claimant import Claimant, ClaimantAlias, ClaimantRole
from claims.models.corrections import Correction, SecondLook
from claims.models.externals import ExternalFactCheck, ExternalMatch
from claims.models.matching import ClaimEntry, ClaimMatch, Decision, Merge, State
from claims.models.outreach import Outreach
from claims.models.ranking import TriageWeights
from claims.models.requests import CorrectionRequest, LegalRequest, Submission
from claims.models.search import SearchEntry
from claims.models.source import Source
from claims.models.topic import Topic
from claims.models.verdict import Citation, MethodologyVersion, Rating, RatingScale, Review, Verdict

__all__ = [
    "Appearance",
    "Citation",
    "Claim",
    "ClaimEntry",
    "ClaimMatch",
    "Claimant",
    "ClaimantAlias",
    "ClaimantRole",
    "Correction",
    "CorrectionRequest",
    "Decision",
    "Decline",
    "ExternalFactCheck",
    "ExternalMatch",
    "ExtractionRun",
    "LegalRequest",
    "Merge",
    "MethodologyVersion",
    "Outreach",
    "Rating",
    "RatingScale",
    "Review",
    "SearchEntry",
    "SecondLook",
    "Slug",
    "Source",
    "State",
    "Submission",
    "Topic",
    "TriageWeights",
    "Verdict",
]
