"""Figures, printed as tables and held against the floors in floors.json."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"
# Read as 0.9499, a figure that prints as 0.950 would fail a floor of 0.950.
ROUNDING = 5e-4
Bounds = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A share, 0 to 1, or a count. floor: what the simplest way reaches; ceiling: what people or perfection reach."""

    row: str
    name: str
    us: float
    floor: float | None = None
    ceiling: float | None = None


def table(title: str, figures: list[Figure], bounds: Bounds) -> str:
    """A table for people: each row with its floor, its ceiling, us, and the bound that must hold."""
    width = max(len(figure.name) for figure in figures)
    lines = ["", title, "-" * len(title)]
    for row, group in groupby(figures, key=lambda figure: figure.row):
        lines.append(f"{row:<{width + 2}} {'floor':>8} {'ceiling':>8} {'us':>8}   must be")
        lines += [_line(figure, width, _bound(title, figure, bounds)) for figure in group]
    return "\n".join(lines)


def _line(figure: Figure, width: int, bound: str) -> str:
    cells = " ".join(f"{_cell(value):>8}" for value in (figure.floor, figure.ceiling, figure.us))
    return f"  {figure.name:<{width}} {cells}   {bound}".rstrip()


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value > 1 or isinstance(value, int) else f"{value:.3f}"


def _bound(part: str, figure: Figure, bounds: Bounds) -> str:
    for kind, word in (("at_least", ">="), ("at_most", "<=")):
        bound = bounds[kind].get(f"{part} / {figure.row}", {}).get(figure.name)
        if bound is not None:
            return f"{word} {bound:g}"
    return ""


def read_bounds() -> Bounds:
    return json.loads(FLOORS.read_text(encoding="utf-8"))


def failures(part: str, figures: Iterable[Figure], bounds: Bounds) -> Iterator[str]:
    """A sentence for each bound of `part` that does not hold, or whose row was measured without it."""
    figures = list(figures)
    for kind, sign, words in (("at_least", 1, "below the floor of"), ("at_most", -1, "above the most it may be,")):
        for row in dict.fromkeys(figure.row for figure in figures):
            measured = {figure.name: figure.us for figure in figures if figure.row == row}
            for name, bound in bounds[kind].get(f"{part} / {row}", {}).items():
                if name not in measured:
                    yield f"{part}, {row}: floors.json has a bound for {name}, which was not measured."
                elif sign * (measured[name] - bound) < -ROUNDING:
                    yield f"{part}, {row}: {name} is {_cell(measured[name])}, {words} {bound:g}."


def as_json(figures: Iterable[Figure]) -> list[dict[str, str | float | None]]:
    return [asdict(figure) for figure in figures]
