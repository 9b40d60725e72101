"""The tables of claims, one file per family."""

from claims.models.appearance import Appearance, Decline, ExtractionRun
from claims.models.claim import Claim
from claims.models.claimant import Claimant, ClaimantAlias, ClaimantRole
from claims.models.conflict import Conflict, Recusal
from claims.models.corrections import Correction, SecondLook
from claims.models.discussion import Attachment, Comment, Mention, Presence
from claims.models.externals import ExternalFactCheck, ExternalMatch
from claims.models.gate import GateException
from claims.models.matching import ClaimEntry, ClaimMatch, Decision, Merge, State
from claims.models.outreach import Outreach
from claims.models.pages import PageChange
from claims.models.ranking import TriageWeights
from claims.models.requests import CorrectionRequest, LegalRequest, Submission
from claims.models.review import Review
from claims.models.search import SearchEntry
from claims.models.slug import Slug
from claims.models.source import Source, SourceCopy
from claims.models.standing import StandingPage
from claims.models.topic import Topic
from claims.models.triage import ClaimSplit, SavedFilter, TriageHold
from claims.models.verdict import Citation, MethodologyVersion, Rating, RatingScale, Verdict
from claims.models.webhook import Delivery, Webhook

__all__ = [
    "Appearance",
    "Attachment",
    "Citation",
    "Claim",
    "ClaimEntry",
    "ClaimMatch",
    "ClaimSplit",
    "Claimant",
    "ClaimantAlias",
    "ClaimantRole",
    "Comment",
    "Conflict",
    "Correction",
    "CorrectionRequest",
    "Decision",
    "Decline",
    "Delivery",
    "ExternalFactCheck",
    "ExternalMatch",
    "ExtractionRun",
    "GateException",
    "LegalRequest",
    "Mention",
    "Merge",
    "MethodologyVersion",
    "Outreach",
    "PageChange",
    "Presence",
    "Rating",
    "RatingScale",
    "Recusal",
    "Review",
    "SavedFilter",
    "SearchEntry",
    "SecondLook",
    "Slug",
    "Source",
    "SourceCopy",
    "StandingPage",
    "State",
    "Submission",
    "Topic",
    "TriageHold",
    "TriageWeights",
    "Verdict",
    "Webhook",
]
