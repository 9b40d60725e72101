import pytest

from claims.extraction import extract_claims
from claims.extraction.memory import SENTENCES_A_PHRASE_LASTS, SENTENCES_REMEMBERED, Memory


def test_a_name_shared_by_two_people_stands_for_neither(tree):
    memory = Memory()

    memory.learn_names(tree("Angela Brown met Peter Brown in Oslo."))

    assert memory.full_name("Brown") == "Brown"
    assert memory.full_name("Angela") == "Angela Brown"


def test_a_noun_phrase_is_soon_forgotten(tree):
    memory = Memory()
    memory.learn_scene(tree("He broke the U.N. Security Council resolutions."))

    assert "Council" in (memory.phrase("resolutions") or "")
    for _ in range(SENTENCES_A_PHRASE_LASTS):
        memory.learn_scene(tree("It rained."))
    assert memory.phrase("resolutions") is None


@pytest.mark.parametrize(
    ("before", "pronoun"),
    [
        ("Tom Berg won 20 seats. Mr Berg sold a mine in 2019.", "She"),
        ("Ada Okoro said she won 20 seats in 2019.", "He"),
        ("Ada Okoro won 20 seats in 2018, and she sold a mine in 2019.", "He"),
    ],
)
def test_a_title_or_a_pronoun_tells_who_is_not_meant_later(before, pronoun):
    found = extract_claims(f"{before} {pronoun} closed 12 dams in 2020.")[-1]

    assert found.text == f"{pronoun} closed 12 dams in 2020."
    assert found.unresolved == (pronoun,)


def test_a_surname_with_a_title_is_the_full_name_given_before(texts):
    assert texts("Tom Berg won 20 seats in 2018. Mr Berg closed 12 dams in 2019.")[-1] == (
        "Tom Berg closed 12 dams in 2019."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan finance minister Ann Lee met reporters in Oslo.",
        "Ann Lee, the minister, met reporters in Oslo.",
        "The minister, Ann Lee, met reporters in Oslo.",
    ],
)
def test_who_holds_an_office_is_remembered(tree, sentence):
    memory = Memory()

    memory.learn_names(tree(sentence))

    assert memory.holder("minister") == "Ann Lee"


def test_an_office_of_two_people_has_no_one_holder(tree):
    memory = Memory()

    memory.learn_names(tree("Finance minister Ann Lee met health minister Tom Berg in Oslo."))

    assert memory.holder("minister") is None


def test_only_the_last_scenes_are_remembered(tree):
    memory = Memory()
    for _ in range(SENTENCES_REMEMBERED * 3):
        memory.learn_scene(tree("Ann Lee met Tom Berg in Oslo."))

    assert len(memory.scenes) == SENTENCES_REMEMBERED
