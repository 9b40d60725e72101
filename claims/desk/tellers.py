"""An entry of the record as a sentence.

A new table needs nothing here: it is told by its own names ("Comment added."). To tell it better, write a function and
put `@tells(Model, Kind.…)` above it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import (
    Appearance,
    Citation,
    Claim,
    Claimant,
    ClaimantAlias,
    ClaimantRole,
    ClaimMatch,
    Decline,
    ExternalMatch,
    Merge,
    Outreach,
    Review,
    Slug,
    Source,
    State,
    Verdict,
)
from people.models import RecordEntry

Action = RecordEntry.Action


class Kind(models.TextChoices):
    """What the history can be narrowed to."""

    CLAIM = "claim", gettext_lazy("The claim")
    VERDICT = "verdict", gettext_lazy("Verdicts and reviews")
    SOURCE = "source", gettext_lazy("Sources")
    PLACE = "place", gettext_lazy("Where it appears")
    MATCH = "match", gettext_lazy("The same or alike")
    CLAIMANT = "claimant", gettext_lazy("The claimant")
    OTHER = "other", gettext_lazy("Everything else")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with what a sentence about it needs. claim: whose history it is. row: the row as it is now, or None.

    named: a value of a column in words.
    """

    entry: RecordEntry
    claim: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    row: Any
    named: Callable[[str, Any], str]

    @property
    def whole(self) -> Mapping[str, Any]:
        """The row that came or went."""
        return self.before if self.entry.action == Action.DELETE else self.after

    def from_to(self, column: str) -> dict[str, str]:
        return {name: self.named(column, getattr(self, name)[column]) for name in ("before", "after")}


Tell = Callable[[Told], str]
TELLERS: dict[str, Tell] = {}
KINDS: dict[str, Kind] = {}


def tells(model: type[models.Model], kind: Kind) -> Callable[[Tell], Tell]:
    """Tell what happens to rows of `model` by this function; where it says "", by the names of the columns."""

    def told_by(tell: Tell) -> Tell:
        TELLERS[model._meta.db_table], KINDS[model._meta.db_table] = tell, kind
        return tell

    return told_by


PLAINLY: dict[type[models.Model], Kind] = {  # told by their own names
    Claim.topics.through: Kind.CLAIM,
    Verdict.writers.through: Kind.VERDICT,
    Claimant: Kind.CLAIMANT,
}
KINDS.update({model._meta.db_table: kind for model, kind in PLAINLY.items()})


@tells(Claim, Kind.CLAIM)
def claim(told: Told) -> str:
    after = told.after
    if told.entry.row_id != told.claim:
        joined = after.get("part_of_id") == told.claim
        part = _("Claim %(n)s became a part of this one.") if joined else _("Claim %(n)s is no part of this one.")
        return part % {"n": told.entry.row_id}
    if told.entry.action == Action.INSERT:
        return str(ORIGINS.get(after.get("origin", ""), ORIGINS[Claim.Origin.EXTRACTED]))
    said = [str(sentence) % told.from_to(column) for column, sentence in MOVES.items() if column in after]
    if "check_worthiness" in after and "status" not in after:
        said.append(_("Score changed from %(before)s to %(after)s.") % _scores(told))
    if after.get("merged_into_id"):
        said.append(_("Merged into claim %(n)s.") % {"n": after["merged_into_id"]})
    if after.get("part_of_id"):
        said.append(_("Made a part of claim %(n)s.") % {"n": after["part_of_id"]})
    return " ".join(said)


ORIGINS = {
    Claim.Origin.BY_HAND: gettext_lazy("Entered by hand."),
    Claim.Origin.EXTRACTED: gettext_lazy("Found by the extractor."),
    Claim.Origin.IMPORTED: gettext_lazy("Imported."),
}
MOVES = {
    "status": gettext_lazy("Moved from “%(before)s” to “%(after)s”."),
    "text": gettext_lazy("Wording changed from “%(before)s”."),
    "claimant_id": gettext_lazy("Claimant changed from %(before)s to %(after)s."),
    "assigned_to_id": gettext_lazy("Assigned to %(after)s, before to %(before)s."),
    "claimed_on": gettext_lazy("Claimed on: %(after)s, before %(before)s."),
    "due_on": gettext_lazy("Due: %(after)s, before %(before)s."),
    "importance": gettext_lazy("Importance changed from “%(before)s” to “%(after)s”."),
    "publish_at": gettext_lazy("To be published at: %(after)s, before %(before)s."),
    "embargo_until": gettext_lazy("Embargo until: %(after)s, before %(before)s."),
}


def _scores(told: Told) -> dict[str, str]:
    scores = {"before": told.before["check_worthiness"], "after": told.after["check_worthiness"]}
    return {name: _("none") if score is None else number_format(round(score, 2), 2) for name, score in scores.items()}


@tells(Slug, Kind.CLAIM)
def slug(told: Told) -> str:
    return _("Its page got the address %(slug)s.") % {"slug": told.whole.get("slug", "")}


@tells(Verdict, Kind.VERDICT)
def verdict(told: Told) -> str:
    if told.entry.action == Action.INSERT:
        return _("Verdict begun, version %(number)s.") % {"number": told.after["version"]}
    if told.after.get("published_at"):
        return _("Verdict published.")
    if set(told.after) == {"saves"}:
        return _("The wording under the verdict changed: earlier approvals do not count any more.")
    return ""


