import pytest

from claims.extraction.sentences import MAX_SENTENCE_WORDS, MAX_WORD_CHARACTERS, split_sentences


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It poured.", ["It rained.", "It poured."]),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("He lives in the U.S. The house is small.", ["He lives in the U.S.", "The house is small."]),
        ("Dr. Lee met J. R. Smith on Nov. 4 in Rome.", ["Dr. Lee met J. R. Smith on Nov. 4 in Rome."]),
        ("Chanel No. 5 sells. No. Never.", ["Chanel No. 5 sells.", "No.", "Never."]),
        ("“We won.” They lost.", ["“We won.”", "They lost."]),
        ("“Did we win?” she asked.", ["“Did we win?” she asked."]),
        ("Well… That is that.", ["Well…", "That is that."]),
        ("Taxes fell 3.5 percent.", ["Taxes fell 3.5 percent."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text, expected):
    assert sentences(text) == expected


def test_a_headline_does_not_run_into_the_text_below_it():
    assert sentences("Mayor opens bridge\nThe bridge cost $3m.") == ["Mayor opens bridge", "The bridge cost $3m."]


def test_a_hard_wrapped_line_runs_on_and_keeps_its_line_end():
    assert sentences("The mayor opened\r\nthe bridge.") == ["The mayor opened\r\nthe bridge."]


def test_a_bullet_is_no_part_of_its_sentence():
    assert sentences("- Taxes fell.\n• Rents rose.") == ["Taxes fell.", "Rents rose."]


@pytest.mark.parametrize("text", ["", " \n\r\n\t", "\u2028\u2029"])
def test_white_space_holds_no_sentence(text):
    assert sentences(text) == []


@pytest.mark.parametrize("text", ["x" * (MAX_WORD_CHARACTERS + 1), "word " * (MAX_SENTENCE_WORDS + 1), ". " * 1000])
def test_a_sentence_past_the_limits_is_marked_unreadable(text):
    assert [one.readable for one in split_sentences(text)] == [False]


def test_paragraphs_are_counted():
    assert [one.paragraph for one in split_sentences("One. Two.\n\nThree.")] == [0, 0, 1]
