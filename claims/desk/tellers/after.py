"""What is done to a published fact-check, and what readers and others ask for, as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.tellers.told import Action, Kind, Told, tells
from claims.models import Correction, CorrectionRequest, LegalRequest, SecondLook, Submission

State = Correction.State


@tells(Correction, Kind.AFTER, rows=Correction.objects.only("kind"))
def correction(told: Told) -> str:
    """The note for readers is the reason of these entries, and so it is shown beside them."""
    after = told.after
    if told.entry.action == Action.INSERT:
        if after["kind"] != Correction.Kind.VOID:
            return _("Correction begun: %(class)s.") % {"class": told.named("kind", after["kind"])}
        return _("Retracted by one person at once.") if after["emergency"] else _("Retraction asked for.")
    is_void = told.row is not None and told.row.kind == Correction.Kind.VOID
    if "state" in after:
        return str((RETRACTED if is_void else CORRECTED).get(after["state"], ""))
    return (
        _("Class of the correction changed from “%(before)s” to “%(after)s”.") % told.from_to("kind")
        if "kind" in after
        else ""
    )


CORRECTED = {
    State.IN_PROGRESS: gettext_lazy("The correction went back to be worked on."),
    State.IN_REVIEW: gettext_lazy("The correction waits for review."),
    State.APPROVED: gettext_lazy("The correction was approved."),
    State.PUBLISHED: gettext_lazy("The correction was published."),
    State.ABANDONED: gettext_lazy("The correction was given up."),
}
RETRACTED = {
    State.PUBLISHED: gettext_lazy("The retraction was approved by a second person."),
    State.ABANDONED: gettext_lazy("The retraction that was asked for was given up."),
}


@tells(SecondLook, Kind.AFTER)
def look(told: Told) -> str:
    agrees = told.after.get("agrees")
    return (
        _("A second look agrees with the retraction.")
        if agrees
        else _("A second look does not agree with the retraction.")
    )


@tells(CorrectionRequest, Kind.AFTER)
def request(told: Told) -> str:
    number = {"number": told.entry.row_id}
    if told.entry.action == Action.INSERT:
        return _("A reader asked for a correction (request %(number)s).") % number
    if told.after.get("closed_at"):
        return _("Request %(number)s of a reader was closed after a second look.") % number
    if outcome := told.after.get("outcome"):
        said = _("First look at request %(number)s of a reader: %(outcome)s.")
        return said % {**number, "outcome": told.named("outcome", outcome)}
    return _("Request %(number)s of a reader is to be looked at again.") % number if "outcome" in told.after else ""


@tells(Submission, Kind.AFTER)
def submission(told: Told) -> str:
    number = {"number": told.entry.row_id}
    if told.entry.action == Action.INSERT:
        return _("A reader asked for a check (submission %(number)s).") % number
    if told.after.get("claim_id"):
        return _("Submission %(number)s of a reader became this claim.") % number
    return ""


@tells(LegalRequest, Kind.AFTER, rows=LegalRequest.objects.only("sender", "decision"))
def legal(told: Told) -> str:
    sender = {"sender": told.whole.get("sender") or getattr(told.row, "sender", "")}
    if told.entry.action == Action.INSERT:
        return _("Legal request of %(sender)s filed.") % sender
    if told.after.get("correction_id"):
        return _("Legal request of %(sender)s: a second person agreed, and the page was taken down.") % sender
    if decision := told.after.get("decision"):
        decided = {**sender, "decision": told.named("decision", decision)}
        return _("Legal request of %(sender)s: %(decision)s.") % decided
    return _("Legal request of %(sender)s is to be decided again.") % sender if "decision" in told.after else ""
