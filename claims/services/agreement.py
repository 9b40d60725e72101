"""How often two people who did not know each other's rating gave the same one. docs/review.md says how to read it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q

from claims.models import Rating, RatingScale, Review

FLOOR = 20  # pairs; under that chance alone moves kappa by more than 0.2 either way

Pair = tuple[int, int]  # the first rating and the second, as primary keys


@dataclass(frozen=True, slots=True)
class Figure:
    """of: what is measured. pairs: how many. share and kappa: None under the floor; kappa also where all is alike."""

    of: Any
    pairs: int
    share: float | None
    kappa: float | None

    @property
    def too_few(self) -> bool:
        return self.pairs < FLOOR


@dataclass(frozen=True, slots=True)
class Agreement:
    """whole: all pairs of a scale. by_rating: of those in which at least one gave it. by_people: who with whom."""

    whole: Figure
    by_rating: list[Figure]
    by_people: list[Figure]


def share(pairs: Sequence[Pair]) -> float:
    """The part of the pairs that are alike, 0 to 1."""
    return sum(first == second for first, second in pairs) / len(pairs)


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa: 1 is full agreement, 0 what chance would give. None where both said the same throughout.

    J. Cohen, A coefficient of agreement for nominal scales, 1960. Not weighted: some ratings stand off the axis.
    """
    firsts, seconds = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(firsts[rating] * seconds[rating] for rating in firsts) / len(pairs) ** 2
    return None if by_chance == 1 else (share(pairs) - by_chance) / (1 - by_chance)


def scale_in_force() -> RatingScale | None:
    """The newest one that is not retired."""
    return RatingScale.objects.filter(retired_on=None).order_by("-version", "pk").first()


def agreement(scale: RatingScale, *, since: datetime | None = None, for_readers: bool = False) -> Agreement:
    """The agreement on one scale, of blind ratings given since then, in two queries.

    Counts only verdicts that are open to the whole desk, so that nobody learns a rating from a figure. for_readers:
    only those that are published.
    """
    opened = Q(verdict__published_at__isnull=False)
    if not for_readers:
        opened |= Q(verdict__reviews__approved_at__isnull=False)
    period = Q(rated_at__gte=since) if since else Q()
    reviews = Review.objects.rated().filter(opened, period, blind=True, first_rating__scale=scale, rating__scale=scale)
    rows = list(reviews.select_related("verdict__by", "reviewer").order_by("pk").distinct())
    pairs = [(row.first_rating_id, row.rating_id) for row in rows]
    return Agreement(
        whole=_figure(scale, pairs),
        by_rating=[_of_rating(rating, pairs) for rating in Rating.objects.filter(scale=scale)],
        by_people=_by_people(rows),
    )


def _figure(of: Any, pairs: Sequence[Any]) -> Figure:
    if len(pairs) < FLOOR:
        return Figure(of, len(pairs), None, None)
    return Figure(of, len(pairs), share(pairs), kappa(pairs))


def _of_rating(rating: Rating, pairs: Iterable[Any]) -> Figure:
    """share: of the pairs in which somebody gave it, those in which both did. kappa: of this rating against others."""
    as_yes_or_no = [(int(first == rating.pk), int(second == rating.pk)) for first, second in pairs]
    given = [pair for pair in as_yes_or_no if any(pair)]
    if len(given) < FLOOR:
        return Figure(rating, len(given), None, None)
    return Figure(rating, len(given), share(given), kappa(as_yes_or_no))


def _by_people(rows: list[Any]) -> list[Figure]:
    """Two people are one pair, whoever of them wrote and whoever reviewed."""

    def people(row: Any) -> tuple[int, int]:
        low, high = sorted([row.verdict.by_id, row.reviewer_id])
        return low, high

    names = {person.pk: person.byline for row in rows for person in (row.verdict.by, row.reviewer)}
    found = [
        _figure(" · ".join(names[pk] for pk in pair), [(row.first_rating_id, row.rating_id) for row in group])
        for pair, group in groupby(sorted(rows, key=people), key=people)
    ]
    return sorted(found, key=lambda figure: (-figure.pairs, figure.of))
