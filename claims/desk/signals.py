"""Why a candidate has its score, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.extraction.worthiness import STARTING_POINT
from claims.models import Claim


@dataclass(frozen=True, slots=True)
class Signal:
    """A named signal. weight: its signed part of the score, as text; effect: the same in words."""

    name: str
    weight: str
    effect: str
    lowers: bool


def signals_of(claim: Claim) -> list[Signal]:
    """The signals that made the score, largest first; last, what every sentence starts from."""
    signals = [_signal(str(reason.get("signal", "")), float(reason.get("weight", 0))) for reason in claim.reasons]
    return sorted(signals, key=lambda signal: signal.name == STARTING_POINT)


def _signal(name: str, weight: float) -> Signal:
    if name == STARTING_POINT:
        effect = _("the same for every sentence")
    elif abs(weight) >= 1:
        effect = _("raises it a lot") if weight > 0 else _("lowers it a lot")
    elif abs(weight) >= 0.4:
        effect = _("raises it") if weight > 0 else _("lowers it")
    else:
        effect = _("raises it a little") if weight > 0 else _("lowers it a little")
    return Signal(name, f"{weight:+.1f}".replace("-", "−"), effect, weight < 0)
