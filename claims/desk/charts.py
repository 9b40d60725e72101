"""Small bar charts, drawn on the server: the numbers of a figure and where its bars stand. No colour says anything."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    """name: for ids on the page. said: the figure in one sentence. most: the highest value, as people read it."""

    name: str
    title: str
    said: str
    heading: str
    bars: list[Bar]
    most: str
    width: int
    height: int = HEIGHT


def bar_chart(
    name: str, *, title: str, said: str, heading: str, labels: Sequence[str], values: Sequence[int | None], most: str
) -> Chart:
    """A bar for each value; 0 is a bar without height, None is not known and drawn as nothing.

    heading: of the column of values in the table beside it.
    """
    highest = max([value for value in values if value is not None], default=0) or 1
    heights = [
        0 if value is None else -(-value * HEIGHT // highest) for value in values
    ]  # anything shows at least a line
    bars = [
        Bar(label, "–" if value is None else str(value), n * (BAR + GAP), HEIGHT - height, BAR, height)
        for n, (label, value, height) in enumerate(zip(labels, values, heights, strict=True))
    ]
    return Chart(name, title, said, heading, bars, most, width=len(bars) * (BAR + GAP) - GAP)
