import pytest


def test_an_apposition_becomes_a_claim_of_its_own(texts):
    found = texts("Maria Lopez, the first woman to lead the port since 1950, met Kenya’s minister in Nairobi.")

    assert "Maria Lopez was the first woman to lead the port since 1950." in found
    assert "Maria Lopez met Kenya’s minister in Nairobi." in found


def test_a_list_of_names_is_no_apposition(texts):
    assert texts("Norway, Sweden, and Finland have signed the treaty.") == [
        "Norway, Sweden, and Finland have signed the treaty."
    ]


def test_a_relative_clause_becomes_a_claim_about_its_noun(texts):
    found = texts("Siemens, which employs 300,000 people, sold the plant in 2019.")

    assert found == ["Siemens sold the plant in 2019.", "Siemens employs 300,000 people."]


def test_a_coordinated_predicate_inherits_its_subject(texts):
    assert texts("Portugal closed two mines in 2010 and opened three dams in 2012.") == [
        "Portugal closed two mines in 2010.",
        "Portugal opened three dams in 2012.",
    ]


def test_a_coordinated_participle_inherits_its_auxiliaries(texts):
    assert "Two villages in Greece have been rebuilt." in texts("Two villages in Greece have been burned and rebuilt.")


def test_a_contrasting_clause_becomes_a_claim(texts):
    found = texts("While Spain’s economy grew 3% last year, Italy’s economy shrank 1%.")

    assert found == ["Spain’s economy grew 3% last year.", "Italy’s economy shrank 1%."]


def test_a_reason_stays_with_what_it_explains(texts):
    assert texts("Nearly 300 schools in Ohio closed because the heating failed.") == [
        "Nearly 300 schools in Ohio closed because the heating failed."
    ]


def test_a_participle_after_a_comma_becomes_a_claim(texts):
    found = texts("Japan has been cutting its fleet, selling 20 ships to Peru.")

    assert "Japan has been selling 20 ships to Peru." in found


def test_negation_stays(texts):
    assert texts("France did not sign the 1997 treaty and never paid the $5 million fine.") == [
        "France did not sign the 1997 treaty.",
        "France never paid the $5 million fine.",
    ]


@pytest.mark.parametrize("opening", ["However", "In return", "On the other hand"])
def test_words_that_tie_a_sentence_to_the_last_are_left_out(texts, opening):
    assert texts(f"{opening}, Canada banned the drug in 2003.") == ["Canada banned the drug in 2003."]


def test_what_stands_between_dashes_does_not_disturb_the_clause(texts):
    assert "The Port Board called a vote on March 3." in texts(
        "The Port Board - which runs the docks and has sold two - called a vote on March 3."
    )


def test_a_finite_verb_is_not_coordinated_with_a_noun(texts):
    found = texts("The 2015 rule puts firms at odds with banks and breaks with tradition.")

    assert "The 2015 rule breaks with tradition." in found
