"""Why a candidate has its score, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.extraction.worthiness import STARTING_POINT
from claims.models import Claim


@dataclass(frozen=True, slots=True)
class Signal:
    """A named signal. weight: its signed part of the score, as text; effect: the same in words.

    shipped: what its part would be without what the desk learned, as text; "" where that is the same.
    """

    name: str
    weight: str
    effect: str
    lowers: bool
    shipped: str


def signals_of(claim: Claim) -> list[Signal]:
    """The signals that made the score, largest first; last, what every sentence starts from."""
    signals = [_signal(reason) for reason in claim.reasons]
    return sorted(signals, key=lambda signal: signal.name == STARTING_POINT)


def _signal(reason: dict[str, Any]) -> Signal:
    name, weight = str(reason.get("signal", "")), float(reason.get("weight", 0))
    shipped, shown = _signed(float(reason.get("base", weight))), _signed(weight)
    return Signal(name, shown, _effect(name, weight), weight < 0, "" if shipped == shown else shipped)


def _signed(weight: float) -> str:
    return f"{weight:+.1f}".replace("-", "−")


def _effect(name: str, weight: float) -> str:
    if name == STARTING_POINT:
        return _("always the same")
    if weight == 0:
        return _("does not count here")
    if abs(weight) >= 1:
        return _("raises it a lot") if weight > 0 else _("lowers it a lot")
    if abs(weight) >= 0.4:
        return _("raises it") if weight > 0 else _("lowers it")
    return _("raises it a little") if weight > 0 else _("lowers it a little")
