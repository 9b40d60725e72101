"""What the extractor does with texts that nobody has labelled: speeches, and articles out of saved web pages."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from claims.extraction import Candidate, Rejection, read_text
from tests.eval.claims import POINTERS
from tests.eval.data import SHARED
from tests.eval.figures import Figure
from tests.eval.pages import english_pages

SPEECHES = (SHARED / "speeches" / "state_union.zip", SHARED / "speeches" / "inaugural.zip")
# A fixed sample, by name: all of them would take some minutes.
EVERY_SPEECH = 4
LONGEST_SPEECH = 30_000  # characters: the written messages of the forties would be half of the sample
EVERY_PAGE = 6


def speeches(*, verbose: bool = False) -> list[Figure]:
    return _figures("speeches", _speeches(), verbose=verbose)


def pages(*, verbose: bool = False) -> list[Figure]:
    return _figures("pages", english_pages(every=EVERY_PAGE), verbose=verbose)


def _speeches() -> Iterator[tuple[str, str]]:
    for path in SPEECHES:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".txt"))
            for name in names[::EVERY_SPEECH]:
                yield name, archive.read(name).decode("utf-8", errors="replace")[:LONGEST_SPEECH]


def _figures(row: str, texts: Iterable[tuple[str, str]], *, verbose: bool) -> list[Figure]:
    counts: Counter[str] = Counter()
    for name, text in texts:
        counts += _read(name, text, verbose=verbose)
    return [
        Figure(row, "read without an exception", 1 - _share(counts, "failed", "texts"), ceiling=1.0),
        Figure(row, "quote is exactly its place", _share(counts, "exact", "found"), ceiling=1.0),
        Figure(row, "begins with a pronoun", _share(counts, "pointers", "found")),
        Figure(row, "sentences with candidates", _share(counts, "fruitful", "sentences")),
    ]


def _read(name: str, text: str, *, verbose: bool) -> Counter[str]:
    try:
        found = list(read_text(text))
    except Exception as error:  # every one is a bug, and the others are to be seen as well
        print(f"{name}: {type(error).__name__}: {error}")
        return Counter(texts=1, failed=1)
    candidates = [one for one in found if isinstance(one, Candidate)]
    fruitful = {one.sentence_start for one in candidates}
    loose = [one for one in candidates if begins_loose(one)]
    if verbose:
        print(name, *(one.text for one in loose), sep="\n    ")
    return Counter(
        texts=1,
        found=len(candidates),
        exact=sum(text[one.start : one.end] == one.quote for one in candidates),
        pointers=len(loose),
        fruitful=len(fruitful),
        sentences=len(fruitful) + sum(isinstance(one, Rejection) for one in found),
    )


def begins_loose(candidate: Candidate) -> bool:
    """Does it begin with a pronoun for which no name was found?"""
    first = candidate.text.split()[0].lower()
    return first in POINTERS and first in {word.lower() for word in candidate.unresolved}


def _share(counts: Counter[str], part: str, whole: str) -> float:
    return counts[part] / max(counts[whole], 1)
