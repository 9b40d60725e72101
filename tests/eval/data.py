"""Where the data of the measurements lies, and what is kept of them. None of the data is in the repository."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
NEWS = SHARED / "news" / "labelled.jsonl"
KEPT = ROOT / "var" / "eval.json"
CACHE = ROOT / "var" / "cache"


def articles(part: str) -> list[dict[str, Any]]:
    """The labelled news articles of `part`: dev, held (every fourth, which nobody reads) or all."""
    held = {"dev": {False}, "held": {True}, "all": {False, True}}[part]
    lines = NEWS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for number, line in enumerate(lines) if (number % 4 == 3) in held]


def average_precision(scored: list[tuple[float, bool]]) -> float:
    """The mean, over the positive ones, of the precision down to each; the best score comes first."""
    hits, total = 0, 0.0
    for rank, (_, positive) in enumerate(sorted(scored, key=lambda pair: -pair[0]), start=1):
        if positive:
            hits += 1
            total += hits / rank
    return total / hits


def kept(name: str, sources: Iterable[Path], make: Callable[[], Any]) -> Any:
    """What `make` gives, out of var/cache/ if no file of `sources` has changed since; it must fit into JSON."""
    path = CACHE / f"{name}-{state(sources)}.json"
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    made = make()
    CACHE.mkdir(parents=True, exist_ok=True)
    for old in CACHE.glob(f"{name}-*.json"):
        old.unlink()
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
    return json.loads(json.dumps(made))


def state(sources: Iterable[Path]) -> str:
    """A short name for the content of these files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(sources))).hexdigest()[:16]
