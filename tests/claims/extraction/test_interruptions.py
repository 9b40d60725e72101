"""What a sentence says between dashes or behind a semicolon becomes a statement of its own."""

from claims.extraction import extract_claims


def test_a_relative_clause_between_dashes_becomes_a_claim(texts):
    assert set(texts("Oslo Port — which has 20 docks — called a vote on March 3.")) == {
        "Oslo Port called a vote on March 3.",
        "Oslo Port has 20 docks.",
    }


def test_a_description_between_dashes_becomes_a_claim(texts):
    assert set(texts("Oslo Port — the largest dock in Norway — sold 12 cranes in 2019.")) == {
        "Oslo Port is the largest dock in Norway.",
        "Oslo Port sold 12 cranes in 2019.",
    }


def test_both_sides_of_a_semicolon_become_claims(texts):
    assert texts("Exports of wheat fell 4% in 2019; imports of wheat rose 9% in 2020.") == [
        "Exports of wheat fell 4% in 2019.",
        "Imports of wheat rose 9% in 2020.",
    ]


def test_the_place_and_date_in_front_of_a_report_are_left_out(only):
    text = "OSLO, March 14 (Fjord Wire) - Norway closed two of its border crossings on Thursday."

    candidate = only(text)

    assert candidate.text == "Norway closed two of its border crossings on Thursday."
    assert text[candidate.start :].startswith("Norway")


def test_the_quote_of_a_claim_from_between_dashes_is_in_the_text():
    text = "Norway won. Oslo Port — which has 20 docks — called a vote on March 3."

    inside = next(c for c in extract_claims(text) if "20 docks" in c.text)

    assert inside.quote == "Oslo Port — which has 20 docks"
    assert text[inside.start : inside.end] == inside.quote
