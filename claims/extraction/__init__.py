"""Article text to candidate claims. Pure: no Django, no database, no network."""

from claims.extraction.candidate import EXTRACTOR_VERSION, Candidate, Reason, Rejection, Resolution
from claims.extraction.language import foreign_language
from claims.extraction.parsing import load_model
from claims.extraction.pipeline import extract_claims, read_text, rejected_sentences, score_sentences
from claims.extraction.weights import load_weights

__all__ = [
    "EXTRACTOR_VERSION",
    "Candidate",
    "Reason",
    "Rejection",
    "Resolution",
    "extract_claims",
    "foreign_language",
    "load_model",
    "load_weights",
    "read_text",
    "rejected_sentences",
    "score_sentences",
]
