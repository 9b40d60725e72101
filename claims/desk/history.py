"""The record of a claim, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Citation, Claim, ClaimMatch, Decline, ExternalMatch, Merge, Review, Source, State, Verdict
from claims.services.blindness import readable
from people.models import RecordEntry, User

FIELDS = {
    "rating_id": gettext_lazy("the rating"),
    "summary": gettext_lazy("the summary"),
    "explanation": gettext_lazy("the explanation"),
    "evidence_as_of": gettext_lazy("the date of the evidence"),
    "title": gettext_lazy("the title"),
    "publisher": gettext_lazy("the publisher"),
    "url": gettext_lazy("the address"),
    "no_url_reason": gettext_lazy("why there is no address"),
    "quote": gettext_lazy("the quote"),
    "locator": gettext_lazy("where in it"),
    "kind": gettext_lazy("primary or secondary"),
    "retrieved_on": gettext_lazy("when it was retrieved"),
}
AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what, when, and why. who: "" for the machine."""

    at: datetime
    who: str
    what: str
    why: str


def history_of(claim: Any, *, to: User) -> list[Line]:
    """Tell this person what happened to a claim loaded by `for_file`, newest first, in six queries."""
    others = _others(claim)
    entries = list(readable(_entries(claim, others), to=to)[:AT_MOST])
    names = {person.pk: person.byline for person in User.objects.filter(pk__in={entry.actor_id for entry in entries})}
    lines = [(entry, _what(entry, others)) for entry in entries]
    return [
        Line(entry.at, names.get(entry.actor_id or 0, entry.actor_name), what, _why(entry))
        for entry, what in lines
        if what
    ]


Others = Mapping[str, Mapping[int, Any]]


def _others(claim: Any) -> Others:
    """By table and row what is on the other side: the number of a claim, or the fact-check of others."""
    merges = Merge.objects.filter(winner=claim).values_list("pk", "loser")
    pairs = ClaimMatch.objects.of([claim.pk]).values_list("pk", "low", "high")
    externals = claim.external_matches.select_related("external").defer("external__raw", "external__words")
    return {
        Merge._meta.db_table: dict(merges),
        ClaimMatch._meta.db_table: {pk: high if low == claim.pk else low for pk, low, high in pairs},
        ExternalMatch._meta.db_table: {match.pk: match.external for match in externals},
    }


def _entries(claim: Any, others: Others) -> QuerySet[RecordEntry]:
    sources = {citation.source_id for version in claim.versions for citation in version.citations.all()}
    reviews = [review.pk for version in claim.versions for review in version.reviews.all()]
    about = Q()
    for model, keys in (
        (Claim, [claim.pk]),
        (Verdict, [version.pk for version in claim.versions]),
        (Source, sources),
        (Citation, [citation.pk for version in claim.versions for citation in version.citations.all()]),
        (Review, reviews),
        (Decline, [decline.pk for decline in claim.declines.all()]),
    ):
        about |= Q(table_name=model._meta.db_table, row_id__in=keys)
    for table, rows in others.items():
        about |= Q(table_name=table, row_id__in=rows)
    return RecordEntry.objects.filter(about).order_by("-id")


def _why(entry: RecordEntry) -> str:
    told = entry.table_name in {Decline._meta.db_table, *OF_PAIRS} or (entry.after or {}).get("merged_into_id")
    return "" if told else entry.reason


def _what(entry: RecordEntry, others: Others) -> str:
    """One sentence, or "" for what need not be told."""
    if entry.table_name in OF_PAIRS:
        return OF_PAIRS[entry.table_name](entry, others[entry.table_name][entry.row_id])
    tell = TELLERS.get(entry.table_name)
    return tell(entry, entry.before or {}, entry.after or {}) if tell else ""


Values = Mapping[str, Any]


def _claim(entry: RecordEntry, before: Values, after: Values) -> str:
    if entry.action == RecordEntry.Action.INSERT:
        by_hand = after.get("origin") == Claim.Origin.BY_HAND
        return _("Entered by hand.") if by_hand else _("Found by the extractor.")
    told = []
    if "status" in after:
        labels = {"before": Claim.Status(before["status"]).label, "after": Claim.Status(after["status"]).label}
        told.append(_("Moved from “%(before)s” to “%(after)s”.") % labels)
    if "text" in after:
        told.append(_("Wording changed from “%(before)s”.") % {"before": before["text"]})
    if "claimant_id" in after:
        told.append(_("Claimant changed."))
    if "check_worthiness" in after and "status" not in after:
        told.append(_("Score changed from %(before)s to %(after)s.") % _scores(before, after))
    if after.get("merged_into_id"):
        told.append(_("Merged into claim %(number)s.") % {"number": after["merged_into_id"]})
    return " ".join(told)


