"""The gate: the rules that stand between a claim and its readers, as one table. docs/gate.md explains it."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.exceptions import NotReady
from claims.models import Citation, Claim, GateException, Source, Verdict
from claims.services.gate_case import Case, with_facts


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the table. code: as an exception keeps it. sentence: what to do. met: whether it is done.

    told: what readers are told where a person makes an exception; "" where nobody can. advice: never stands in the way.
    settled_later: by the second person or by time, and so nothing that keeps a verdict from being reviewed.
    says: a sentence that names what is wrong, in place of `sentence`.
    """

    code: str
    sentence: str | Promise
    met: Callable[[Case], bool]
    told: str | Promise = ""
    advice: bool = False
    settled_later: bool = False
    says: Callable[[Case], str] | None = None


def _says_references(case: Case) -> str:
    said = gettext("The explanation points to source %(number)s, which is not there.")
    return " ".join(said % {"number": n} for n in case.dead_references)


def _says_embargo(case: Case) -> str:
    until = timezone.localtime(case.claim.embargo_until)
    return gettext("The embargo lasts until %(when)s.") % {"when": date_format(until, "j F Y, H:i T")}


RULES = [
    Rule("rating", _("Choose a rating."), lambda case: case.draft.rating is not None),
    Rule(
        "scale",
        _("The scale of this rating was replaced. Choose a rating of the scale in force."),
        lambda case: case.draft.rating is None or case.draft.rating.scale.retired_on is None,
    ),
    Rule("summary", _("Write a summary."), lambda case: bool(case.draft.summary.strip())),
    Rule("explanation", _("Write the explanation."), lambda case: bool(case.draft.explanation.strip())),
    Rule(
        "reference",
        _("Point only to sources that are there."),
        lambda case: not case.dead_references,
        says=_says_references,
    ),
    Rule("source", _("Cite at least one source."), lambda case: bool(case.citations)),
    Rule(
        "source-address",
        _("Give the address of each source, or say why there is none."),
        lambda case: all(source.url or source.no_url_reason for source in case.sources),
    ),
    Rule(
        "stance",
        _("Say of each source whether it supports the claim, speaks against it or gives context."),
        lambda case: all(citation.stance in Citation.Stance.values for citation in case.citations),
    ),
    Rule(
        "primary-source",
        _("Cite at least one primary source."),
        lambda case: not case.citations or any(source.kind == Source.Kind.PRIMARY for source in case.sources),
        told=_("No primary source"),
    ),
    Rule(
        "independent-sources",
        _("Cite sources of at least two origins that do not depend on each other."),
        lambda case: not case.citations or len(case.origins) > 1,
        told=_("Only one independent source"),
    ),
    Rule(
        "both-sides",
        _("All sources speak the same way. Look for others, and say that you did."),
        lambda case: len(case.citations) < 2 or len({citation.stance for citation in case.citations}) > 1,
        advice=True,
    ),
    Rule(
        "private-name",
        _("Keep the name of a claimant who is not named publicly out of what readers see."),
        lambda case: "private-name" not in case.by_file,
        says=lambda case: case.by_file["private-name"],
    ),
    Rule(
        "parts-rule",
        _("Say how the verdict follows from those on the parts."),
        lambda case: "parts-rule" not in case.by_file,
    ),
    Rule(
        "parts",
        _("Publish the parts of a compound claim before the whole."),
        lambda case: "parts" not in case.by_file,
        settled_later=True,
        says=lambda case: case.by_file["parts"],
    ),
    Rule(
        "correction",
        _("Choose the class of the correction that fits."),
        lambda case: not case.correction,
        says=lambda case: case.correction,
    ),
    Rule("appearance", _("Say where the claim was made."), lambda case: case.claim.appears),
    Rule(
        "origin",
        _("Give the address of the article the claim was made in, or its title and date."),
        lambda case: not case.claim.appears or case.claim.is_traceable,
    ),
    Rule(
        "claimed-on",
        _("Say on which day the claim was made."),
        lambda case: case.claim.claimed_on is not None or not case.claim.appears or case.claim.is_dated,
        told=_("Not known when it was said"),
    ),
    Rule(
        "wording",
        _("Take the words of a rating off the start of the claim."),
        lambda case: not case.names_a_rating,
    ),
    Rule(
        "wording-length",
        _("Search engines show the first 75 characters of a claim. This one is longer."),
        lambda case: len(case.claim.text) <= 75,
        advice=True,
    ),
    Rule(
        "claimant-asked",
        _("Ask the claimant about it."),
        lambda case: not case.claimant_is_named or case.claim.was_asked,
        told=_("The claimant was not asked"),
    ),
    Rule(
        "look-again",
        _("This may change. Say when to look again."),
        lambda case: not case.goes_stale or case.draft.look_again_by is not None,
        advice=True,
    ),
    Rule(
        "interest",
        _("Somebody who wrote this verdict has declared an interest. Somebody else has to write it."),
        lambda case: not case.writers & case.interested,
        told=_("Somebody who worked on it has an interest in the matter"),
    ),
    Rule(
        "methodology",
        _("State the methodology by which the desk checks."),
        lambda case: case.claim.methodology_stands,
        settled_later=True,
    ),
    Rule(
        "approval",
        _("A second person has to approve the verdict."),
        lambda case: case.is_approved,
        settled_later=True,
    ),
    Rule(
        "embargo",
        _("Wait for the end of the embargo."),
        lambda case: case.claim.embargo_until is None or case.claim.embargo_until <= case.now,
        settled_later=True,
        says=_says_embargo,
    ),
]
BY_CODE = {rule.code: rule for rule in RULES}


