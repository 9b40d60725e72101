"""Pronouns and "the company": a name on good evidence, and otherwise the word as it is."""

import pytest

from claims.extraction import extract_claims
from claims.extraction.people import is_human


def last(text: str) -> tuple[str, tuple[str, ...]]:
    found = extract_claims(text)[-1]
    return found.text, tuple(word.lower() for word in found.unresolved)


@pytest.mark.parametrize(
    ("before", "pronoun", "after", "expected"),
    [
        ("Ann Lee won 20 seats in 2019.", "She", "closed 12 dams in 2020.", "Ann Lee closed 12 dams in 2020."),
        ("Tom Berg won 20 seats in 2019.", "His", "party closed 12 dams.", "Tom Berg’s party closed 12 dams."),
        ("Acme Corp employs 3,000 people.", "It", "closed 12 mines.", "Acme Corp closed 12 mines."),
        ("Acme Corp employs 3,000 people.", "Its", "profit fell 20%.", "Acme Corp’s profit fell 20%."),
        ("Norway and Sweden signed the treaty in 1990.", "They", "sold 20 ships.", "Norway and Sweden sold 20 ships."),
    ],
)
def test_a_pronoun_is_what_the_sentence_before_was_about(before, pronoun, after, expected):
    assert last(f"{before} {pronoun} {after}") == (expected, ())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Veltra Bank sued Acme Corp in 2019. It closed 12 branches in 2020.", "it"),
        ("Mr Lee won 20 seats in 2019. She closed 12 dams in 2020.", "she"),
        ("Police arrested Ann Lee in 2019. He closed 12 dams in 2020.", "he"),
        ("The weather was bad. They closed 12 dams in 2020.", "they"),
    ],
)
def test_a_pronoun_with_two_meanings_or_none_is_left_and_marked(text, word):
    found, unresolved = last(text)

    assert found.lower().startswith(f"{word} ")
    assert unresolved == (word,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Corp said on Tuesday it lost $5 million in 2019.", "Acme Corp lost $5 million in 2019."),
        ("Acme Corp said its profit fell 20% in 2020.", "Acme Corp’s profit fell 20% in 2020."),
        ("Ann Lee said she had closed 12 dams in 2020.", "Ann Lee had closed 12 dams in 2020."),
    ],
)
def test_who_speaks_of_oneself_is_named(only, text, expected):
    assert only(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Corp employs 3,000 people. The company closed 12 mines in 2020.", "Acme Corp closed 12 mines in 2020."),
        ("Norway has 5 million people. The country closed 12 dams in 2019.", "Norway closed 12 dams in 2019."),
        ("The Fjord Dam was built in 1990. The dam broke in 2019.", "The Fjord Dam broke in 2019."),
        (
            "Norwegian finance minister Ann Lee closed 12 dams in 2019. The minister sold 20 ships in 2020.",
            "Ann Lee sold 20 ships in 2020.",
        ),
        (
            "Ann Lee, the mayor of Oslo, closed 12 schools in 2019. The mayor opened two schools in 2020.",
            "Ann Lee opened two schools in 2020.",
        ),
    ],
)
def test_words_for_the_only_one_of_its_kind_are_its_name(text, expected):
    assert last(text) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "Finance minister Ann Lee shut 12 dams in 2019. Health minister Tom Berg sold one. The minister sold 20 ships.",
        "The Fjord Dam was built in 1990. The Weser Dam was built in 1991. The dam broke in 2019.",
        "Acme Corp sued Veltra Bank in 2019. The company closed 12 mines in 2020.",
    ],
)
def test_words_for_one_of_two_are_left(text):
    opening, noun = text.rsplit(". ", 1)[1].split()[:2]

    assert last(text)[0].startswith(f"{opening} {noun} ")


def test_the_subject_of_two_clauses_is_named_in_both(texts):
    found = texts("Ann Lee was born in 1970. In 2019 she closed 12 schools, and in 2020 she won 20 seats.")

    assert found[-2:] == ["In 2019 Ann Lee closed 12 schools.", "In 2020 Ann Lee won 20 seats."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anna Berg ran the port for ten years. In March she told a committee that half of her 40 cranes were sold.",
            "Half of Anna Berg’s 40 cranes were sold.",
        ),
        (
            "Tom Berg won 20 seats in 2019. A court in Warsaw ruled against him in 2015.",
            "A court in Warsaw ruled against Tom Berg in 2015.",
        ),
        ("Tom Berg won 20 seats in 2019. A teacher sold his 40 books.", "A teacher sold his 40 books."),
        ("Tom Berg sold 12 of his 40 books.", "Tom Berg sold 12 of his 40 books."),
    ],
)
def test_whose_it_is_stands_in_the_claim_unless_it_names_somebody_already(text, expected):
    assert last(text)[0] == expected


@pytest.mark.parametrize(("word", "expected"), [("teacher", True), ("quarter", False), ("court", False)])
def test_a_word_for_a_person_is_told_from_one_for_a_thing(tree, word, expected):
    parsed = tree(f"The {word} was mentioned in May.")

    assert is_human(parsed, 1) is expected