@tells(Source, Kind.SOURCE)
def source(told: Told) -> str:
    title = {"title": told.whole.get("title", "")}
    if told.entry.action == Action.INSERT:
        return _("Source added: “%(title)s”.") % title
    return _("Source removed: “%(title)s”.") % title if told.entry.action == Action.DELETE else ""


@tells(Citation, Kind.SOURCE)
def citation(told: Told) -> str:
    if told.entry.action == Action.UPDATE:
        stance = _("A source’s stance changed from “%(before)s” to “%(after)s”.")
        return stance % told.from_to("stance") if "stance" in told.after else ""
    said = {
        "source": told.named("source_id", told.whole["source_id"]),
        "stance": told.named("stance", told.whole["stance"]),
    }
    if told.entry.action == Action.INSERT:
        return _("The verdict cites “%(source)s”: %(stance)s.") % said
    return _("The verdict does not cite “%(source)s” any more.") % said


@tells(Review, Kind.VERDICT)
def review(told: Told) -> str:
    outcome = told.after.get("outcome")
    return _("Reviewed: %(outcome)s.") % {"outcome": told.named("outcome", outcome)} if outcome else ""


@tells(Decline, Kind.CLAIM)
def decline(told: Told) -> str:
    if told.entry.action != Action.INSERT:
        return ""
    said = _("Declined: %(reason)s.") % {"reason": told.named("reason", told.after["reason"])}
    return f"{said} {told.after.get('note', '')}".strip()


@tells(Appearance, Kind.PLACE)
def appearance(told: Told) -> str:
    quote = {"quote": told.whole.get("quote", "")}
    if told.entry.action == Action.INSERT:
        return _("Found in an article: “%(quote)s”.") % quote
    return _("A place was taken out: “%(quote)s”.") % quote if told.entry.action == Action.DELETE else ""


@tells(Outreach, Kind.CLAIMANT)
def outreach(told: Told) -> str:
    if told.entry.action == Action.INSERT:
        said = {"whom": told.after["whom"], "channel": told.named("channel", told.after["channel"])}
        return _("%(whom)s was asked (%(channel)s).") % said
    return _("An answer came: “%(answer)s”") % {"answer": told.after["answer"]} if told.after.get("answer") else ""


@tells(ClaimantRole, Kind.CLAIMANT)
def role(told: Told) -> str:
    title = {"title": told.whole.get("title", "")}
    if told.entry.action == Action.INSERT:
        return _("The claimant’s role was added: %(title)s.") % title
    return _("The claimant’s role was removed: %(title)s.") % title if told.entry.action == Action.DELETE else ""


@tells(ClaimantAlias, Kind.CLAIMANT)
def alias(told: Told) -> str:
    name = {"name": told.whole.get("name", "")}
    if told.entry.action == Action.INSERT:
        return _("The claimant is also written %(name)s.") % name
    return _("The claimant is not written %(name)s any more.") % name if told.entry.action == Action.DELETE else ""


def other_claim(told: Told) -> int | None:
    """The claim on the other side of a pair, a merge or a whole and its parts; None where there is none."""
    if told.entry.table_name == Claim._meta.db_table:
        here = told.claim if told.entry.row_id != told.claim else None
        return told.entry.row_id if here else told.after.get("merged_into_id") or told.after.get("part_of_id")
    sides = PAIRS.get(told.entry.table_name, ())
    numbers = [told.whole.get(side) or getattr(told.row, side, None) for side in sides]
    return next((number for number in numbers if number and number != told.claim), None)


PAIRS = {Merge._meta.db_table: ("loser_id", "winner_id"), ClaimMatch._meta.db_table: ("low_id", "high_id")}


@tells(Merge, Kind.MATCH)
def merge(told: Told) -> str:
    """Seen from the claim that others are counted with; what was merged tells it as a move."""
    loser = told.whole.get("loser_id") or getattr(told.row, "loser_id", None)
    if loser in {None, told.claim}:
        return _("This claim is counted with another one.") if told.entry.action == Action.INSERT else ""
    if told.entry.action == Action.INSERT:
        return _("Claim %(number)s is counted with this one.") % {"number": loser}
    gone = told.entry.action == Action.DELETE or told.after.get("undone_at")
    return _("Claim %(number)s is not counted with this one any more.") % {"number": loser} if gone else ""


@tells(ClaimMatch, Kind.MATCH)
def match(told: Told) -> str:
    return str(SAME.get(told.after.get("state", ""), "")) % {"number": other_claim(told)}


SAME = {
    State.CONFIRMED: gettext_lazy("Said to be the same as claim %(number)s."),
    State.REJECTED: gettext_lazy("Said not to be the same as claim %(number)s."),
    State.SUGGESTED: gettext_lazy("Taken back what was said of this claim and claim %(number)s."),
}


@tells(ExternalMatch, Kind.MATCH)
def external(told: Told) -> str:
    if told.row is None:
        return ""
    said = {"who": told.row.external.publisher, "claim": told.row.external.claim_text}
    return str(CHECKED.get(told.after.get("state", ""), "")) % said


CHECKED = {
    State.CONFIRMED: gettext_lazy("Said to be what %(who)s has checked: “%(claim)s”."),
    State.REJECTED: gettext_lazy("Said not to be what %(who)s has checked: “%(claim)s”."),
    State.SUGGESTED: gettext_lazy("Taken back what was said of the fact-check by %(who)s."),
}