def _scores(before: Values, after: Values) -> dict[str, str]:
    scores = {"before": before["check_worthiness"], "after": after["check_worthiness"]}
    return {name: _("none") if score is None else number_format(round(score, 2), 2) for name, score in scores.items()}


def _verdict(entry: RecordEntry, _before: Values, after: Values) -> str:
    if entry.action == RecordEntry.Action.INSERT:
        return _("Verdict begun, version %(number)s.") % {"number": after["version"]}
    if after.get("published_at"):
        return _("Verdict published.")
    return _changed(_("Verdict changed: %(fields)s."), after)


def _source(entry: RecordEntry, _before: Values, after: Values) -> str:
    if entry.action == RecordEntry.Action.INSERT:
        return _("Source added: “%(title)s”.") % {"title": after["title"]}
    return _changed(_("Source changed: %(fields)s."), after)


def _citation(entry: RecordEntry, before: Values, after: Values) -> str:
    if entry.action != RecordEntry.Action.UPDATE or "stance" not in after:
        return ""
    labels = {"before": Citation.Stance(before["stance"]).label, "after": Citation.Stance(after["stance"]).label}
    return _("A source’s stance changed from “%(before)s” to “%(after)s”.") % labels


def _changed(sentence: str, after: Values) -> str:
    fields = [str(FIELDS[name]) for name in FIELDS if name in after]
    return sentence % {"fields": ", ".join(fields)} if fields else ""


def _review(_entry: RecordEntry, _before: Values, after: Values) -> str:
    told = [_("Rated by a second person.")] if after.get("rated_at") else []
    if outcome := after.get("outcome"):
        told.append(_("Reviewed: %(outcome)s.") % {"outcome": Review.Outcome(outcome).label})
    return " ".join([*told, *filter(None, [after.get("note")])])


def _decline(_entry: RecordEntry, _before: Values, after: Values) -> str:
    reason = after.get("reason")
    if not reason:
        return ""
    said = _("Declined: %(reason)s.") % {"reason": Decline.Reason(reason).label}
    return f"{said} {after.get('note', '')}".strip()


def _merge(entry: RecordEntry, loser: int) -> str:
    """Seen from the claim that others are counted with; what was merged tells it as a move."""
    if entry.action == RecordEntry.Action.INSERT:
        return _("Claim %(number)s is counted with this one.") % {"number": loser}
    if (entry.after or {}).get("undone_at"):
        return _("Claim %(number)s is not counted with this one any more.") % {"number": loser}
    return ""


def _match(entry: RecordEntry, other: int) -> str:
    told = {
        State.CONFIRMED: _("Said to be the same as claim %(number)s."),
        State.REJECTED: _("Said not to be the same as claim %(number)s."),
        State.SUGGESTED: _("Taken back what was said of this claim and claim %(number)s."),
    }
    return told[(entry.after or {})["state"]] % {"number": other}


def _external(entry: RecordEntry, external: Any) -> str:
    told = {
        State.CONFIRMED: _("Said to be what %(who)s has checked: “%(claim)s”."),
        State.REJECTED: _("Said not to be what %(who)s has checked: “%(claim)s”."),
        State.SUGGESTED: _("Taken back what was said of the fact-check by %(who)s."),
    }
    return told[(entry.after or {})["state"]] % {"who": external.publisher, "claim": external.claim_text}


OF_PAIRS = {
    Merge._meta.db_table: _merge,
    ClaimMatch._meta.db_table: _match,
    ExternalMatch._meta.db_table: _external,
}
TELLERS = {
    Claim._meta.db_table: _claim,
    Verdict._meta.db_table: _verdict,
    Source._meta.db_table: _source,
    Citation._meta.db_table: _citation,
    Review._meta.db_table: _review,
    Decline._meta.db_table: _decline,
}
