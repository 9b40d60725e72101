from claims.extraction import extract_claims


def test_a_surname_becomes_the_full_name_given_earlier(texts):
    assert texts("Angela Brown won the vote in 2012. Brown closed two mines.")[-1] == "Angela Brown closed two mines."


def test_a_surname_of_two_people_stays_as_it_is(texts):
    text = "Angela Brown met Peter Brown in 2012. Brown closed two mines in Brazil."

    assert texts(text)[-1] == "Brown closed two mines in Brazil."


def test_a_surname_in_the_name_of_an_office_stays(texts):
    assert texts("Donald Trump won in 2016. The Trump administration cut 200 jobs.")[-1] == (
        "The Trump administration cut 200 jobs."
    )


def test_it_after_and_is_the_subject_of_the_first_clause(texts):
    found = texts(
        "Portugal banned the drug in 2001, and it has been one of the four countries to treat users for free."
    )

    assert found[-1] == "Portugal has been one of the four countries to treat users for free."


def test_it_after_while_could_be_anything_and_is_marked():
    found = extract_claims(
        "Portugal keeps April 25 as a holiday, while it also marked the start of the 1974 revolution."
    )

    assert found[-1].unresolved == ("it",)


def test_the_two_countries_are_the_pair_named_before(texts):
    found = texts("The treaty was signed by India and Nepal in 1950. Now the two countries have closed 3 roads.")

    assert found[-1] == "India and Nepal have closed 3 roads."


def test_two_pairs_leave_the_two_countries_open():
    text = "India and Nepal met Peru and Chile in 1950. The two countries closed 3 roads."

    assert extract_claims(text)[-1].unresolved == ("The two countries",)


def test_she_between_two_people_is_left_alone():
    found = extract_claims("Anna Berg met Laura Stone in Oslo in 2010. She won 20 seats in 2014.")

    assert found[-1].text.startswith("She ")
    assert [word.lower() for word in found[-1].unresolved] == ["she"]


def test_what_was_replaced_is_recorded():
    found = extract_claims("Angela Brown won the vote in 2012. Brown closed two mines.")

    assert [(r.from_, r.to) for r in found[-1].resolved] == [("Brown", "Angela Brown")]


def test_that_claim_is_what_was_suspected_before(texts):
    found = texts("When Chile suspected that Peru was buying 20 tanks from Brazil, Lima denied that claim.")

    assert found[-1] == "Lima denied that Peru was buying 20 tanks from Brazil."


def test_it_is_clear_that_needs_no_name():
    found = extract_claims("It is known that Norway sold 300 ships in 1990.")

    assert all(candidate.unresolved == () for candidate in found)


def test_what_it_equals_is_not_named_after_the_last_speaker():
    text = "The ferry carried 410,000 cars, the Weser Shipping Company said. It was the highest number since 1998."

    found = [candidate for candidate in extract_claims(text) if "highest" in candidate.text]

    assert [(candidate.text, candidate.unresolved) for candidate in found] == [
        ("It was the highest number since 1998.", ("It",))
    ]
