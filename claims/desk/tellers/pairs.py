"""Two claims, or a claim and a check by others, as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.tellers.told import Action, Kind, Told, tells
from claims.models import Claim, ClaimMatch, ClaimSplit, ExternalMatch, Merge, State

EXTERNALS = ExternalMatch.objects.select_related("external").only("external__publisher", "external__claim_text")


def other_claim(told: Told) -> int | None:
    """The claim on the other side of a pair, a merge or a whole and its parts; None where there is none."""
    if told.entry.table_name == Claim._meta.db_table:
        here = told.claim if told.entry.row_id != told.claim else None
        return told.entry.row_id if here else told.after.get("merged_into_id") or told.after.get("part_of_id")
    sides = PAIRS.get(told.entry.table_name, ())
    numbers = [told.whole.get(side) or getattr(told.row, side, None) for side in sides]
    return next((number for number in numbers if number and number != told.claim), None)


PAIRS = {
    Merge._meta.db_table: ("loser_id", "winner_id"),
    ClaimMatch._meta.db_table: ("low_id", "high_id"),
    ClaimSplit._meta.db_table: ("claim_id", "part_id"),
}


@tells(Merge, Kind.MATCH, rows=Merge.objects.only("loser", "winner"))
def merge(told: Told) -> str:
    """Seen from the claim that others are counted with; what was merged tells it as a move."""
    loser = told.whole.get("loser_id") or getattr(told.row, "loser_id", None)
    if loser in {None, told.claim}:
        return _("This claim is counted with another one.") if told.entry.action == Action.INSERT else ""
    if told.entry.action == Action.INSERT:
        return _("Claim %(number)s is counted with this one.") % {"number": loser}
    gone = told.entry.action == Action.DELETE or told.after.get("undone_at")
    return _("Claim %(number)s is not counted with this one any more.") % {"number": loser} if gone else ""


@tells(ClaimMatch, Kind.MATCH, rows=ClaimMatch.objects.only("low", "high"))
def match(told: Told) -> str:
    return str(SAME.get(told.after.get("state", ""), "")) % {"number": other_claim(told)}


SAME = {
    State.CONFIRMED: gettext_lazy("Said to be the same as claim %(number)s."),
    State.REJECTED: gettext_lazy("Said not to be the same as claim %(number)s."),
    State.SUGGESTED: gettext_lazy("Taken back what was said of this claim and claim %(number)s."),
}


@tells(ExternalMatch, Kind.MATCH, rows=EXTERNALS)
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


@tells(ClaimSplit, Kind.MATCH)
def split(told: Told) -> str:
    number = {"number": other_claim(told)}
    if told.entry.action == Action.DELETE:
        return _("Put together with claim %(number)s again.") % number
    if told.whole.get("part_id") == told.claim:
        return _("Taken out of claim %(number)s.") % number
    return _("Claim %(number)s was taken out of this one.") % number if told.entry.action == Action.INSERT else ""
