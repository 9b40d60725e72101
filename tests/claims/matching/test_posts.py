import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.posts import statement_of, without_links


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("The dam is shut https://t.co/pq1 pic.twitter.com/0pc", "The dam is shut"),
        ("more of it http://t.co/abcpic.twitter.com/def", "more of it"),
        ("Who pays for the #PortoBridge?", "Who pays for the Porto Bridge ?"),
        ("@realAnnLee said it", "real Ann Lee said it"),
        ("#DAM2018 and ferry_370 #ferry_370", "DAM 2018 and ferry_370 ferry 370"),
        ("#MendTheDAMhttps://t.co/x", "Mend The DAM"),
    ],
)
def test_links_go_and_tags_become_words(post, words):
    assert " ".join(without_links(post).split()) == words


def test_the_signature_is_kept_for_its_name_but_is_no_part_of_the_statement():
    post = "The dam isn’t shut. — Ann Lee (@annlee) December 11, 2019"

    assert "Ann Lee" in without_links(post)
    assert statement_of(post) == "The dam isn’t shut."


def test_a_dash_that_signs_nothing_is_left_alone():
    assert statement_of("The dam — closed in May — is open.") == "The dam — closed in May — is open."


def test_a_post_of_nothing_else_is_left_as_it_is():
    assert statement_of("https://t.co/pq1") == "https://t.co/pq1"


@given(st.text())
def test_any_text_can_be_cleaned(text):
    assert isinstance(statement_of(text), str)
    assert "#a" not in without_links(f"{text} #a")
