import pytest

from claims.extraction import extract_claims
from claims.extraction.quoting import quoted_tokens


@pytest.mark.parametrize(
    ("sentence", "inside", "still_open"),
    [
        ("He said “we won” twice.", ["we", "won"], False),
        ('He said "we won" twice.', ["we", "won"], False),
        ("“We won.", ["We", "won", "."], True),
        ("We won.", [], False),
        ('The 12" pipe broke.', [], False),
        ('He was 5\'10" and said "we won" twice.', ["we", "won"], False),
        ('" We won " he said.', ["We", "won"], False),
        ("He said ‘we won’ twice.", ["we", "won"], False),
        ("The workers’ union won.", [], False),
        ("In the ‘90s they won.", [], False),
        ("He said „we won“ twice.", ["we", "won"], False),
        ('("We won," he said.)', ["We", "won", ","], False),
    ],
)
def test_words_between_quotation_marks_are_found(tree, sentence, inside, still_open):
    parsed = tree(sentence)

    tokens, is_open = quoted_tokens(parsed, open_before=False)

    assert [parsed.words[token] for token in sorted(tokens)] == inside
    assert is_open == still_open


def test_a_quotation_goes_on_in_the_next_sentence(tree):
    tokens, is_open = quoted_tokens(tree("They lost” she said."), open_before=True)

    assert sorted(tokens) == [0, 1]
    assert not is_open


def test_a_quotation_that_its_second_paragraph_opens_again_has_one_speaker():
    text = (
        "“We sold 20 ships to Peru in 2019.\n\n"
        "“We sold 30 tanks to Chile in 2020,” Ann Lee said.\n\n"
        "Peru sold 40 jets in 2021.\n"
    )

    found = {candidate.quote[:20]: candidate.claimant for candidate in extract_claims(text)}

    assert "Ann Lee" in found["We sold 20 ships to "]
    assert "Ann Lee" in found["We sold 30 tanks to "]
    assert found["Peru sold 40 jets in"] == ""
