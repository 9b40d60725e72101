"""The full noun phrase for its short form."""

import pytest

from claims.extraction import extract_claims
from claims.extraction.phrases import full_phrase_at, is_another


@pytest.mark.parametrize(
    ("sentence", "noun", "phrase"),
    [
        ("The Chinese tariffs were lifted in May.", "tariffs", "the Chinese tariffs"),
        ("Peru's decision to leave cost 4,000 jobs.", "decision", "Peru's decision"),
        ("Peru's leader left for Chile.", "leader", ""),
        ("The bridge over the Tisza was closed.", "bridge", "the bridge over the Tisza"),
        ("The bridge was closed.", "bridge", ""),
        ("The two Chilean mines were closed.", "mines", ""),
    ],
)
def test_a_phrase_tells_which_one_by_a_name(tree, sentence, noun, phrase):
    parsed = tree(sentence)

    assert full_phrase_at(parsed, parsed.words.index(noun)) == phrase


@pytest.mark.parametrize(
    ("sentence", "noun", "expected"),
    [
        ("A second dam burst in May.", "dam", True),
        ("The EU imposed tariffs of its own.", "tariffs", True),
        ("Their dam burst in May.", "dam", True),
        ("The dam burst in May.", "dam", False),
    ],
)
def test_a_second_one_is_told_from_the_same_one(tree, sentence, noun, expected):
    parsed = tree(sentence)

    assert is_another(parsed, parsed.words.index(noun)) is expected


def test_a_short_form_becomes_the_phrase_until_there_is_another():
    text = (
        "The Chinese tariffs on wine were lifted in March. The tariffs had cost growers 900 million dollars. "
        "The EU imposed tariffs of its own in May. The tariffs are the highest since 1990."
    )
    found = [candidate.text for candidate in extract_claims(text)]

    assert "The Chinese tariffs had cost growers 900 million dollars." in found
    assert found[-1] == "The tariffs are the highest since 1990."
