import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.posts import statement_of, without_links


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("Flag flies in Texas https://t.co/pq1 pic.twitter.com/0pc", "Flag flies in Texas"),
        ("on Instagram http://t.co/lZWpic.twitter.com/ABW", "on Instagram"),
        ("How are butterflies surviving the #AustralianFires?", "How are butterflies surviving the Australian Fires ?"),
        ("@realDonaldTrump said it", "real Donald Trump said it"),
        ("#MAGA2018 and flight_370 #flight_370", "MAGA 2018 and flight_370 flight 370"),
        ("#DefundTheCBChttps://t.co/x", "Defund The CBC"),
    ],
)
def test_links_go_and_tags_become_words(post, words):
    assert " ".join(without_links(post).split()) == words


def test_the_signature_is_kept_for_its_name_but_is_no_part_of_the_statement():
    post = "I ain’t dead. — PNBROCK (@pnbrock) December 11, 2019"

    assert "PNBROCK" in without_links(post)
    assert statement_of(post) == "I ain’t dead."


def test_a_dash_that_signs_nothing_is_left_alone():
    assert statement_of("The dam — closed in May — is open.") == "The dam — closed in May — is open."


def test_a_post_of_nothing_else_is_left_as_it_is():
    assert statement_of("https://t.co/pq1") == "https://t.co/pq1"


@given(st.text())
def test_any_text_can_be_cleaned(text):
    assert isinstance(statement_of(text), str)
    assert "#a" not in without_links(f"{text} #a")