class State(StrEnum):
    MET = "met"
    UNMET = "unmet"
    EXCEPTED = "excepted"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a claim stands to one rule. rule: its code. exception: the one that was made, needed or not."""

    rule: str
    message: str
    state: State = State.UNMET
    settled_by_review: bool = False
    can_be_excepted: bool = False
    exception: GateException | None = None


def judge(claim: Any) -> list[Judgement]:
    """How a claim that `with_facts` loaded stands to each rule; nothing where it has no draft and needs none."""
    if not claim.drafts:
        if claim.status in {Claim.Status.PUBLISHED, Claim.Status.RETRACTED}:
            return []
        return [Judgement("verdict", gettext("Record a verdict."))]
    case = Case(_as_drafted(claim), claim.drafts[0], timezone.now())
    made = {exception.rule: exception for exception in case.draft.exceptions.all()}
    return [_judged(rule, case, made.get(rule.code)) for rule in RULES]


def _as_drafted(claim: Any) -> Any:
    """The claim with the wording its draft is about: in a correction that is the draft's own until it is out."""
    if claim.status != Claim.Status.PUBLISHED:
        return claim
    drafted = copy(claim)
    drafted.text = claim.drafts[0].claim_text or claim.text
    return drafted


def _judged(rule: Rule, case: Case, exception: GateException | None) -> Judgement:
    met, message = rule.met(case), str(rule.sentence)
    state = State.MET if met else State.ADVICE if rule.advice else State.UNMET
    if state == State.UNMET:
        message = rule.says(case) if rule.says else message
        state = State.EXCEPTED if exception and rule.told else state
    return Judgement(rule.code, message, state, rule.settled_later, bool(rule.told), exception)


def checklist(claim: Claim) -> list[Judgement]:
    """How this claim stands to each rule of the gate, asked of the database now."""
    return judge(with_facts(Claim.objects.filter(pk=claim.pk)).get())


def unmet_rules(claim: Claim) -> list[Judgement]:
    """What is missing before this claim can be published; empty when nothing is."""
    return unmet(checklist(claim))


def unmet(judged: Iterable[Judgement]) -> list[Judgement]:
    return [one for one in judged if one.state == State.UNMET]


@transaction.atomic
def drop_needless(claim: Claim, draft: Verdict) -> None:
    """Forget exceptions from rules that are met by now: readers are told of those alone that were needed."""
    needed = {one.rule for one in checklist(claim) if one.state == State.EXCEPTED}
    draft.exceptions.exclude(rule__in=needed).delete()


def told_to_readers(rule: str) -> str:
    """What an exception from this rule is called on the claim's page."""
    return str(BY_CODE[rule].told) if rule in BY_CODE else ""


def require_exceptable(rule: str) -> None:
    if rule not in BY_CODE or not BY_CODE[rule].told:
        raise NotReady(gettext("Nobody can make an exception from this rule."))
