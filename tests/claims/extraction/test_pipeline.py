import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import EXTRACTOR_VERSION, extract_claims, rejected_sentences

FIELDS = {
    "text", "quote", "start", "end", "sentence_start", "sentence_end", "claimant", "kind", "check_worthiness",
    "reasons", "modality", "unresolved", "resolved", "dates",
}  # fmt: skip
PIECES = st.sampled_from(
    [
        "Ann Lee, the mayor of Oslo,", "said", "that", "“", "”", '"', "(", ")", "—", " - ", "sold 20 ships", "in 1999.",
        "which", "it", "they", "and", "while", "\r\n", "\n\n", "é", "e\u0301", "🙂", "👍🏽", "\u202eאבג\u202c", "مرحبا",
        "漢字。", "\ud800", "\u00a0", "…", "?", "U.S.", "the two countries", ",", ";", "’s", "\x00", "\ufeff",
        "[applause]", "VALE:", "Q.", "A.", "1. ", "et le la un des", "\u200b", "on Tuesday", "\n- ", "It rained.",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
)
UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(TEXTS)
def test_any_text_gives_exact_offsets_in_text_order(text):
    found = extract_claims(text)

    for candidate in found:
        assert text[candidate.start : candidate.end] == candidate.quote
        assert candidate.sentence_start <= candidate.start < candidate.end <= candidate.sentence_end
        assert 0.0 <= candidate.check_worthiness <= 1.0
        assert candidate.text
    assert [(c.sentence_start, c.start) for c in found] == sorted((c.sentence_start, c.start) for c in found)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_candidates(text):
    assert extract_claims(text) == extract_claims(text)


@UNHURRIED
@given(TEXTS)
def test_a_sentence_has_candidates_or_a_reason_and_never_both(text):
    with_candidates = {candidate.sentence_start for candidate in extract_claims(text)}

    assert with_candidates.isdisjoint(rejection.start for rejection in rejected_sentences(text))


def test_a_statement_made_twice_comes_twice_in_the_same_words():
    text = "Ann Lee, the first woman to lead Oslo since 1950, met Kenya’s king.\n"

    found = extract_claims("Ann Lee won.\n" + text + "Peru sold 4 ships.\n" + text)

    twice = [c for c in found if c.text == "Ann Lee was the first woman to lead Oslo since 1950."]
    assert len(twice) == 2
    assert twice[0].start < twice[1].start


def test_a_candidate_line_has_the_fields_of_the_contract():
    (candidate,) = extract_claims("Chile sold 20 ships last week.", published_on=date(2023, 8, 2))

    line = json.loads(json.dumps(candidate.as_dict()))
    assert set(line) == FIELDS
    assert line["dates"] == [{"from": "last week", "to": "2023-07-24/2023-07-30"}]
    assert set(line["reasons"][0]) == {"signal", "weight"}


def test_windows_line_ends_stay_in_the_quote():
    text = "\r\nIn 1999 Chile sold\r\nmore than 20 ships to Peru.\r\n"

    (candidate,) = extract_claims(text)

    assert candidate.quote == "In 1999 Chile sold\r\nmore than 20 ships to Peru"
    assert candidate.text == "In 1999 Chile sold more than 20 ships to Peru."


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Did Chile sell 20 ships?", "question"),
        ("Read the original article.", "instruction"),
        ("A bridge too far.", "fragment"),
        ("I think that we should all be proud.", "opinion"),
        ("x" * 300, "unreadable"),
    ],
)
def test_a_sentence_without_a_candidate_has_a_reason(sentence, reason):
    assert [rejection.reason for rejection in rejected_sentences(sentence)] == [reason]
    assert extract_claims(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Chile will sell 20 ships in 2030.", "planned"),
        ("Chile would sell 20 ships if Peru paid $5 million.", "conditional"),
        ("Chile allegedly sold 20 ships.", "alleged"),
        ("Chile sold 20 ships.", "asserted"),
    ],
)
def test_what_is_not_said_to_be_so_is_marked(only, sentence, modality):
    assert only(sentence).modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "", "\n" * 100_000, "x" * 1_000_000, "(" * 100_000 + ")" * 100_000, "( " * 20_000, '"' * 100_000, "“ " * 20_000,
        ". " * 50_000, "." * 1_000_000, "漢" * 100_000, " - " * 30_000, "a, " * 20_000, "Aa " * 20_000,
    ],
)  # fmt: skip
def test_hostile_text_costs_little_and_gives_nothing(text):
    assert extract_claims(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "\u202eChile sold 20 ships.\u202c Peru sold 30 ships.",
        "\ufeffChile sold 20 ships.\u200b Peru sold 30 ships.",
        "Chi\u00adle sold 20 ships\u200b.\u200b Peru sold\u2060 30 ships.",
        "Chile sold\x00 20 ships. Peru sold 30 ships.",
        "\ud800 Chile sold 20 ships. \udfff Peru sold 30 ships.",
        "Chile sold 20 ships.\r\n\r\nPeru sold 30 ships.\r\n",
        "Chile sold 20 ships.\rPeru sold 30 ships.\r",
        "🙂 Chile sold 20 ships. 🎉 Peru sold 30 ships. 🙂",
        "“" * 5_000 + "\nChile sold 20 ships.\nPeru sold 30 ships.",
        "(" * 5_000 + "\nChile sold 20 ships.\nPeru sold 30 ships.\n" + ")" * 5_000,
    ],
)
def test_what_cannot_be_seen_or_makes_no_sense_leaves_sentences_as_they_are(text):
    found = extract_claims(text)

    assert [candidate.text.lstrip("🙂🎉 \ufffd") for candidate in found] == [
        "Chile sold 20 ships.",
        "Peru sold 30 ships.",
    ]
    assert all(text[candidate.start : candidate.end] == candidate.quote for candidate in found)


def test_a_megabyte_of_one_word_leaves_its_neighbours_alone(texts):
    text = "Chile sold 20 ships.\n" + "x" * 1_000_000 + "\nPeru sold 30 ships."

    assert texts(text) == ["Chile sold 20 ships.", "Peru sold 30 ships."]


def test_the_extractor_has_a_version():
    assert EXTRACTOR_VERSION


def test_an_apposition_of_punctuation_alone_is_none():
    assert extract_claims("said \ud800 ( ” 👍🏽") == []
