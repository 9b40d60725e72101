"""The extractor beside the bare spaCy pipeline it stands on: same text, same process, and how the cost grows.

`make bench ARGS=--long` adds 5 MB, which takes minutes. `python -m benchmarks.extractor FILE` measures on a text
of your own instead of the sample's, without starting any service.
"""

import resource
import sys
from pathlib import Path

from benchmarks.timing import least_seconds

SAMPLE = Path(__file__).parents[1] / "claims" / "sample"
MEGABYTE = 1_000_000
SIZES = (MEGABYTE // 10, MEGABYTE)
LONG = 5 * MEGABYTE
ROUNDS = 3


def sample(size: int, source: str = "") -> str:
    """`size` characters of text: articles of the sample desk, over and over."""
    article = source or "\n\n".join((SAMPLE / f"{name}.txt").read_text() for name in ("parade", "ferry", "clinic"))
    return ((article + "\n\n") * (size // len(article) + 1))[:size]


def measured(source: str = "", *, long: bool = False) -> dict[str, float]:
    """Words a second of both, and for each size the seconds and how many times those of the first size."""
    from claims.extraction import extract_claims, load_model

    nlp = load_model()
    text = sample(SIZES[0], source)
    words, paragraphs = len(text.split()), text.split("\n\n")
    extract_claims(text[:5_000])
    bare = least_seconds(lambda: list(nlp.pipe(paragraphs, batch_size=64)), rounds=ROUNDS)
    ours = least_seconds(lambda: extract_claims(text), rounds=ROUNDS)
    rows: dict[str, float] = {
        "extraction: bare spaCy, words a second": round(words / bare),
        "extraction: words a second": round(words / ours),
        "extraction: share of bare spaCy's speed": round(bare / ours, 2),
        "extraction: 0.1 MB, seconds": round(ours, 1),
    }
    for size in (*SIZES[1:], *([LONG] if long else [])):
        spent = least_seconds(lambda size=size: extract_claims(sample(size, source)), rounds=1)
        rows[f"extraction: {size // MEGABYTE} MB, seconds"] = round(spent, 1)
        rows[f"extraction: {size // MEGABYTE} MB, times 0.1 MB"] = round(spent / ours, 1)
        rows[f"extraction: {size // MEGABYTE} MB, most memory in MB"] = memory()
    return rows


def memory() -> float:
    """The most memory this process has had so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (MEGABYTE if sys.platform == "darwin" else 1024))


def main() -> None:
    files = [name for name in sys.argv[1:] if not name.startswith("--")]
    rows = measured("\n\n".join(Path(name).read_text() for name in files), long="--long" in sys.argv)
    for name, value in rows.items():
        print(f"{name:<58} {value:>10}")


if __name__ == "__main__":
    main()
