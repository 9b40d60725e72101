import pytest

from claims.extraction.quoting import quoted_tokens


@pytest.mark.parametrize(
    ("sentence", "inside", "still_open"),
    [
        ("He said “we won” twice.", ["we", "won"], False),
        ('He said "we won" twice.', ["we", "won"], False),
        ("“We won.", ["We", "won", "."], True),
        ("We won.", [], False),
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
