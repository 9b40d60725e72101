import pytest

from claims.extraction.mending import mend


def test_people_who_are_said_to_have_done_something_are_no_object_of_the_saying(only):
    candidate = only("The unions said more than 15,000 people registered for the rally.")

    assert candidate.text == "More than 15,000 people registered for the rally."
    assert candidate.claimant == "The unions"


def test_the_clause_before_a_conjunction_is_the_main_one(texts):
    found = texts("Three people have died during protests in Bolivia, after violent clashes erupted in La Paz.")

    assert found == ["Three people have died during protests in Bolivia.", "Violent clashes erupted in La Paz."]


def test_a_verb_in_the_middle_of_a_list_is_no_participle(texts):
    assert texts("Acme Corp bought two mines in 2018, borrowed $5 million in 2019, and had planned 20 ships.") == [
        "Acme Corp bought two mines in 2018.",
        "Acme Corp borrowed $5 million in 2019.",
        "Acme Corp had planned 20 ships.",
    ]


def test_what_is_joined_behind_a_relative_clause_is_joined_to_its_sentence(texts):
    assert texts("The tax was cut by the price, which has doubled since 2019, and by the war.") == [
        "The tax was cut by the price and by the war.",
        "The price has doubled since 2019.",
    ]


def test_a_mended_tree_has_no_circles(tree):
    parsed = tree("It puts firms at odds with banks and breaks with custom.")

    parsed.hang(parsed.roots[0], on=len(parsed) - 1, as_="dep")

    assert all(len(parsed.ancestors(token)) < len(parsed) for token in range(len(parsed)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme Corp bought sites that Tom Berg let, sold a mine in 2019, and left Norway.",
        "The firm, which is to lay off 300 staff, confirmed the plan on Monday.",
        "Three people died in Norway, after clashes broke out in Oslo.",
        "The unions said more than 15,000 people registered for the rally and left, after which they and we,",
    ],
)
def test_every_token_of_a_mended_tree_hangs_under_a_root_once(tree, sentence):
    parsed = tree(sentence)

    mend(parsed)

    below = [token for root in range(len(parsed)) if parsed.head[root] == root for token in parsed.subtree(root)]
    assert sorted(below) == list(range(len(parsed)))


def test_a_noun_that_the_parser_takes_for_a_verb_is_what_fell(only):
    candidate = only(
        "Minister Tom Berg told parliament on Thursday that the average wait for a scan fell to 131 days in 2025."
    )

    assert candidate.text == "The average wait for a scan fell to 131 days in 2025."
    assert candidate.claimant == "Tom Berg"
