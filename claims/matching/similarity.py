"""How sure is it that a claim is the one that was asked for? A formula of four numbers; docs/matching.md explains it.

    strength   = closeness + 0.3 * words + 0.3 * cover
    lead       = strength - the best strength of another claim, at most 0.3
    similarity = 1 / (1 + exp(-11 * (strength + lead - 1.05)))

The constants are round numbers, set by hand with the train and dev parts of CheckThat! 2020 on the screen.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# What words add to the closeness of meaning: the share of the best claim's BM25, and that of what the query says.
WORDS, COVER = 0.3, 0.3
# Further ahead than this of every other claim says no more.
MOST_LEAD = 0.3
# Of those at the middle one in two is the claim asked for; the slope makes the steps between. Words alone put as
# good an answer a little lower.
SLOPE, MIDDLE, MIDDLE_OF_WORDS = 11.0, 1.05, 1.0


def strengths(closeness: "Numbers", bm25: "Numbers", cover: "Numbers") -> "Numbers":
    """How much speaks for each claim, for one query; it is what claims are ranked by. Nothing: 0.0, most: 1.6.

    closeness: of meaning, the cosine of the two vectors; without vectors the root of the cosine of the two texts as
    bags of words. bm25: 0.0 upwards. cover: 0.0 to 1.0, see word_index.Overlap.
    """
    best = bm25.max(initial=0.0)
    found: Numbers = closeness + WORDS * bm25 / (best or 1.0) + COVER * cover
    return found


def similarities(strength: "Numbers", *, runner_up: float, by_words: bool = False) -> "Numbers":
    """The similarity, 0.0 to 1.0, of each claim, the best first and `runner_up` the strength of the next other claim.

    Of like answers to other queries about this share is right. by_words: the closeness was one of words.
    """
    import numpy as np

    best = strength.max(initial=0.0)
    lead = np.where(strength == best, min(best - runner_up, MOST_LEAD), strength - best)
    sure: Numbers = 1 / (1 + np.exp(-SLOPE * (strength + lead - (MIDDLE_OF_WORDS if by_words else MIDDLE))))
    return sure
