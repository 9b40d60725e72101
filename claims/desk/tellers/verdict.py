"""Verdicts, their review and their evidence as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.tellers.told import Action, Kind, Told, tells
from claims.models import Citation, GateException, Review, Source, SourceCopy, Verdict
from claims.services.gate import told_to_readers

COPIES = SourceCopy.objects.select_related("source").only("source__title")


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
    if outcome:
        return _("Reviewed: %(outcome)s.") % {"outcome": told.named("outcome", outcome)}
    if "rating_id" not in told.after:
        return ""
    rating = {"rating": told.named("rating_id", told.after["rating_id"])}
    if told.after.get("blind"):
        return _("Rated without knowing the first rating: %(rating)s.") % rating
    return _("Rated: %(rating)s.") % rating


@tells(Verdict.writers.through, Kind.VERDICT)
def writer(told: Told) -> str:
    who = {"who": told.named("user_id", told.whole.get("user_id"))}
    return _("%(who)s takes part in writing the verdict.") % who if told.entry.action == Action.INSERT else ""


@tells(GateException, Kind.VERDICT)
def exception(told: Told) -> str:
    rule = told.whole.get("rule", "")
    said = {"rule": told_to_readers(rule) or rule, "reason": told.after.get("reason", "")}
    if told.entry.action == Action.INSERT:
        return _("Exception made, “%(rule)s”: %(reason)s") % said
    gone = told.entry.action == Action.DELETE
    return (_("Exception taken back: “%(rule)s”.") if gone else _("Another reason for an exception: %(reason)s")) % said


@tells(SourceCopy, Kind.SOURCE, rows=COPIES)
def copy(told: Told) -> str:
    if told.entry.action == Action.INSERT:
        return _("A copy of “%(source)s” was asked for.") % {"source": told.named("source_id", told.after["source_id"])}
    if told.entry.action == Action.DELETE:
        return _("The copy of an earlier address was given up: %(url)s") % {"url": told.before["url"]}
    if told.row is None:
        return ""
    said = {"source": told.row.source.title, "why": told.after.get("failure", "")}
    return str(COPIED.get(told.after.get("state", ""), "")) % said


COPIED = {
    SourceCopy.State.KEPT: gettext_lazy("A copy of “%(source)s” was kept."),
    SourceCopy.State.FAILED: gettext_lazy("“%(source)s” could not be kept: %(why)s"),
    SourceCopy.State.WAITING: gettext_lazy("A copy of “%(source)s” is tried again."),
}
