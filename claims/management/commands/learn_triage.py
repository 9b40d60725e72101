"""`manage.py learn_triage`: what the desk's own decisions say about the weights, as a proposal for the desk."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from claims.exceptions import NotReady
from claims.models import TriageWeights
from claims.services.learning import propose_weights


class Command(BaseCommand):
    help = (
        "Fit weights to the desk's own shortlist and decline decisions, measure them on the latest quarter, and leave "
        "them in the desk as a proposal. Nothing changes until a person accepts it there."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            weights = propose_weights()
        except NotReady as error:
            raise CommandError(str(error), returncode=1) from error
        for line in [*table(weights), *changes(weights), *judgement(weights)]:
            self.stdout.write(line)
        self.stdout.write(f"Proposal {weights.n} waits in the desk at {reverse('admin:ranking')}")


def table(weights: TriageWeights) -> list[str]:
    """Precision at the top of the held-out decisions, before and after."""
    figures = weights.figures
    before, after = figures["before"], figures["after"]
    named = f"weights {figures['before_is']}" if figures["before_is"] else "as shipped"
    lines = [
        f"Fitted to {weights.decisions - figures['held_out']} decisions; measured on the {figures['held_out']} after "
        f"them, of which {figures['shortlisted']} were shortlisted.",
        "",
        f"{'shortlisted among':<24}{named:>20}{'proposed':>20}",
    ]
    lines += [
        f"{'the top ' + str(top['share']) + '%':<24}{_part(top):>20}{_part(then):>20}"
        for top, then in zip(before["top"], after["top"], strict=True)
    ]
    precision = [f"{side['average_precision']:.3f}" for side in (before, after)]
    return [*lines, f"{'average precision':<24}{precision[0]:>20}{precision[1]:>20}", ""]


def _part(top: dict[str, int]) -> str:
    return f"{top['shortlisted']} of {top['of']} ({top['shortlisted'] / top['of']:.0%})"


def changes(weights: TriageWeights) -> list[str]:
    """Each signal that would count more or less than as shipped, the largest change first."""
    factors = sorted(weights.factors.items(), key=lambda item: -abs(item[1] - 1))
    return [f"{factor:.2f} times  {signal}" for signal, factor in factors] + [""]


def judgement(weights: TriageWeights) -> list[str]:
    agreement = f"{weights.figures['agreement']:.0%} of redrawings of the held-out decisions agree."
    if weights.is_better:
        return [f"The proposed weights rank better. {agreement}"]
    if weights.figures["before"] == weights.figures["after"]:
        return ["The proposed weights rank these decisions just as they are ranked now. Accepting them takes a note."]
    return [f"The proposed weights are not clearly better: only {agreement} Accepting them takes a note."]
