"""Which fonts there are, and whether they can write a text.

Fonts come as packages (fontpkg-*), each of which is found by being installed, and from where systems keep theirs.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fontpkg
import uharfbuzz

KINDS = {".ttf", ".otf", ".ttc"}
SYSTEM = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/Library/Fonts", "/System/Library/Fonts"),
)
JOINERS = "\u200c\u200d"  # of scripts that join letters, and of nothing else
IN_WORDS = "LMN"  # letters, marks and numbers: a text without them says something else


@cache
def packaged() -> tuple[Path, ...]:
    """Fonts that packages carry, upright ones alone."""
    families = [fontpkg.family(name) for name in fontpkg.families()]
    return tuple(file.path for family in families for file in family.files if file.style == "normal")


@cache
def _on_the_system() -> tuple[Path, ...]:
    folders = (Path(folder).expanduser() for folder in SYSTEM)
    return tuple(sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in KINDS))


@cache
def _characters(font: Path) -> uharfbuzz.Set:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font)).unicodes


def writable(text: str) -> tuple[str, tuple[Path, ...]]:
    """`text` as it can be written, and the fonts it takes; "" and none where a letter of it has no font.

    Controls are left out, among them those that turn the direction of what is around them; so are pictures that no font
    has.
    """
    plain = "".join(character for character in text if not unicodedata.category(character).startswith("C"))
    missing = {ord(character) for character in plain if not character.isspace()}
    fonts = []
    for font in _in_order():
        if any(character in _characters(font) for character in missing):
            fonts.append(font)
            missing = {character for character in missing if character not in _characters(font)}
        if not missing:
            break
    if any(unicodedata.category(chr(character))[0] in IN_WORDS for character in missing):
        return "", ()
    kept = "".join(character for character in text if _is_kept(character) and ord(character) not in missing)
    return " ".join(kept.split()), tuple(fonts)


def _in_order() -> Iterator[Path]:
    """Those of the system last: there may be hundreds, and they are looked for only once somebody gets there."""
    yield from packaged()
    yield from _on_the_system()


def _is_kept(character: str) -> bool:
    return character in JOINERS or character.isspace() or not unicodedata.category(character).startswith("C")
