"""Bringing in lists of claims with their sources: first what would become of each row, then all of it or nothing."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.interchange import READ, SOURCES, List, ListError, Row, read_list
from claims.interchange.reading import MOST_ROWS
from claims.models import Claim, Claimant, Source, Topic
from claims.services.claims import claimant_named, free_slug
from claims.services.copies import ask_for_copies
from claims.services.importing_rows import Draft, Wrong, claim_of, source_of
from claims.services.lifecycle import require
from people.models import User
from people.record import recorded

LOT = 500
T = TypeVar("T")


class State(StrEnum):
    NEW = "new"
    KNOWN = "known"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of a row. said: why it is known or a problem. file: 1, or 2 for the file of sources."""

    row: int
    state: State
    draft: Draft | None = None
    column: str = ""
    said: str = ""
    file: int = 1


@dataclass(slots=True)
class Plan:
    """What would become of a file. digest: of the files and of all that is planned."""

    rows: list[Planned] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    digest: str = ""

    def of(self, state: State) -> list[Planned]:
        return [row for row in self.rows if row.state == state]

    @property
    def new(self) -> list[Planned]:
        return self.of(State.NEW)

    @property
    def known(self) -> list[Planned]:
        return self.of(State.KNOWN)

    @property
    def problems(self) -> list[Planned]:
        return self.of(State.PROBLEM)


def plan_import(body: bytes, sources: bytes = b"", *, most_rows: int = MOST_ROWS) -> Plan:
    """Say what would become of each row, without writing anything.

    body: claims, as CSV or JSON lines. sources: CSV or JSON lines whose `claim` is the `id` of a row of `body`.
    Raises NotReady with a sentence for a file that cannot be read.
    """
    claims = _read(body, columns=(*READ, "sources"), needs=("text",), most_rows=most_rows)
    beside = _read(sources, columns=SOURCES, needs=("claim", "title"), most_rows=most_rows) if sources else List()
    faults = [Planned(fault.row, State.PROBLEM, column=fault.column, said=fault.reason) for fault in claims.faults]
    faults += [Planned(f.row, State.PROBLEM, column=f.column, said=f.reason, file=2) for f in beside.faults]
    drafts: dict[int, Draft] = {}
    for row in claims.rows:
        try:
            drafts[row.number] = claim_of(row)
        except Wrong as wrong:
            faults.append(Planned(row.number, State.PROBLEM, column=wrong.column, said=str(wrong)))
    faults += _attached(drafts, beside)
    plan = Plan(sorted([*faults, *_told_apart(drafts)], key=lambda one: (one.file, one.row)))
    plan.unread = [*claims.unread, *beside.unread]
    states = "".join(f"{one.file} {one.row} {one.state} {one.said}\n" for one in plan.rows)
    parts = (hashlib.sha256(part).digest() for part in (body, sources, states.encode()))
    plan.digest = hashlib.sha256(b"".join(parts)).hexdigest()
    return plan


def _read(body: bytes, *, columns: Sequence[str], needs: Sequence[str], most_rows: int) -> List:
    try:
        return read_list(body, columns=columns, needs=needs, most_rows=most_rows)
    except ListError as error:
        raise NotReady(str(error)) from error


def _attached(drafts: dict[int, Draft], beside: List) -> list[Planned]:
    """Give each draft its sources of the second file. Returns the rows of it that are wrong."""
    by_id = {draft.id: draft for draft in drafts.values() if draft.id}
    faults = []
    for row in beside.rows:
        try:
            _of_row(row, by_id).sources.append(
                source_of({name: row.values[name] for name in row.values if name != "claim"})
            )
        except Wrong as wrong:
            faults.append(Planned(row.number, State.PROBLEM, column=wrong.column, said=str(wrong), file=2))
    return faults


def _of_row(row: Row, by_id: dict[str, Draft]) -> Draft:
    draft = by_id.get(str(row.values.get("claim", "")))
    if draft is None:
        raise Wrong("claim", _("No claim of the first file has this id."))
    return draft


