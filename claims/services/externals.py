"""Bringing in fact-checks of others. Matching them is `claims.services.matching`'s: a new wording waits for it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import transaction

from claims.claimreviews import Fault, Review
from claims.models import ExternalFactCheck

LOT = 500  # entries a transaction
NAMED = 20  # faults that are told in words
KEPT = [
    "publisher", "publisher_site", "title", "claim_text", "claimant", "claimed_on", "rating", "reviewed_on",
    "language", "raw",
]  # fmt: skip


@dataclass
class Tally:
    """What became of a feed so far. read: everything else together. repeated: what the feed had said before.

    faults: the first NAMED of the broken ones.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    broken: int = 0
    faults: list[Fault] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {name: count for name, count in asdict(self).items() if name != "faults"}


def import_claimreviews(
    entries: Iterable[Review | Fault], *, told: Callable[[Tally], None] = lambda _tally: None
) -> Tally:
    """Store the fact-checks of a feed, a lot at a time; `told` hears how far it is after each.

    Safe to repeat, and to break off and begin again: only what is new or says something else is written. An entry
    whose claim is worded anew waits to be matched anew (by trigger); the others keep their matches.
    """
    tally, told_apart = Tally(), _Pages()
    ahead = iter(entries)
    while lot := list(islice(ahead, LOT)):
        faults = [entry for entry in lot if isinstance(entry, Fault)]
        reviews = list(told_apart.once(entry for entry in lot if isinstance(entry, Review)))
        new, changed = _store(reviews)
        tally.read += len(lot)
        tally.new += new
        tally.changed += changed
        tally.unchanged += len(reviews) - new - changed
        tally.repeated += len(lot) - len(faults) - len(reviews)
        tally.broken += len(faults)
        tally.faults += faults[: NAMED - len(tally.faults)]
        told(tally)
    return tally


class _Pages:
    """Which claims a feed has checked on which page so far: many a page checks several, and feeds repeat themselves.

    The first claim of a page is kept under the page's address, each other one under the address with a mark made of
    its words. Hashes alone are held: some 200 bytes for each entry.
    """

    def __init__(self) -> None:
        self._first = dict[int, int]()
        self._others = set[int]()

    def once(self, reviews: Iterable[Review]) -> Iterator[Review]:
        """Leave out what was said before; give each other review an address of its own."""
        for review in reviews:
            words = hash(review.claim_text)
            first = self._first.setdefault(hash(review.url), words)
            if first != words:
                review = replace(review, url=_marked(review))
            seen = hash((review.url, words))
            if seen not in self._others:
                self._others.add(seen)
                yield review


def _marked(review: Review) -> str:
    sign = "&" if "#" in review.url else "#"
    return f"{review.url}{sign}claim-{sha256(review.claim_text.encode()).hexdigest()[:16]}"


@transaction.atomic
def _store(reviews: Sequence[Review]) -> tuple[int, int]:
    """Write what is new or changed. Returns how many are new, and how many changed."""
    urls = [review.url for review in reviews]
    known = ExternalFactCheck.objects.only("url", *KEPT).in_bulk(urls, field_name="url")
    new = [review for review in reviews if review.url not in known]
    changed = [review for review in reviews if review.url in known and _differs(review, known[review.url])]
    rows = [ExternalFactCheck(**_fields(review)) for review in (*new, *changed)]
    rows.sort(key=lambda row: row.url)  # two imports at once wait for each other, and never in a circle
    ExternalFactCheck.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["url"], update_fields=[*KEPT, "imported_at"]
    )
    return len(new), len(changed)


def _fields(review: Review) -> dict[str, Any]:
    return {name: getattr(review, name) for name in ("url", *KEPT)}


def _differs(review: Review, row: ExternalFactCheck) -> bool:
    return any(getattr(review, name) != getattr(row, name) for name in KEPT)
