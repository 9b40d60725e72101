"""The steps of a claim's life as the claim file offers them: which, to whom, and what each one calls."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.desk.after_steps import AFTER, correction_of, next_after, offered_after
from claims.desk.forms import DeclineForm, MergeForm, NoteForm, RewordForm
from claims.desk.step import Step
from claims.desk.triage_forms import AssignForm
from claims.models import Claim, Verdict
from claims.services.assignment import assign_claim, unassign_claim
from claims.services.claims import reword_claim
from claims.services.conflicts import recuse
from claims.services.lifecycle import (
    STEP_BACK,
    decline_claim,
    restore_claim,
    shortlist_claim,
    stage_of,
    start_claim,
    step_back,
)
from claims.services.merging import merge_claim, unmerge_claim
from claims.services.publication import publish_claim
from claims.services.review import approve_verdict, ask_third_person, return_verdict
from claims.services.verdicts import join_writers
from people.models import User

Status = Claim.Status


STEPS = {
    "shortlist": Step(
        _("Shortlist"),
        "claims.triage_claim",
        lambda claim, by, _data: shortlist_claim(claim, by=by),
        _("Shortlisted. Somebody can start checking."),
        look="primary",
    ),
    "decline": Step(
        _("Decline"),
        "claims.triage_claim",
        lambda claim, by, data: decline_claim(claim, reason=data["reason"], note=data["note"], by=by),
        _("Declined."),
        DeclineForm,
    ),
    "start": Step(
        _("Start checking"),
        "claims.check_claim",
        lambda claim, by, _data: start_claim(claim, by=by),
        _("The claim is yours to check."),
        look="primary",
    ),
    "assign": Step(
        _("Assign"),
        "claims.check_claim",
        lambda claim, by, data: assign_claim(claim, to=data["to"], by=by, due_on=data["due_on"]),
        _("Assigned."),
        AssignForm,
    ),
    "unassign": Step(
        _("Take the assignment off"),
        "claims.check_claim",
        lambda claim, by, _data: unassign_claim(claim, by=by),
        _("Nobody has it now."),
    ),
    "approve": Step(
        _("Approve"),
        "claims.review_claim",
        lambda claim, by, data: approve_verdict(claim, by=by, note=data["note"], saves=data["saves"]),
        _("Approved. An editor can publish it."),
        NoteForm,
        "primary",
        _("A note. If your rating is another one: why is this one right all the same?"),
    ),
    "return": Step(
        _("Send back"),
        "claims.review_claim",
        lambda claim, by, data: return_verdict(claim, by=by, note=data["note"], saves=data["saves"]),
        _("Sent back to its author."),
        NoteForm,
        note=_("What should be changed?"),
    ),
    "third": Step(
        _("Ask a third person"),
        "claims.review_claim",
        lambda claim, by, data: ask_third_person(claim, by=by, note=data["note"], saves=data["saves"]),
        _("Somebody else rates it now, without seeing either rating, and decides."),
        NoteForm,
        note=_("A note, if you like. They see it after they have rated."),
    ),
    "join": Step(
        _("Take part in writing"),
        "claims.check_claim",
        lambda claim, by, _data: join_writers(claim, by=by),
        _("You write on this verdict now, and somebody else reviews it."),
    ),
    "recuse": Step(
        _("Leave it to others"),
        "claims.check_claim",
        lambda claim, by, data: recuse(claim, reason=data["note"], by=by),
        _("You leave this claim to others. It stays on record why."),
        NoteForm,
        note=_("What have you to do with it? The desk can read this; readers are told only that somebody left."),
    ),
    "publish": Step(
        _("Publish"),
        "claims.publish_claim",
        lambda claim, by, data: publish_claim(claim, by=by, saves=data["saves"]),
        _("Published. Readers can see it."),
        look="primary",
    ),
    "restore": Step(
        _("Put back into the queue"),
        "claims.triage_claim",
        lambda claim, by, _data: restore_claim(claim, by=by),
        _("It is in the queue again."),
    ),
    "back": Step(
        _("One step back"),
        "",
        lambda claim, by, data: step_back(claim, why=data["note"], by=by),
        _("One step back."),
        NoteForm,
        note=_("Why does it go back?"),
    ),
    "reword": Step(
        _("Edit the wording"),
        "claims.check_claim",
        lambda claim, by, data: reword_claim(claim, text=data["text"], claimant_name=data["claimant"], by=by),
        _("The wording is changed. Quotes stay as they were said."),
        RewordForm,
    ),
    "merge": Step(
        _("Merge into another claim"),
        "claims.triage_claim",
        lambda claim, by, data: merge_claim(claim, into=data["number"], by=by),
        _("Merged. Its appearances count with the other claim’s."),
        MergeForm,
    ),
    "unmerge": Step(
        _("Undo the merge"),
        "claims.triage_claim",
        lambda claim, by, _data: unmerge_claim(claim, by=by),
        _("It is a candidate of its own again."),
    ),
    **AFTER,
}

OFFERED = {
    Status.DETECTED: ("shortlist", "decline", "reword", "merge"),
    Status.SHORTLISTED: ("start", "assign", "unassign", "back", "reword", "merge", "recuse"),
    Status.IN_PROGRESS: ("join", "back", "assign", "reword", "recuse"),
    Status.IN_REVIEW: ("approve", "return", "third", "back", "assign", "recuse"),
    Status.APPROVED: ("back", "assign", "recuse"),  # publishing has a page of its own, with the preview
    Status.DECLINED: ("restore",),
    Status.MERGED: ("unmerge",),
}
BACK = {
    Status.SHORTLISTED: _("Put back into the queue"),
    Status.IN_PROGRESS: _("Stop checking"),
    Status.IN_REVIEW: _("Take back to work on it"),
    Status.APPROVED: _("Send back to review"),
}
BY_ANOTHER = {"approve", "return", "third"}
BY_WRITERS = {"back", "reword", "change_correction"}
BY_ANYONE = {"shortlist", "decline", "merge", "unmerge", "restore", "back", "look"}  # whatever interest they declared


def offered_steps(
    claim: Claim, draft: Verdict | None, *, to: User, hidden: Verdict | None = None, interested: bool = False
) -> list[str]:
    """The names of the steps this person may take now. The services refuse the others anyway.

    draft: the one they see; hidden: the one they do not see until they have rated it.
    """
    if claim.status in OFFERED:
        offered = OFFERED[Status(claim.status)]
    else:
        offered = offered_after(claim, correction_of(claim), to=to)
    names = [name for name in offered if to.has_perm(_permission(name, claim))]
    if claim.assigned_to_id is None:
        names = [name for name in names if name != "unassign"]
    if interested:
        return [name for name in names if name in BY_ANYONE]
    if hidden is not None:
        return [name for name in names if name not in BY_ANOTHER | BY_WRITERS]
    names = [name for name in names if name != "join"]
    if draft is not None and not _reviewed(draft, to):
        return [name for name in names if name not in BY_ANOTHER]
    return [name for name in names if name != "back" or "return" not in names]


def _reviewed(draft: Verdict, person: User) -> bool:
    """Whether the decision on it is theirs: they rated it and wrote nothing on it."""
    if draft.by_id == person.pk or person in draft.writers.all():
        return False
    return any(review.reviewer_id == person.pk and review.rated_at for review in draft.reviews.all())


def step_for(name: str, claim: Claim) -> Step:
    """The step as it is called for a claim of this status."""
    return replace(STEPS[name], label=BACK[stage_of(claim)]) if name == "back" else STEPS[name]


def _permission(name: str, claim: Claim) -> str:
    return STEP_BACK[stage_of(claim)][1] if name == "back" else STEPS[name].permission


NEXT = {
    Status.DETECTED: _("Decide whether it should be checked."),
    Status.SHORTLISTED: _("Waits for somebody to start checking."),
    Status.IN_PROGRESS: _("Record a verdict with its sources, then send it for approval."),
    Status.IN_REVIEW: _("A second person rates it without seeing the rating, then approves it or sends it back."),
    Status.APPROVED: _("An editor publishes it."),
    Status.PUBLISHED: _("Readers can see it."),
    Status.RETRACTED: _("Its page is a notice that says why."),
    Status.DECLINED: _("It is not checked. It can be put back into the queue."),
    Status.MERGED: _("It counts with the claim it was merged into."),
}


def next_of(claim: Claim) -> str | Promise:
    """What comes next, in a sentence."""
    return next_after(claim, correction_of(claim)) or NEXT[Status(claim.status)]
