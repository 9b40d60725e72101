def test_people_who_are_said_to_have_done_something_are_no_object_of_the_saying(only):
    candidate = only("The unions said more than 15,000 people registered for the rally.")

    assert candidate.text == "More than 15,000 people registered for the rally."
    assert candidate.claimant == "The unions"


def test_the_clause_before_a_conjunction_is_the_main_one(texts):
    (text,) = texts("Three people have died during protests in Bolivia, after violent clashes erupted in La Paz.")

    assert text == "Three people have died during protests in Bolivia, after violent clashes erupted in La Paz."


def test_a_mended_tree_has_no_circles(tree):
    parsed = tree("It puts firms at odds with banks and breaks with custom.")

    parsed.hang(parsed.roots[0], on=len(parsed) - 1, as_="dep")

    assert all(len(parsed.ancestors(token)) < len(parsed) for token in range(len(parsed)))
