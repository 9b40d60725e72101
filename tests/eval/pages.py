"""Does the text that articles.parsing reads out of saved web pages hold what it must, and not what it must not?"""

import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles import parsing
from articles.exceptions import RefusedText
from claims.extraction import foreign_language
from tests.eval.data import SHARED, kept
from tests.eval.figures import Figure

PAGES = SHARED / "pages" / "pages.tar.gz"
WANTED = SHARED / "pages" / "wanted.json"
TRAFILATURA = 0.92  # F on all of these pages, from the README of the data: what it reaches by itself
Wanted = dict[str, Any]


def figures(*, verbose: bool = False) -> list[Figure]:
    """Shares over the pieces of text that each page names. Raises FileNotFoundError where there are no pages."""
    counts: Counter[str] = Counter()
    texts = read_pages()
    for url, wanted in _wanted().items():
        page = count(texts[wanted["file"]], wanted)
        counts += page
        if verbose and (page["missed"] or page["unwanted"]):
            print(f"{url}: {page['missed']} missed, {page['unwanted']} unwanted")
    precise = counts["wanted"] / (counts["wanted"] + counts["unwanted"])
    found = counts["wanted"] / (counts["wanted"] + counts["missed"])
    return [
        Figure("pages", "F of what must and must not be there", 2 * precise * found / (precise + found), TRAFILATURA),
        Figure("pages", "precise", precise),
        Figure("pages", "found", found),
        Figure("pages", "refused: no article in it", sum(not text for text in texts.values()) / len(texts)),
    ]


def count(text: str, wanted: Wanted) -> Counter[str]:
    """How many pieces that must be in `text` are there, or missed, and how many that must not are there."""
    words = _plain(text)
    there = sum(_plain(piece) in words for piece in wanted["with"])
    unwanted = sum(_plain(piece) in words for piece in wanted["without"])
    return Counter(wanted=there, missed=len(wanted["with"]) - there, unwanted=unwanted)


def english_pages(*, every: int) -> Iterator[tuple[str, str]]:
    """The name and the text of every so-manieth page in English, by name."""
    texts = sorted((name, text) for name, text in read_pages().items() if text and not foreign_language(text))
    yield from texts[::every]


def read_pages() -> dict[str, str]:
    """The text of each page, by its name; "" for one that was refused. Read again when the code that reads changes."""
    code = Path(parsing.__file__).parent.glob("*.py")
    return kept("pages", [*code, PAGES, WANTED], _read)


def _read() -> dict[str, str]:
    addresses = {wanted["file"]: url for url, wanted in _wanted().items()}
    with tarfile.open(PAGES) as archive:
        members = [member for member in archive if member.isfile()]
        return {
            (name := member.name.removeprefix("pages/")): _text(archive, member, addresses.get(name, ""))
            for member in members
        }


def _text(archive: tarfile.TarFile, member: tarfile.TarInfo, url: str) -> str:
    file = archive.extractfile(member)
    try:
        return parsing.parse_html(file.read() if file else b"", url=url).text
    except RefusedText:
        return ""


def _wanted() -> dict[str, Wanted]:
    return json.loads(WANTED.read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    return " ".join(text.split())
