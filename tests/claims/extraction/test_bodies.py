"""Which body "the company", "the agency" or the "it" that denies something is."""

import pytest

from claims.extraction import extract_claims
from claims.extraction.bodies import fits


def last(text: str) -> str:
    return extract_claims(text)[-1].text


@pytest.mark.parametrize(
    ("noun", "name", "expected"),
    [
        ("company", "Norsk Tin", True),
        ("company", "Ohio State Police", False),
        ("company", "The Daily News", False),
        ("agency", "Ohio State Police", True),
        ("agency", "Reuters", False),
    ],
)
def test_a_body_is_called_by_words_of_its_sort(noun, name, expected):
    assert fits(noun, name) is expected


def test_the_agency_is_the_body_that_its_sentence_names():
    text = "Ohio State Police reported 40 arrests on Sunday, but the agency didn't count 12 others."

    assert last(text) == "Ohio State Police didn't count 12 others."


def test_the_company_that_is_sued_is_not_the_one_that_sues():
    text = "Acme Corp owns 40 mines in Peru. Acme Corp sued the company over 12 mines in 2019."

    assert last(text) == "Acme Corp sued the company over 12 mines in 2019."


def test_the_company_is_the_only_one_that_the_article_names():
    text = (
        "The Port Safety Board (PSB) fined Norsk Tin in May. "
        "The harbour was closed for 12 days. The company closed 40 mines in 2019."
    )

    assert last(text) == "Norsk Tin closed 40 mines in 2019."


def test_between_two_companies_it_is_left():
    text = "Acme Corp owns 40 mines in Peru. Norsk Tin sold 12 mills in May. The company closed 40 mines in 2019."

    assert extract_claims(text)[-1].unresolved == ("The company",)


def test_what_denies_is_the_body_that_spoke_and_not_what_it_spoke_of():
    text = "The owner, Danish-listed Havn Group, says losses never passed 9 percent. It denies that 40 fish died."

    assert last(text) == "Havn Group denies that 40 fish died."


def test_their_possessive_is_no_part_of_the_name():
    text = "Dutch brewer Koning said its profit rose 12% to 40 million euros. The company closed 12 pubs in May."

    assert last(text) == "Koning closed 12 pubs in May."


def test_the_german_brewer_is_the_company_so_far():
    text = "Veltra Corp closed 40 pubs in May. The German brewer sold 12 mills to Peru in 2019."

    assert last(text) == "Veltra Corp sold 12 mills to Peru in 2019."


def test_the_german_brewer_with_a_name_is_who_is_named():
    text = "Veltra Corp closed 40 pubs in May. Norway sued the German brewer Kessler over 12 mills in 2019."

    assert last(text) == "Norway sued the German brewer Kessler over 12 mills in 2019."


@pytest.mark.parametrize(
    "before",
    ["So a bridge at Neuhof would have 40 cars a day.", "It is smaller than the latest 12 phones from Samsung."],
)
def test_what_is_named_in_passing_is_not_the_company(before):
    text = f"{before} The harbour was closed for 12 days. The company closed 40 mines in 2019."

    assert extract_claims(text)[-1].unresolved == ("The company",)
