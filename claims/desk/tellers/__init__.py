"""Entries of the record as sentences: `told` has what they are made with, each other file those of a part."""

from claims.desk.tellers import after, file, talk, verdict  # noqa: F401 - each registers its own
from claims.desk.tellers.pairs import PAIRS, other_claim
from claims.desk.tellers.told import KINDS, ROWS, TELLERS, Action, Kind, Told

__all__ = ["KINDS", "PAIRS", "ROWS", "TELLERS", "Action", "Kind", "Told", "other_claim"]
