"""Mistakes that were seen in made-up sentences, each with what would be right."""

import pytest

from claims.extraction import extract_claims


@pytest.mark.parametrize(
    "text",
    [
        "Norway sold 20 ships in 2019; Sweden bought 12 dams in 2020, Ann Lee told reporters.",
        "The port sold 20 ships — which were built in 2019, Ann Lee said.",
    ],
)
def test_who_speaks_in_an_aside_is_found_in_the_words_of_the_aside(text):
    assert "Ann Lee" in {candidate.claimant for candidate in extract_claims(text)}


@pytest.mark.parametrize("saying", ["he said.", "he told the court.", "he added."])
def test_he_who_is_quoted_is_whom_the_sentence_before_was_about(saying):
    found = extract_claims(f"Tom Berg runs Acme Corp. “We cut 400 jobs in 2019,” {saying}")

    assert found[-1].claimant == "Tom Berg"


def test_i_of_him_who_was_named_before_is_his_name(texts):
    assert "Tom Berg sold 20 ships in 2019." in texts("Tom Berg runs Acme Corp. “I sold 20 ships in 2019,” he said.")


def test_a_quotation_according_to_someone_is_theirs(only):
    assert only("“Norway closed 12 dams in 2019,” according to Tom Berg.").claimant == "Tom Berg"


def test_a_surname_with_a_title_that_the_model_takes_for_one_name_is_the_full_name():
    found = extract_claims("Ann Lee opened three mines in 2018. Norway closed 12 dams in 2019, Ms Lee said.")

    assert found[-1].claimant == "Ann Lee"


def test_she_is_not_the_last_person_where_a_woman_was_named_before():
    found = extract_claims("Ms Okoro won 20 seats in 2019. Tom Berg closed 12 dams in 2020. She sold 20 ships in 2021.")

    assert not found[-1].text.startswith("Tom Berg")


def test_brackets_go_with_what_stood_in_them(texts):
    assert all("()" not in text for text in texts("Acme Corp (which employs 3,000 people) sold two mines in 2019."))


def test_both_participles_have_the_tense_of_the_sentence(texts):
    found = texts("Three dams broke in Norway in 2019, killing 20 people and destroying 300 homes.")

    assert all("and destroying" not in text for text in found)


def test_what_makes_it_so_is_the_whole_clause(texts):
    assert "Norway makes it poor." not in texts("Norway does not export gas, making it poor.")


def test_a_fine_that_did_not_stop_the_dividend_is_not_lost(texts):
    found = texts("Despite being fined $5 million in 2019, Acme Corp paid a dividend.")

    assert any("$5 million" in text for text in found)


def test_a_comment_between_dashes_makes_no_claim(texts):
    assert texts("Norway — believe it or not — closed 12 dams in 2019.") == ["Norway closed 12 dams in 2019."]


def test_a_sentence_that_the_parser_gets_wrong_is_not_lost(texts):
    assert texts("Norway’s decision to close 12 dams in 2019 angered Sweden.")


def test_words_between_which_and_its_verb_make_no_claim(texts):
    found = texts("The port sold 20 ships — which Ann Lee said were built in 2019.")

    assert "20 ships Ann Lee said were built in 2019." not in found
