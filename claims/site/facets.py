"""What a search is narrowed by: taken from the address, counted over what was found, kept in every link."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publisher
from claims.models import Claim, Claimant, Rating, Topic
from claims.services.searching import Hit

SHOWN = 8  # values of a facet that are offered: those found most often
YEARS = range(1900, 2101)
ORDERS = ("", "newest")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a search can be narrowed to. rating: for its mark, if it is one."""

    label: str
    number: int
    address: str
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """values: empty where one is chosen already, or where all that was found has the same."""

    label: str
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address says, as rows. order: "" is by relevance."""

    text: str
    order: str = ""
    rating: Rating | None = None
    claimant: Claimant | None = None
    topic: Topic | None = None
    publisher: Publisher | None = None
    year: int | None = None

    def as_query(self) -> dict[str, str]:
        """All that is chosen, as it stands in the address."""
        values = {
            "q": self.text,
            "rating": self.rating and self.rating.code,
            "claimant": self.claimant and self.claimant.slug,
            "topic": self.topic and self.topic.slug,
            "publisher": self.publisher and self.publisher.domain,
            "year": self.year,
            "sort": self.order,
        }
        return {name: str(value) for name, value in values.items() if value}

    def address(self, **otherwise: object) -> str:
        """The address of this search with some of it `otherwise`: "" leaves a part out."""
        query = {name: value for name, value in {**self.as_query(), **otherwise}.items() if value}
        return f"{reverse('search')}?{urlencode(query)}"

    def by_relevance(self) -> str:
        return self.address(sort="")

    def by_date(self) -> str:
        return self.address(sort="newest")

    def wide(self) -> str:
        """The address of the same words among all fact-checks."""
        return self.address(rating="", claimant="", topic="", publisher="", year="")

    def narrowing(self) -> dict[str, Any]:
        """For `SearchEntryQuerySet.narrowed`."""
        return {
            "rating": self.rating and self.rating.code,
            "claimant": self.claimant,
            "topic": self.topic,
            "publisher": self.publisher and [self.publisher.pk],
            "year": self.year,
        }

    def removable(self) -> list[tuple[str, str, str]]:
        """What it is narrowed by: (name of the facet, value, address without it)."""
        labels = {
            "rating": (_("Rating"), self.rating and self.rating.label),
            "claimant": (_("Claimed by"), self.claimant and self.claimant.name),
            "topic": (_("About"), self.topic and self.topic.name),
            "publisher": (_("Published in"), self.publisher and self.publisher.name),
            "year": (_("Checked in"), self.year),
        }
        return [(label, str(value), self.address(**{name: ""})) for name, (label, value) in labels.items() if value]


def chosen(text: str, query: QueryDict) -> Chosen:
    """Read the address. Raises Http404 for a value that there is not; names it does not know are left alone."""
    order = query.get("sort", "")
    if order not in ORDERS:
        raise Http404(_("There is no such order."))
    names = ("rating", "claimant", "topic", "publisher", "year")
    code, slug, topic, domain, year = (str(query.get(name, "")) for name in names)
    return Chosen(
        text=text,
        order=order,
        rating=_rating(code) if code else None,
        claimant=get_object_or_404(Claimant.objects.with_page(), slug=slug) if slug else None,
        topic=get_object_or_404(Topic.objects.with_page(), slug=topic) if topic else None,
        publisher=get_object_or_404(Publisher, domain=domain) if domain else None,
        year=_year(year) if year else None,
    )


def _rating(code: str) -> Rating:
    """Of several scales' ratings with this code, that of the newest."""
    found = Rating.objects.filter(code=code).order_by("-pk").first()
    if found is None:
        raise Http404(_("There is no such rating."))
    return found


def _year(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) == 4 and int(written) in YEARS):
        raise Http404(_("There is no such year."))
    return int(written)


def facets(hits: Iterable[Hit], search: Chosen) -> list[Facet]:
    """What the hits can be narrowed to, with how many of them each value has, in five queries."""
    hits = list(hits)
    years = Counter(timezone.localtime(hit.first_published_at).year for hit in hits)
    offered = [
        Facet(_("Rating"), [] if search.rating else _by_rating(hits, search)),
        Facet(_("Claimed by"), [] if search.claimant else _by_claimant(hits, search)),
        Facet(_("About"), [] if search.topic else _by_topic(hits, search)),
        Facet(_("Published in"), [] if search.publisher else _by_publisher(hits, search)),
        Facet(
            _("Checked in"),
            [] if search.year else [Value(str(y), n, search.address(year=y)) for y, n in sorted(years.items())[::-1]],
        ),
    ]
    return [facet for facet in offered if len(facet.values) > 1]


def _by_rating(hits: list[Hit], search: Chosen) -> list[Value]:
    """Truest first, those off the axis last; ratings of two scales that share a code are one."""
    numbers = Counter(hit.rating for hit in hits)
    ratings = sorted(Rating.objects.in_bulk(numbers).values(), key=lambda one: (one.value is None, -(one.value or 0)))
    by_code = {rating.code: rating for rating in ratings}
    return [
        Value(rating.label, sum(numbers[r.pk] for r in ratings if r.code == code), search.address(rating=code), rating)
        for code, rating in by_code.items()
    ]


def _by_claimant(hits: list[Hit], search: Chosen) -> list[Value]:
    numbers = Counter(hit.claimant for hit in hits if hit.claimant is not None)
    rows = Claimant.objects.in_bulk(_most(numbers))
    return [Value(rows[pk].name, n, search.address(claimant=rows[pk].slug)) for pk, n in _ordered(numbers, rows)]


def _by_topic(hits: list[Hit], search: Chosen) -> list[Value]:
    links = Claim.topics.through._default_manager.filter(claim__in=[hit.claim for hit in hits])
    numbers = Counter(links.values_list("topic", flat=True))
    rows = Topic.objects.in_bulk(_most(numbers))
    return [Value(rows[pk].name, n, search.address(topic=rows[pk].slug)) for pk, n in _ordered(numbers, rows)]


def _by_publisher(hits: list[Hit], search: Chosen) -> list[Value]:
    numbers = Counter(publisher for hit in hits for publisher in hit.publishers)
    rows = Publisher.objects.in_bulk(_most(numbers))
    return [Value(rows[pk].name, n, search.address(publisher=rows[pk].domain)) for pk, n in _ordered(numbers, rows)]


def _most(numbers: Counter[int]) -> list[int]:
    return [pk for pk, _n in numbers.most_common(SHOWN)]


def _ordered(numbers: Counter[int], rows: Mapping[int, Any]) -> list[tuple[int, int]]:
    """(key, number) of the rows, the most frequent first, then by name."""
    return sorted(((pk, numbers[pk]) for pk in rows), key=lambda pair: (-pair[1], rows[pair[0]].name))
