"""From a card to a picture of 1200 by 630 pixels, as others show it beside a link."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pyvips

from claims.cards import fonts

WIDTH, HEIGHT = 1200, 630
LONGEST = 240  # characters of a text; more would be too small to read
PX = 72  # dots an inch at which a point is a pixel


@dataclass(frozen=True, slots=True)
class Box:
    """Where a text may stand, from the side on which reading begins. size: of its letters at most, in pixels."""

    start: int
    top: int
    width: int
    height: int
    font: str
    size: int


CLAIM = Box(start=168, top=72, width=952, height=318, font="Noto Serif", size=58)
RATING = Box(start=168, top=434, width=952, height=76, font="Noto Sans Semi-Bold", size=60)
SITE = Box(start=168, top=546, width=952, height=34, font="Noto Sans", size=26)


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says. ground: an SVG of the whole card without any text; ink, colour: "#rrggbb"."""

    claim: str
    rating: str
    site: str
    ground: str
    ink: str
    soft: str
    colour: str


def draw(card: Card) -> bytes:
    """The card as PNG; a text for a letter of which there is no font is left out.

    A claim from right to left has texts on the right; `ground` is the caller's.
    """
    mirrored = is_from_right_to_left(card.claim)
    picture = pyvips.Image.svgload_buffer(card.ground.encode())
    texts = ((card.claim, CLAIM, card.ink), (card.rating, RATING, card.colour), (card.site, SITE, card.soft))
    for said, box, colour in texts:
        text, needed = fonts.writable(shortened(said))
        if text:
            mask = _written(text, box, needed)
            x = WIDTH - box.start - mask.width if mirrored else box.start
            y = box.top if box is CLAIM else box.top + (box.height - mask.height) // 2
            picture = _with(picture, mask, colour, x, y)
    return bytes(picture.flatten().pngsave_buffer(palette=True))


def is_from_right_to_left(text: str) -> bool:
    """By the first letter that has a direction."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((direction != "L" for direction in directions if direction in {"L", "R", "AL"}), False)


def shortened(text: str) -> str:
    """`text` with at most LONGEST characters, cut after a word if there is one."""
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[LONGEST // 2 :] else cut) + "…"


def _written(text: str, box: Box, needed: tuple[Path, ...]) -> pyvips.Image:
    """The text as a mask, in letters as large as the box takes."""
    for font in (*fonts.packaged(), *needed):
        pyvips.Image.text(".", fontfile=str(font))  # makes it known to all texts
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # the library reads markup
    how = {"font": f"{box.font} {box.size}", "width": box.width, "wrap": "word-char"}
    mask = pyvips.Image.text(escaped, dpi=PX, **how)
    if mask.height > box.height or mask.width > box.width:
        mask = pyvips.Image.text(escaped, height=box.height, **how)
    return mask


def _with(picture: pyvips.Image, mask: pyvips.Image, colour: str, x: int, y: int) -> pyvips.Image:
    """The picture with the mask on it in this colour."""
    rgb = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    layer = mask.new_from_image(rgb).copy(interpretation="srgb").bandjoin(mask)
    return picture.composite2(layer, "over", x=x, y=y)
