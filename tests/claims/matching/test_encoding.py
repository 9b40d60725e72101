import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.encoding import load_encoder


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def test_it_says_whose_vectors_they_are(encoder):
    assert encoder.name == "all-MiniLM-L6-v2-int8"
    assert encoder.version
    assert encoder.dimensions == 384


def test_no_sentences_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 384)


@settings(deadline=None, max_examples=40)
@given(sentences=st.lists(st.text(alphabet=st.characters(exclude_categories=[])), max_size=5))
def test_any_text_gets_a_row_of_length_one(sentences):
    rows = load_encoder().encode(sentences)

    assert rows.shape == (len(sentences), 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "text",
    ["", " \n", "\x00", "half \ud83d a pair", "😀", "word " * 5_000, "x" * 1_000_000, "é" * 1_000_000],
    ids=["empty", "blank", "null", "half a pair", "emoji", "5,000 words", "a megabyte", "a megabyte of accents"],
)
def test_a_text_nobody_would_claim_gets_a_row(encoder, text):
    (row,) = encoder.encode([text])

    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-3)


def test_a_sentence_is_encoded_the_same_alone_and_among_others(encoder):
    sentences = ["Exports grew 4%.", "The court fined Google $5 billion in 2018.", "word " * 60] * 20

    together = encoder.encode(sentences)

    assert np.allclose(together[:3], np.concatenate([encoder.encode([one]) for one in sentences[:3]]), atol=1e-5)
    assert np.array_equal(together, encoder.encode(sentences))


def test_like_meaning_gives_like_direction(encoder):
    one, same, other = encoder.encode(["Oslo cut 4,000 jobs.", "Oslo has cut 4,000 posts.", "It rained on the parade."])

    assert one @ same > 0.6 > 0.3 > one @ other


def test_it_can_be_turned_off(monkeypatch):
    monkeypatch.setenv("PLUMBLINE_ENCODER", "off")

    assert load_encoder() is None


def test_it_can_be_given_more_threads(encoder, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_ENCODER_THREADS", "2")

    rows = load_encoder().encode(["Exports grew 4%."])

    assert np.allclose(rows, encoder.encode(["Exports grew 4%."]), atol=1e-5)
