"""Sentences taken apart by their marks alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.reading import Reading, read

PIECES = st.sampled_from(
    [
        "Oslo Port", "“We sold it,”", "she said", " — ", " - ", "--", "; ", "“", "”", '"', "(", ")",
        "OSLO, May 3 (Wire) - ", "which runs", "sold 20 ships", ".", ",", "…", "\n", "\t", "\x00", "\ud800", "é",
        "🙂", "\u00a0", "?",
    ]
)  # fmt: skip


def test_a_sentence_without_such_marks_is_read_as_it_is():
    assert read("Norway closed 12 dams.") == Reading("Norway closed 12 dams.", "Norway closed 12 dams.")


@pytest.mark.parametrize("dash", [" — ", " – ", " - ", " -- ", "—", "--"])
def test_what_stands_between_dashes_is_read_apart(dash):
    sentence = f"Oslo Port{dash}which has run the docks{dash}called a vote."

    reading = read(sentence)

    assert reading.main.split() == ["Oslo", "Port", "called", "a", "vote."]
    assert [sentence[start:end] for start, end in reading.interruptions] == ["which has run the docks"]


def test_a_phrase_between_dashes_is_set_off_with_commas():
    reading = read("Oslo Port — the largest dock in Norway — called a vote.")

    assert " ".join(reading.main.split()) == "Oslo Port , the largest dock in Norway , called a vote."
    assert reading.interruptions == []


def test_what_follows_a_single_dash_is_read_apart():
    sentence = "Norway closed 12 dams last year — the most since 1990."

    (span,) = read(sentence).interruptions

    assert sentence[slice(*span)] == "the most since 1990"


@pytest.mark.parametrize("word", ["well-known", "2010-2019", "co-owner"])
def test_a_hyphen_inside_a_word_interrupts_nothing(word):
    sentence = f"The {word} dam broke in Norway."

    assert read(sentence).main == sentence


@pytest.mark.parametrize(
    "dateline", ["OSLO, March 14 (Fjord Wire) - ", "VIENNA — ", "LEEDS, 29 May 2024 – ", "NEW YORK (Wire) -- "]
)
def test_a_dateline_is_left_out(dateline):
    assert read(f"{dateline}Norway closed 12 dams.").main.strip() == "Norway closed 12 dams."


def test_two_statements_around_a_semicolon_are_read_apart():
    sentence = "Exports of wheat fell 4%; imports of wheat rose 9%."

    reading = read(sentence)

    assert reading.main.strip() == "Exports of wheat fell 4%"
    assert [sentence[start:end].strip() for start, end in reading.statements] == ["imports of wheat rose 9%."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The board met Ann Lee, of Oslo; Tom Berg, of Bergen; and Liv Moe, of Moss.",
        "He called it “a gift to the banks; a shame for the town” on Monday evening.",
        "Norway won; hooray.",
    ],
)
def test_a_semicolon_in_a_list_or_a_quotation_divides_no_statements(sentence):
    assert read(sentence).statements == []


@pytest.mark.parametrize(
    ("sentence", "said", "said_by"),
    [
        ("“We cut 400 jobs,” Ms Okoro told reporters.", "We cut 400 jobs,", "Ms Okoro told reporters"),
        ('"We cut 400 jobs," said Ms Okoro.', "We cut 400 jobs,", "said Ms Okoro"),
        ("We cut 400 jobs,” said Ms Okoro.", "We cut 400 jobs,", "said Ms Okoro"),
        ("“We cut 400 jobs,” she said, “and sold a mine.”", "We cut 400 jobs, and sold a mine.", "she said,"),
    ],
)
def test_a_quotation_is_read_apart_from_its_speaker(sentence, said, said_by):
    reading = read(sentence)

    assert " ".join(reading.main.strip("” ").split()) == said
    assert " ".join(reading.said_by.split()).rstrip(".") == said_by


@pytest.mark.parametrize(
    "sentence",
    ["They call it “Victory Day” in Norway.", "He said “12 dams” had broken.", "“The Fjord” sank, the owner said."],
)
def test_a_quoted_word_is_no_quotation(sentence):
    assert read(sentence).said_by == ""


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_every_reading_keeps_each_character_in_its_place(sentence):
    reading = read(sentence)

    assert len(reading.main) == len(reading.whole) == len(sentence)
    assert len(reading.said_by) in {0, len(sentence)}
    for place, character in enumerate(reading.main):
        assert character in {" ", ",", reading.whole[place]}
    for start, end in reading.interruptions + reading.statements:
        assert 0 <= start <= end <= len(sentence)
