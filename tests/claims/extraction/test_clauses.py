"""What a clause takes from the one it hangs under."""

import pytest

from claims.extraction.splitting import split


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam burst, sending a wall of water into 300 homes.", "The dam sent a wall of water into 300 homes."),
        (
            "The dam has burst, sending a wall of water into 300 homes.",
            "The dam has sent a wall of water into 300 homes.",
        ),
        ("Norway is closing 12 dams, leaving 300 homes dry.", "Norway is leaving 300 homes dry."),
        ("Acme Corp, founded in 1990, employs 3,000 people.", "Acme Corp was founded in 1990."),
        ("Acme Corp, based in Oslo, employs 3,000 people.", "Acme Corp is based in Oslo."),
        ("Founded in 1990, Veltra Bank employs 3,000 people.", "Veltra Bank was founded in 1990."),
        ("Built in 1911, the Weser ferry carried 300 cars.", "The Weser ferry was built in 1911."),
        ("Having sold 20 ships in 2019, Norway closed two docks.", "Norway sold 20 ships in 2019."),
        (
            "Having been fined $5 million in 2019, Veltra Bank closed two branches.",
            "Veltra Bank was fined $5 million in 2019.",
        ),
        (
            "Despite losing 40 seats in 2019, the Labour Party formed a government.",
            "The Labour Party lost 40 seats in 2019.",
        ),
    ],
)
def test_a_participle_becomes_a_claim_in_the_tense_of_its_sentence(texts, sentence, expected):
    assert expected in texts(sentence)


def test_a_participle_after_what_is_planned_stays_inside(texts):
    text = "Norway will close 12 dams in 2030, leaving 300 homes without water."

    assert texts(text) == [text]


def test_what_is_included_stays_inside(texts):
    text = "Norway closed 12 dams in 2019, including two in Bergen."

    assert texts(text) == [text]


def test_speaking_somewhere_is_no_claim(only):
    assert only("Speaking in Oslo, Ann Lee said Norway had closed 12 dams.").text == "Norway had closed 12 dams."


def test_each_verb_of_a_list_becomes_a_claim(texts):
    assert texts("Norway closed 12 dams, sold 20 ships, and fined Acme Corp $5 million in 2019.") == [
        "Norway closed 12 dams.",
        "Norway sold 20 ships.",
        "Norway fined Acme Corp $5 million in 2019.",
    ]


def test_two_things_agreed_to_become_two_claims(texts):
    assert texts("Veltra Bank agreed to pay a fine of $5 million and to close 12 branches in Norway.") == [
        "Veltra Bank agreed to pay a fine of $5 million.",
        "Veltra Bank agreed to close 12 branches in Norway.",
    ]


def test_a_background_clause_becomes_a_claim_about_the_subject(texts):
    assert texts("The government of Norway shelved the plan last year, as it faced a crisis over 12 dams.") == [
        "The government of Norway shelved the plan last year.",
        "The government of Norway faced a crisis over 12 dams.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "If Norway closes 12 dams, 300 homes lose water.",
        "Whether Norway closed 12 dams in 2019 is unclear.",
        "Norway closed 12 dams because the river rose 3 metres.",
        "Neither Norway nor Sweden closed a dam in 2019.",
    ],
)
def test_a_clause_that_is_not_said_to_be_so_is_not_taken_out(texts, sentence):
    assert texts(sentence) == [sentence]


def test_the_time_that_opens_a_sentence_holds_for_all_its_verbs(texts):
    assert "In 2019, Norway opened three dams." in texts("In 2019, Norway closed 12 mines and opened three dams.")


def test_a_sentence_whose_parse_makes_no_sense_stays_whole(tree):
    parsed = tree("Norway closed 12 dams near Bergen in 2019.")
    parsed.dep[0] = "dep"  # a verb without a subject

    (draft,) = split(parsed)

    assert draft.rule == "whole"
    assert draft.parts == tuple(range(len(parsed)))


def test_a_short_sentence_whose_parse_makes_no_sense_makes_no_claim(tree):
    parsed = tree("Norway closed 12 dams.")
    parsed.dep[0] = "dep"

    assert split(parsed) == []


def test_what_hurt_a_number_hurt_the_subject(texts):
    found = texts("Norway’s airline lost 85 million crowns, hurt by a strike in Bergen.")

    assert any(text.endswith("was hurt by a strike in Bergen.") and "airline" in text for text in found)


def test_a_further_participle_of_a_clause_about_a_noun_is_not_the_subjects(texts):
    found = texts("The divers in Norway drank water that had been filtered, heated to 90 degrees and cooled.")

    assert not any("divers were heated" in text for text in found)


def test_an_after_clause_that_the_parser_tore_stays_whole(texts):
    found = texts(
        "Acme shelved its plan for a listing in 2019 after buyers grew wary of its debts, its bosses, and its age."
    )

    assert not any(text.endswith("in 2019 its bosses, and its age.") for text in found)
