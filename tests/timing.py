"""How long something takes, for tests of how cost grows: never against the clock, and the least of some rounds."""

import time
from collections.abc import Callable


def least_seconds(work: Callable[[], object], *, rounds: int = 3) -> float:
    """The least processor time of some rounds: what other programs on the machine took does not count."""
    least = float("inf")
    for _round in range(rounds):
        begun = time.process_time()
        work()
        least = min(least, time.process_time() - begun)
    return least
