"""The desk's own decisions as a lesson for the ranking: proposing weights, and a person's word on them."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.extraction import EXTRACTOR_VERSION, learning
from claims.extraction.learning import Example
from claims.models import TriageWeights
from claims.services.lifecycle import require
from claims.services.ranking import as_fitted, last_decisions, weights_in_force
from people.models import User
from people.record import recorded

State = TriageWeights.State
DECIDE = "claims.decide_triageweights"

LOOKED_AT = 20_000  # the last decisions: what a desk wants today, and a few seconds of work
LEAST = 200  # so that 50 are held out: of fewer the top quarter is not a dozen claims
LEAST_OF_A_KIND = 30  # shortlisted and declined; about two thirds of them to learn from
LEAST_HELD_OUT = 5  # of each kind, or the order of the held-out ones says nothing
HELD_OUT = 4  # one in so many, the latest


def propose_weights() -> TriageWeights:
    """Fit weights to the earlier decisions, measure them on the latest quarter, and store them as a proposal.

    The proposal has the weights that were measured, not others fitted to all decisions afterwards. It takes the place
    of one that nobody decided on; nothing else changes. Raises NotReady where there are too few decisions.
    """
    decisions = last_decisions(LOOKED_AT, "reasons")
    examples = [Example(reasons, shortlisted) for _at, _pk, shortlisted, (reasons,) in decisions if reasons]
    cut = len(examples) - len(examples) // HELD_OUT
    _refuse_too_few(examples, examples[cut:])
    in_force = weights_in_force()
    fitted = learning.fit(examples[:cut])
    figures = learning.compare(examples[cut:], as_fitted(in_force), fitted)
    return _store(fitted, {**figures, "before_is": in_force.n if in_force else None}, used=len(examples))


def _refuse_too_few(examples: list[Example], held_out: list[Example]) -> None:
    shortlisted, held = sum(example.shortlisted for example in examples), sum(e.shortlisted for e in held_out)
    said = {
        "n": len(examples),
        "shortlisted": shortlisted,
        "declined": len(examples) - shortlisted,
        "least": LEAST,
        "each": LEAST_OF_A_KIND,
        "held": LEAST_HELD_OUT,
        "latest": len(held_out),
    }
    if len(examples) < LEAST or min(shortlisted, len(examples) - shortlisted) < LEAST_OF_A_KIND:
        raise NotReady(
            _(
                "Too few decisions to learn from: %(n)s (%(shortlisted)s shortlisted, %(declined)s declined as not "
                "worth checking), and it takes %(least)s with at least %(each)s of each kind."
            )
            % said
        )
    if min(held, len(held_out) - held) < LEAST_HELD_OUT:
        raise NotReady(
            _(
                "Too few decisions of one kind among the latest %(latest)s, which are kept to measure with: it takes "
                "at least %(held)s shortlisted and %(held)s declined as not worth checking."
            )
            % said
        )


def _store(fitted: learning.Weights, figures: dict[str, Any], *, used: int) -> TriageWeights:
    with recorded(by=None, why=_("learned from the desk’s decisions")):
        _one_at_a_time()
        newest = TriageWeights.objects.order_by("-n").first()
        TriageWeights.objects.waiting().update(state=State.RETIRED, decided_at=timezone.now())
        return TriageWeights.objects.create(
            n=newest.n + 1 if newest else 1,
            extractor_version=EXTRACTOR_VERSION,
            factors=fitted.factors,
            shift=fitted.shift,
            figures=figures,
            decisions=used,
        )


def _one_at_a_time() -> None:
    """Wait until nobody else writes weights: who is second finds what the first one did. Readers do not wait."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TriageWeights._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def accept_weights(weights: TriageWeights, *, note: str = "", by: User) -> None:
    """Put proposed weights in force in place of the present ones; the queue follows (`ranking.reweigh_queue`).

    Weights that were not measured to be better need a note. They are not refused: people may know what changed, the
    step can be taken back exactly, and why it was taken is then on the record.
    """
    require(by, DECIDE)
    if not weights.is_better and not note.strip():
        raise NotReady(
            _("These weights were not measured to be better. Say in a note why they should be used all the same.")
        )
    with recorded(by=by, why=note):
        _one_at_a_time()
        for present in TriageWeights.objects.in_force():
            _decide(present, State.RETIRED, since=State.ACCEPTED, note=_("replaced by %s") % weights, by=by)
        _decide(weights, State.ACCEPTED, since=State.PROPOSED, note=note, by=by)


def reject_weights(weights: TriageWeights, *, note: str = "", by: User) -> None:
    """Say no to a proposal. It stays on file."""
    require(by, DECIDE)
    with recorded(by=by, why=note):
        _decide(weights, State.REJECTED, since=State.PROPOSED, note=note, by=by)


def retire_weights(weights: TriageWeights, *, note: str = "", by: User) -> None:
    """Go back to the shipped weights; the queue follows, and each score is again what it was."""
    require(by, DECIDE)
    with recorded(by=by, why=note):
        _decide(weights, State.RETIRED, since=State.ACCEPTED, note=note, by=by)


@transaction.atomic
def _decide(weights: TriageWeights, to: State, *, since: State, note: str, by: User) -> None:
    """Raises StaleClaim, with nothing written, unless the weights are still in the state the person saw."""
    fields: dict[str, Any] = {"state": to, "note": note.strip(), "decided_by": by, "decided_at": timezone.now()}
    if not TriageWeights.objects.filter(pk=weights.pk, state=since).update(**fields):
        raise StaleClaim(_("Somebody else has decided on these weights. Reload the page to see how."))
    for name, value in fields.items():
        setattr(weights, name, value)
