from claims.extraction.memory import SENTENCES_A_PHRASE_LASTS, Memory


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
