"""The claim, its claimant and its places as sentences."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.tellers.told import Action, Kind, Told, tells
from claims.models import Appearance, Claim, Claimant, ClaimantAlias, ClaimantRole, Decline, Outreach, Recusal, Slug


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
    said += [_given(told, column) for column in GIVEN if column in after]
    if "check_worthiness" in after and "status" not in after:
        said.append(_("Score changed from %(before)s to %(after)s.") % _scores(told))
    if after.get("merged_into_id"):
        said.append(_("Merged into claim %(n)s.") % {"n": after["merged_into_id"]})
    if "part_of_id" in after:
        part = _("Made a part of claim %(n)s.") if after["part_of_id"] else _("No part of claim %(n)s any more.")
        said.append(part % {"n": after["part_of_id"] or told.before["part_of_id"]})
    return " ".join(said)


def _given(told: Told, column: str) -> str:
    """What was nothing, becomes nothing or becomes another, told in words of its own for each."""
    given, exchanged, taken = GIVEN[column]
    sentence = taken if told.after[column] is None else given if told.before[column] is None else exchanged
    return str(sentence) % told.from_to(column)


ORIGINS = {
    Claim.Origin.BY_HAND: gettext_lazy("Entered by hand."),
    Claim.Origin.EXTRACTED: gettext_lazy("Found by the extractor."),
    Claim.Origin.IMPORTED: gettext_lazy("Imported."),
}
MOVES = {
    "status": gettext_lazy("Moved from “%(before)s” to “%(after)s”."),
    "text": gettext_lazy("Wording changed from “%(before)s”."),
    "claimant_id": gettext_lazy("Claimant changed from %(before)s to %(after)s."),
    "importance": gettext_lazy("Importance changed from “%(before)s” to “%(after)s”."),
}


GIVEN = {  # where there was nothing before; in place of another; where there is nothing now
    "assigned_to_id": (
        gettext_lazy("Assigned to %(after)s."),
        gettext_lazy("Assigned to %(after)s instead of %(before)s."),
        gettext_lazy("Not assigned to %(before)s any more."),
    ),
    "claimed_on": (
        gettext_lazy("Claimed on %(after)s."),
        gettext_lazy("Claimed on %(after)s, not on %(before)s."),
        gettext_lazy("Not known any more to be claimed on %(before)s."),
    ),
    "due_on": (
        gettext_lazy("Due on %(after)s."),
        gettext_lazy("Due on %(after)s instead of %(before)s."),
        gettext_lazy("Not due on %(before)s any more."),
    ),
    "publish_at": (
        gettext_lazy("To be published at %(after)s."),
        gettext_lazy("To be published at %(after)s instead of %(before)s."),
        gettext_lazy("Not to be published at %(before)s any more."),
    ),
    "embargo_until": (
        gettext_lazy("Embargo until %(after)s."),
        gettext_lazy("Embargo until %(after)s instead of %(before)s."),
        gettext_lazy("No embargo until %(before)s any more."),
    ),
}


def _scores(told: Told) -> dict[str, str]:
    scores = {"before": told.before["check_worthiness"], "after": told.after["check_worthiness"]}
    return {name: _("none") if score is None else number_format(round(score, 2), 2) for name, score in scores.items()}


@tells(Slug, Kind.CLAIM)
def slug(told: Told) -> str:
    return _("Its page got the address %(slug)s.") % {"slug": told.whole.get("slug", "")}


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
    if told.entry.action != Action.UPDATE:
        said = {"whom": told.whole.get("whom", ""), "channel": told.named("channel", told.whole.get("channel"))}
        asked = told.entry.action == Action.INSERT
        return (_("%(whom)s was asked (%(channel)s).") if asked else _("Not asked after all: %(whom)s.")) % said
    if not told.after.get("answer"):
        return ""
    answer = _("The answer is now: “%(answer)s”") if told.before.get("answer") else _("An answer came: “%(answer)s”")
    return answer % {"answer": told.after["answer"]}


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


@tells(Claim.topics.through, Kind.CLAIM)
def topic(told: Told) -> str:
    name = {"topic": told.named("topic_id", told.whole.get("topic_id"))}
    added = told.entry.action == Action.INSERT
    return (_("Topic added: %(topic)s.") if added else _("Topic removed: %(topic)s.")) % name


@tells(Recusal, Kind.CLAIM)
def recusal(told: Told) -> str:
    who = {"who": told.named("user_id", told.whole.get("user_id"))}
    return _("%(who)s leaves this claim to others.") % who if told.entry.action == Action.INSERT else ""


@tells(Claimant, Kind.CLAIMANT)
def claimant(told: Told) -> str:
    name = {"name": told.whole.get("name", "")}
    return _("Claimant entered: %(name)s.") % name if told.entry.action == Action.INSERT else ""
