"""Claim matching, pure: the truth conditions of a text, and the comparison of two. docs/matching.md explains it.

What a text says is read once and kept (`TruthConditions.as_dict`); comparing two needs no parser.
"""

from claims.matching.comparison import Comparison, Decision, compare
from claims.matching.conditions import RULES_VERSION, TruthConditions
from claims.matching.findings import Difference
from claims.matching.understanding import read_conditions, truth_conditions

__all__ = [
    "RULES_VERSION",
    "Comparison",
    "Decision",
    "Difference",
    "TruthConditions",
    "compare",
    "read_conditions",
    "truth_conditions",
]
