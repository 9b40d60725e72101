import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.timing import least_seconds
from claims.extraction.lines import without_marks
from claims.extraction.sentences import MAX_SENTENCE_WORDS, MAX_WORD_CHARACTERS, split_sentences

BOUNDARIES = Path(__file__).with_name("boundaries.txt").read_text()


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split_sentences(text)]


def cases() -> list[object]:
    """The gold texts, each marked up by hand: ⟦ before a sentence and ⟧ behind it."""
    blocks = re.split(r"^=== *", BOUNDARIES, flags=re.MULTILINE)[1:]
    return [pytest.param(body.rstrip("\n"), id=name) for name, body in (block.split("\n", 1) for block in blocks)]


@pytest.mark.parametrize("marked", cases())
def test_a_sentence_ends_where_a_reader_would_end_it(marked):
    text = re.sub("[⟦⟧]", "", marked)
    pieces = list(split_sentences(text))

    found = text
    for one in reversed(pieces):
        found = f"{found[: one.start]}⟦{found[one.start : one.end]}⟧{found[one.end :]}"

    assert found == marked


def test_there_are_enough_boundaries_to_judge_by():
    assert BOUNDARIES.split("===", 1)[1].count("⟧") >= 300


def test_a_hard_wrapped_line_runs_on_and_keeps_its_line_end():
    assert sentences("The mayor opened\r\nthe bridge.") == ["The mayor opened\r\nthe bridge."]


def test_windows_line_ends_change_no_boundary():
    text = re.sub("[⟦⟧]", "", BOUNDARIES)

    windows = [" ".join(one.split()) for one in sentences(text.replace("\n", "\r\n"))]

    assert windows == [" ".join(one.split()) for one in sentences(text)]


@pytest.mark.parametrize(
    "text", ["", " \n\r\n\t", "\u2028\u2029", "- ", "[applause]", "1\n00:00:01,000 --> 00:00:02,000"]
)
def test_white_space_and_marks_hold_no_sentence(text):
    assert sentences(text) == []


@pytest.mark.parametrize("text", ["x" * (MAX_WORD_CHARACTERS + 1), "word " * (MAX_SENTENCE_WORDS + 1), ". " * 1000])
def test_a_sentence_past_the_limits_is_marked_unreadable(text):
    assert [one.readable for one in split_sentences(text)] == [False]


def test_paragraphs_are_counted():
    assert [one.paragraph for one in split_sentences("One. Two.\n\nThree.")] == [0, 0, 1]


def test_a_line_break_in_wrapped_text_begins_no_paragraph():
    text = (
        "“We opened the new bridge over the river today, in the rain and the wind.\n"
        "We will open another one soon, and then a third one over the same river,”\n"
        "the mayor said.\n"
    )

    assert [one.paragraph for one in split_sentences(text)] == [0, 0]


def test_the_parser_sees_no_stage_note_and_no_subtitle_time():
    text = "We cut\n\n2\n00:00:03,600 --> 00:00:06,000\ntaxes [applause] twice (LAUGHTER)."

    assert without_marks(text).split() == ["We", "cut", "taxes", "twice", "."]
    assert len(without_marks(text)) == len(text)


def test_ordinary_brackets_are_no_stage_notes():
    text = "The applause (it was long) pleased [the mayor] (Music Hall)."

    assert without_marks(text) == text


# What may stand between sentences beside white space.
LEFT_OUT = re.compile(
    r"[\s>•·▪●‣◦*–—-]*(?:[A-Z][^:\n\r]{0,160}:|[QA][.:]|\(?\d{1,6}[.)]?|\(?[a-z]\)|WEBVTT[^\n\r]*"
    r"|[\d:.,]+ *--> *[^\n\r]*|[\[(][\w ,.:-]{1,60}[\])]|[\[(]?[\d:.,]+[\])])?[\s>•·▪●‣◦*–—-]*"
)
PIECES = st.sampled_from(
    [
        "Taxes rose.", "rents", "fell", "Mr. Low", "VALE:", "Q.", "A.", "Q:", "- ", "1. ", "(2) ", "a) ", "\n", "\r\n",
        "\n\n", "“", "”", '"', "…", "...", "?", "U.S.", "[applause]", "[1]", ">> ", "7", "Dear Sir,",
        "00:00:01,000 --> 00:00:02,000", "漢字。", "\ud800", "\u00a0", "🙂", "\u2028", "— ", "x" * 201,
        "Ann Lee:", "the", "e\u0301", "\u202e",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_sentences_are_in_order_inside_the_text_and_begin_and_end_with_no_space(text):
    before = 0
    for one in split_sentences(text):
        assert before <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        before = one.end


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_no_letter_or_digit_is_lost_but_those_of_labels_and_marks(text):
    before = 0
    for one in [*split_sentences(text), None]:
        gap = text[before : one.start if one else len(text)]
        for line in re.split(r"[\n\r\x0b\x0c\x85\u2028\u2029]+", gap):
            assert _is_left_out(line), line
        before = one.end if one else before


def _is_left_out(line: str) -> bool:
    """Is the line made of nothing but labels and marks, one behind the other?"""
    while any(character.isalnum() for character in line):
        match = LEFT_OUT.match(line)
        if not match or not any(character.isalnum() for character in match.group()):
            return False
        line = line[match.end() :]
    return True


@pytest.mark.parametrize(
    "piece",
    [
        "We won. ", "a\n", "VALE: x\n", "1\n00:00:01,000 --> 00:00:03,500\nx y\n\n", ". ", "“ ", "AB ", "(a) ", "[1]",
        "12\n", "( ", "A. ", " \n", "x", "[applause ", "Ann Lee: We won.\n", "\r\n\r\n", "No. 4 ", "“a?” Low said. ",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_and_not_faster(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        return least_seconds(lambda: list(split_sentences(text)))

    small, large = (seconds(size) for size in (20_000, 200_000))

    assert large < 30 * small + 0.1  # ten times the text; quadratic would be a hundred times
