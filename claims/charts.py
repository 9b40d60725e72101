"""Small bar charts, drawn on the server: the numbers of a figure and where its bars stand. No colour says anything.

Pure: numbers in, plain data out. templates/claims/_chart.html and _tally.html draw it, on desk and site.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BAR, GAP, HEIGHT = 8, 3, 48  # units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One value. label: what it is of. shown: the value as people read it. x, y, width, height: in the drawing."""

    label: str
    shown: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """name: for ids on the page. said: the figure in one sentence. most: the highest value, as people read it.

    of, heading: of the two columns of the table behind it. until: what the last bar is of, in words.
    """

    name: str
    title: str
    said: str
    of: str
    heading: str
    until: str
    bars: list[Bar]
    most: str
    width: int
    height: int = HEIGHT


def bar_chart(
    name: str,
    *,
    title: str,
    said: str,
    of: str,
    heading: str,
    labels: Sequence[str],
    values: Sequence[int | None],
    until: str = "",
) -> Chart:
    """A bar for each value; 0 is a bar without height, None is not known and drawn as nothing."""
    highest = max([value for value in values if value is not None], default=0) or 1
    heights = [
        0 if value is None else -(-value * HEIGHT // highest) for value in values
    ]  # anything shows at least a line
    bars = [
        Bar(label, "–" if value is None else str(value), n * (BAR + GAP), HEIGHT - height, BAR, height)
        for n, (label, value, height) in enumerate(zip(labels, values, heights, strict=True))
    ]
    most = str(max((value for value in values if value is not None), default=0))
    width = len(bars) * (BAR + GAP) - GAP
    return Chart(name, title, said, of, heading, until or bars[-1].label, bars, most, width)


@dataclass(frozen=True, slots=True)
class Line:
    """A number in a table. of: what it is of. share: of all, in percent, None where none is given. width: of its bar,
    as a share of the longest in percent."""

    of: Any
    number: int
    share: int | None
    width: int


def lines(numbers: Mapping[Any, int], *, floor: int) -> list[Line]:
    """The numbers in their order. Under `floor` in all, no shares: chance alone would make them."""
    whole, most = sum(numbers.values()), max(numbers.values(), default=0) or 1
    return [
        Line(of, number, round(100 * number / whole) if whole >= floor else None, -(-100 * number // most))
        for of, number in numbers.items()
    ]
