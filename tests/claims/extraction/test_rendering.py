import pytest

from claims.extraction.rendering import render


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("taxes fell", "Taxes fell."),
        ("“Taxes fell,”", "Taxes fell."),
        ("Taxes fell in the U.S.", "Taxes fell in the U.S."),
        ("They call it “Victory Day.”", "They call it “Victory Day”."),
        ("Taxes fell” in May", "Taxes fell in May."),
        (", Taxes fell,", "Taxes fell."),
    ],
)
def test_a_claim_is_one_clean_sentence(tree, sentence, expected):
    parsed = tree(sentence)

    assert render(parsed, tuple(range(len(parsed)))) == expected


def test_literal_words_stand_between_tokens_with_spaces(tree):
    assert render(tree("Oslo the capital"), (0, "is", 1, 2)) == "Oslo is the capital."


def test_a_replacement_takes_the_place_of_its_tokens(tree):
    assert render(tree("The two countries agreed."), (0, 1, 2, 3, 4), {0: "Peru and Chile", 1: "", 2: ""}) == (
        "Peru and Chile agreed."
    )
