"""The numbers of the score, from weights.json, which `make train` writes."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.extraction.encoding import Encoder, in_batches, load_encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).with_name("weights.json")
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """One linear model, in log-odds. vector: a number for each of the encoder's, or none for the model without it."""

    starting_point: float
    signals: Mapping[str, float]
    words: Mapping[str, float]
    vector: Sequence[float] = ()

    def of_words(self, terms: Iterable[str]) -> float:
        """What the words add: the sum of their weights over the root of their number, so that length adds nothing."""
        terms = list(terms)
        return math.fsum(self.words.get(term, 0.0) for term in terms) / math.sqrt(max(len(terms), 1))

    def of_vector(self, vector: "NDArray[np.float32]") -> float:
        return math.fsum(weight * float(number) for weight, number in zip(self.vector, vector, strict=True))


@dataclass(frozen=True, slots=True)
class Model:
    """Both sets of weights. encoder: name and version of the one that the vector's weights were trained with."""

    encoder: tuple[str, str]
    with_vector: Weights
    without_vector: Weights

    def fits(self, encoder: Encoder | None) -> bool:
        return encoder is not None and (encoder.name, encoder.version) == self.encoder


@cache
def load_weights() -> Model:
    """Read the file, once per process. Raises ValueError on a file of another format."""
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    if kept["format"] != FORMAT:
        raise ValueError(f"{FILE.name} has format {kept['format']}; this program reads format {FORMAT}.")
    encoder = kept["encoder"]
    sets = (Weights(**kept[name]) for name in ("with_vector", "without_vector"))
    return Model((encoder["name"], encoder["version"]), *sets)


def meanings(sentences: Iterable[str]) -> Iterator[float | None]:
    """Yield what the vector of each sentence adds to its log-odds, in order, reading them batch by batch.

    None, for every one, where there is no encoder, or another than the weights were trained with.
    """
    model = load_weights()
    if not model.fits(load_encoder()):
        yield from (None for _ in sentences)
        return
    for batch, vectors in in_batches(sentences):
        for sentence, vector in zip(batch, vectors or [], strict=True):
            yield model.with_vector.of_vector(vector) if sentence else 0.0
