"""What is said in passing about a noun."""

import pytest


def test_an_age_is_left_out(texts):
    assert texts("Ann Lee, 45, won 20 seats in 2019.") == ["Ann Lee won 20 seats in 2019."]


def test_the_ages_of_two_people_are_left_out(texts):
    assert texts("Lee, 45, and Berg, 50, won 20 seats in 2019.") == ["Lee and Berg won 20 seats in 2019."]


def test_a_title_before_a_name_becomes_a_claim_about_the_name(texts):
    found = texts("Norway’s largest bank, Veltra Bank, closed 12 branches in 2019.")

    assert any(text.startswith("Veltra Bank") and "Norway’s largest bank" in text for text in found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ann Lee moved to Tartu, where turnout rose to 60% in 2019.", "Turnout rose to 60% in 2019 in Tartu."),
        (
            "No flood has been worse since 2002, when floods killed 80 people in Bergen.",
            "Floods killed 80 people in Bergen in 2002.",
        ),
        ("Acme Corp, whose profit fell 20% in 2019, closed 12 branches.", "Acme Corp’s profit fell 20% in 2019."),
        (
            "Veltra Bank, which Ann Lee founded in 1990, closed 12 branches in 2019.",
            "Ann Lee founded Veltra Bank in 1990.",
        ),
        ("The crash, in which 30 people died, closed the road.", "30 people died in the crash."),
    ],
)
def test_where_when_whose_and_which_stand_for_their_noun(texts, sentence, expected):
    assert expected in texts(sentence)


def test_a_clause_about_several_names_is_about_all_of_them(texts):
    assert "Norway, Sweden and Peru signed the treaty in 1990." in texts(
        "Norway, Sweden and Peru, which signed the treaty in 1990, closed 12 dams."
    )


def test_a_clause_that_tells_which_one_is_meant_stays(texts):
    text = "The dam that Norway built in 1990 broke in 2019."

    assert texts(text) == [text]


def test_two_objects_with_numbers_of_their_own_become_two_claims(texts):
    assert texts(
        "Veltra Bank proposed a dividend of 6.50 crowns a share and a buyback of up to 4% of its stock."
    ) == [
        "Veltra Bank proposed a dividend of 6.50 crowns a share.",
        "Veltra Bank proposed a buyback of up to 4% of its stock.",
    ]  # fmt: skip


def test_two_things_that_are_only_counted_stay_together(texts):
    text = "Norway bought 20 ships and 30 tanks in 2019."

    assert texts(text) == [text]


def test_a_rank_behind_the_clause_stays(texts):
    text = "Norway closed 12 dams in 2019, the highest number since 1990."

    assert texts(text) == [text]


def test_two_people_each_with_an_office_give_two_statements(texts):
    found = texts("Tom Berg, a former envoy to Sweden, and Ann Lee, a judge in Oslo, testified in 2019.")

    assert {"Tom Berg is a former envoy to Sweden.", "Ann Lee is a judge in Oslo."} <= set(found)
