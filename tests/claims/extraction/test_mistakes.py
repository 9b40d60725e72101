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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Parasol,” the film about wealth, won 12 prizes in 2019.", "“Parasol,” the film about wealth, won"),
        ("(The new map of 2020 unites the 12 districts of Utah.)", "The new map of 2020 unites the 12 districts"),
    ],
)
def test_marks_at_the_beginning_leave_the_first_word_as_it_is(texts, text, expected):
    assert texts(text)[0].startswith(expected)


def test_an_adder_of_nothing_adds_no_claim(texts):
    assert texts("Speaking through an interpreter, Ann Lee added in Oslo.") == []


def test_it_worked_is_nobody_in_particular():
    found = extract_claims("Acme Corp sold 40 mills in Oslo in May. It didn’t work in Peru in 2019.")

    assert found[-1].text == "It didn’t work in Peru in 2019."


def test_she_who_continues_is_not_an_earlier_speaker_when_another_was_named_since():
    text = (
        "“40 children were born in May,” Sherine Abed said. In Rosa Hajjar’s case, she stayed in Oslo for 12 days."
        " “40 houses were burned in June,” she continued."
    )

    assert extract_claims(text)[-1].claimant == "she"


def test_he_is_who_said_the_last_quotation():
    text = (
        "Josef Cueto told Oslo that 40 buses were late. “The 12 answers were different,” said Robert Wolf."
        " He asked that Oslo send 30 answers."
    )

    assert extract_claims(text)[-1].text == "Robert Wolf asked that Oslo send 30 answers."


def test_a_courtesy_title_goes_where_a_claimant_gets_the_full_name():
    text = "Chris Graham won 20 seats in 2019. Mr Graham said that 40 jobs were lost in May."

    assert extract_claims(text)[-1].claimant == "Chris Graham"


def test_a_label_in_a_transcript_is_the_full_name_that_was_given():
    text = "MODERATOR: Here are Councillor Victor Stanmore and Mayor Denise Arnaud.\nSTANMORE: I voted for 40 parks."

    last = extract_claims(text)[-1]

    assert (last.text, last.claimant) == ("Victor Stanmore voted for 40 parks.", "Victor Stanmore")


def test_a_quotation_by_itself_goes_on_with_who_spoke_before():
    text = "“I sold the boat in May,” Anna Berg said. “I never saw the 40 barrels in the harbour of Oslo.”"

    assert extract_claims(text)[-1].text == "Anna Berg never saw the 40 barrels in the harbour of Oslo."


@pytest.mark.parametrize(
    "between", ["The former vice president won 20 seats in 2019.", "The prize was given to Tammsalu in May."]
)
def test_he_is_not_somebody_further_back_when_somebody_else_may_be_meant(between):
    text = f"Tom Berg closed 12 dams in 2020. {between} He sold 40 ships in May."

    assert extract_claims(text)[-1].unresolved == ("He",)


def test_who_speaks_without_a_name_is_he_who_goes_on():
    text = (
        "Ann Lee said 40 jobs were lost. A spokesman for the port said 12 ships were sold in May. “In June 30"
        " ships were sold,” he said."
    )

    assert extract_claims(text)[-1].claimant == "A spokesman for the port"


def test_which_is_never_a_person(texts):
    text = "Reports of fires under President Tom Berg, which have led to 40 protests, came from Peru in 2019."

    found = texts(text)

    assert "Reports of fires under President Tom Berg came from Peru in 2019." in found
    assert not any(one.startswith("President Tom Berg") for one in found)


def test_a_word_that_marks_no_clause_stays(texts):
    text = "In the meantime, the case before the European Court is being considered by 12 judges in 2019."

    assert texts(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The problem in Ohio is not money but how all 12 agencies use it.", ["The problem in Ohio is not money."]),
        ("Farms in Ohio that own 40 mills sell their flour to Peru, helping 12 towns.", [
            "Farms in Ohio that own 40 mills help 12 towns.",
            "Farms in Ohio that own 40 mills sell their flour to Peru.",
        ]),
        ("So that people in Ohio will see it, 12 banners were hung in May.", []),
        ("Banks in Peru are using 40 tools, or are taking 12 steps, to save paper.", []),
        ("It hurts 40 towns in Ohio; which is to say, the United States.", ["It hurts 40 towns in Ohio."]),
        ("Ann Lee argued in Oslo that there are 12 risks and deemed the plan wrong.", [
            "Ann Lee deemed the plan wrong.", "There are 12 risks.",
        ]),
    ],
)  # fmt: skip
def test_what_is_asked_or_one_of_two_is_not_stated(texts, text, expected):
    found = texts(text)

    assert sorted(found) == expected if expected else found in ([], [text])


@pytest.mark.parametrize(
    "text",
    [
        "When Ann Winfrey asked if he could share the 12 letters, he declined in May.",
        "A month after he resigned in May, Tom Berg’s deputy sold 40 ships.",
    ],
)
def test_he_is_not_who_asks_nor_whom_only_the_rest_of_the_sentence_tells(text):
    before = "Rosa Lind won 20 seats in 2019. "

    found = [candidate for candidate in extract_claims(before + text) if " he " in candidate.text]

    assert found
    assert all(r.from_ != "he" for candidate in found for r in candidate.resolved)


def test_a_heading_is_nothing_that_it_could_mean():
    text = "Acme Corp mines\n\nIt sold 40 ships to Peru in May."

    assert extract_claims(text)[-1].text == "It sold 40 ships to Peru in May."


def test_the_form_of_a_firm_is_no_surname(texts):
    assert texts("Coinfold Global, Inc. owns 12 mines in Peru.") == ["Coinfold Global, Inc. owns 12 mines in Peru."]


def test_it_that_announces_a_clause_is_no_name():
    text = "Acme Corp owns 40 mines in Peru. It should not surprise anyone that the county dropped 40 charges in May."

    assert extract_claims(text)[-1].text.startswith("It should not surprise anyone")
