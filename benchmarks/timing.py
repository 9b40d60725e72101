"""How long something takes: the least of some rounds, so that what else the machine did does not count."""

import time
from collections.abc import Callable


def least_seconds(
    work: Callable[[], object], *, rounds: int = 3, clock: Callable[[], float] = time.process_time
) -> float:
    """The least of some rounds by `clock`: processor time, or time.perf_counter where waiting is part of the work."""
    least = float("inf")
    for _round in range(rounds):
        begun = clock()
        work()
        least = min(least, clock() - begun)
    return least