def _told_apart(drafts: dict[int, Draft]) -> Iterator[Planned]:
    """New is what neither the desk nor an earlier row says, in the same words and by the same claimant."""
    known = _known({draft.text for draft in drafts.values()})
    ids: dict[str, int] = {}
    rows: dict[tuple[str, str], int] = {}
    for number, draft in drafts.items():
        key = (draft.text, draft.claimant.casefold())
        if draft.id and ids.setdefault(draft.id, number) != number:
            said = _("Row %(row)s has this id already.") % {"row": ids[draft.id]}
            yield Planned(number, State.PROBLEM, draft, "id", said)
        elif key in known:
            yield Planned(number, State.KNOWN, draft, said=_("Claim %(n)s says this.") % {"n": known[key]})
        elif rows.setdefault(key, number) != number:
            yield Planned(number, State.KNOWN, draft, said=_("Row %(row)s says this.") % {"row": rows[key]})
        else:
            yield Planned(number, State.NEW, draft)


def _known(texts: set[str]) -> dict[tuple[str, str], int]:
    """Claims of the desk with one of these texts, by text and claimant."""
    found: dict[tuple[str, str], int] = {}
    for lot in _lots(sorted(texts), LOT * 10):
        claims = Claim.objects.filter(text__in=lot).order_by("-pk").values_list("pk", "text", "claimant__name")
        found |= {(text, (name or "").casefold()): pk for pk, text, name in claims}
    return found


def _lots(items: Iterable[T], size: int) -> Iterator[list[T]]:
    ahead = iter(items)
    while lot := list(islice(ahead, size)):
        yield lot


@transaction.atomic
def import_claims(plan: Plan, *, digest: str, by: User | None) -> int:
    """Write every new row of a plan as a candidate for triage, and return how many.

    digest: of the plan that the person saw. Raises StaleClaim where this one is another, NotReady where any row is a
    problem. Either way nothing is written.
    """
    if by is not None:
        require(by, "claims.add_claim")
    if digest != plan.digest:
        raise StaleClaim(_("The file or the desk is not what you were shown. Look at the list again."))
    if plan.problems:
        raise NotReady(_("Nothing is imported while a row has a problem."))
    drafts = [row.draft for row in plan.new if row.draft]
    with recorded(by=by, why=_("imported from a list")):
        claimants, topics = _claimants(drafts), _topics(drafts)
        for lot in _lots(drafts, LOT):
            _store(lot, claimants, topics)
    return len(drafts)


def _store(drafts: list[Draft], claimants: dict[str, Claimant], topics: dict[str, Topic]) -> None:
    """A lot of claims with their topics, and sources with a wish for a copy of each, in four queries."""
    claims = Claim.objects.bulk_create(
        Claim(text=draft.text, claimant=claimants.get(draft.claimant), origin=Claim.Origin.IMPORTED, **draft.fields)
        for draft in drafts
    )
    pairs = list(zip(claims, drafts, strict=True))
    through: Any = Claim.topics.through
    linked = {(claim.pk, topics[name.casefold()].pk) for claim, draft in pairs for name in draft.topics}
    through.objects.bulk_create(through(claim_id=claim, topic_id=topic) for claim, topic in sorted(linked))
    sources = [Source(claim=claim, **source) for claim, draft in pairs for source in draft.sources]
    ask_for_copies(Source.objects.bulk_create(sources))


def _claimants(drafts: list[Draft]) -> dict[str, Claimant]:
    """The claimants by the names of the file. One that is new here is hidden from readers if any row says so."""
    newest = Claimant.objects.aggregate(newest=Max("pk"))["newest"] or 0
    named = {name: claimant_named(name) for name in {draft.claimant for draft in drafts if draft.claimant}}
    found = {name: claimant for name, claimant in named.items() if claimant}
    private = {found[draft.claimant].pk for draft in drafts if draft.claimant in found and not draft.named_publicly}
    Claimant.objects.filter(pk__in=private, pk__gt=newest).update(named_publicly=False)
    return found


def _topics(drafts: list[Draft]) -> dict[str, Topic]:
    """The topics by their names in small letters, made where there are none."""
    names = {name.casefold(): name for draft in drafts for name in draft.topics}
    found = {topic.name.casefold(): topic for topic in Topic.objects.all()}
    for key in sorted(set(names) - set(found)):
        slug = free_slug(names[key], taken=Topic.objects.values_list("slug", flat=True), otherwise="topic")
        found[key] = Topic.objects.create(name=names[key], slug=slug)
    return found
