"""Which statement comes back most often: claims with the most others counted with them, or waiting to be."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext as _

from claims.desk.pages import DeskRequest, need, show
from claims.models import Claim, ClaimMatch

A_PAGE = 20
MEMBERS = 6  # listed of a cluster


@dataclass(frozen=True, slots=True)
class Cluster:
    """Claims that say the same. members: those that stand, the one with a verdict or else the oldest first; size: with
    those that were merged into them; times, first_on, last_on, publishers: of all of them.
    """

    members: list[Any]
    size: int
    times: int
    first_on: date | None
    last_on: date | None
    publishers: list[str]

    @property
    def head(self) -> Any:
        return self.members[0]

    @property
    def others(self) -> list[Any]:
        return self.members[1:MEMBERS]

    @property
    def unlisted(self) -> int:
        return max(0, len(self.members) - MEMBERS)


def clusters_page(request: DeskRequest) -> HttpResponse:
    """Show the clusters, the largest first, in four queries however many."""
    need(request, "claims.view_claim")
    page = Paginator(_by_size(), A_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("What comes back most often"), "page": page, "clusters": _loaded(list(page.object_list))}
    return show(request, "admin/clusters.html", context)


def _by_size() -> list[tuple[int, list[int]]]:
    """Each cluster as its size and the numbers of its claims that stand; the largest first, of two alike the newer.

    Merges count, and pairs taken for the same that nobody rejected. Related pairs do not: over them nearly everything
    hangs together.
    """
    merged = Claim.objects.filter(merged_into__isnull=False).order_by().values_list("merged_into")
    with_it = dict(merged.annotate(n=Count("pk")))
    together = _connected(ClaimMatch.objects.taken_for_the_same().values_list("low", "high"))
    groups = [*together, *([pk] for pk in with_it.keys() - {pk for group in together for pk in group})]
    sizes = [(sum(1 + with_it.get(pk, 0) for pk in group), group) for group in groups]
    return sorted(sizes, key=lambda one: (-one[0], -one[1][-1]))


def _connected(pairs: Any) -> list[list[int]]:
    """The groups of numbers that hang together over `pairs`, each in order."""
    beside = defaultdict[int, set[int]](set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    groups, seen = list[list[int]](), set[int]()
    for start in beside:
        group, ahead = set[int](), {start} - seen
        while ahead:
            group |= ahead
            ahead = {other for one in ahead for other in beside[one]} - group
        if group:
            groups.append(sorted(group))
        seen |= group
    return groups


def _loaded(sizes: list[tuple[int, list[int]]]) -> list[Cluster]:
    claims = Claim.objects.beside().in_bulk([pk for _size, group in sizes for pk in group])
    there = [(size, [claims[pk] for pk in group if pk in claims]) for size, group in sizes]
    return [_cluster(size, members) for size, members in there if members]


def _cluster(size: int, members: list[Any]) -> Cluster:
    days = [day for one in members for day in (one.first_on, one.last_on) if day]
    return Cluster(
        sorted(members, key=lambda one: (one.verdict is None, one.pk)),
        size,
        sum(one.times for one in members),
        min(days, default=None),
        max(days, default=None),
        sorted({name for one in members for name in one.publishers or []}),
    )
