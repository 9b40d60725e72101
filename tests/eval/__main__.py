"""Score everything in ../shared/data that is there. make eval, or one part: make eval ARGS="parade -v"

Prints tables, leaves the same in var/eval.json, and exits 1 if a figure is below its floor in floors.json. -v shows
the sentences behind the figures, but never those of articles that are held out.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.eval import claims, finding, matching, pages, parade, texts, worthiness
from tests.eval.data import KEPT, NEWS, SHARED
from tests.eval.figures import Figure, as_json, failures, read_bounds, table


def main() -> None:
    arguments = _arguments()
    bounds = read_bounds()
    measured: dict[str, list[Figure]] = {}
    for name in arguments.parts or PARTS:
        figures, needs = PARTS[name]
        if not all(path.exists() for path in needs):
            continue
        start = time.perf_counter()
        measured[name] = figures(verbose=arguments.verbose)
        print(table(name, measured[name], bounds), f"({time.perf_counter() - start:.0f} s)", sep="\n", flush=True)
    _say_what_is_missing()
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({name: as_json(figures) for name, figures in measured.items()}, indent=2) + "\n")
    below = [line for name, figures in measured.items() for line in failures(name, figures, bounds)]
    if below:
        sys.exit("\n" + "\n".join(below))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=f"of {', '.join(PARTS)}; else all"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show sentences, held-out ones never")
    return parser.parse_args()


def _say_what_is_missing() -> None:
    if not SHARED.exists():
        print("\nThere is no ../shared/data: only our own articles were measured.")
        return
    for folder, use in USES.items():
        if not (SHARED / folder).exists():
            print(f"\nThere is no {folder}/ in ../shared/data: {use} was not measured.")
    print("\nNot measured, as that part is not built yet: feeds/ (reading feeds).")


USES = {
    "news": "claims and check-worthiness in news",
    "articles": "the article on the parade",
    "claimbuster": "check-worthiness in debates",
    "speeches": "what comes of speeches",
    "pages": "the reading of web pages",
    "match": "the finding of claims",
}
PARTS: dict[str, tuple[Callable[..., list[Figure]], tuple[Path, ...]]] = {
    "parade": (parade.figures, (parade.ARTICLE, parade.GOLD)),
    "claims": (claims.figures, ()),
    "worthiness": (worthiness.figures, (NEWS,)),
    "debates": (worthiness.debate_figures, (SHARED / "claimbuster",)),
    "speeches": (texts.speeches, texts.SPEECHES),
    "reading": (pages.figures, (pages.PAGES, pages.WANTED)),
    "pairs": (matching.figures, ()),
    "pages": (texts.pages, (pages.PAGES, pages.WANTED)),
    "finding": (finding.figures, finding.NEEDS),
}

if __name__ == "__main__":
    main()
