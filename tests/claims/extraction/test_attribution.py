import pytest

from claims.extraction import extract_claims


@pytest.mark.parametrize(
    "sentence",
    [
        "The Health Ministry said that 40 people died in the fire.",
        "40 people died in the fire, the Health Ministry said.",
        "40 people died in the fire, according to the Health Ministry.",
        "According to the Health Ministry, 40 people died in the fire.",
        "“40 people died in the fire,” the Health Ministry said.",
    ],
)
def test_who_says_it_is_taken_out_of_the_text(only, sentence):
    candidate = only(sentence)

    assert candidate.text == "40 people died in the fire."
    assert candidate.claimant.lower() == "the health ministry"


def test_what_the_article_says_itself_has_no_claimant(only):
    assert only("40 people died in the fire in Oslo.").claimant == ""


def test_the_text_of_a_speech_is_its_speakers():
    assert [c.claimant for c in extract_claims("Exports grew 4% in 2010.", speaker="Ann Lee")] == ["Ann Lee"]


def test_a_denial_stays_whole(only):
    candidate = only("Ankara denied that Turkey was buying 20 jets from China.")

    assert candidate.text == "Ankara denied that Turkey was buying 20 jets from China."
    assert (candidate.claimant, candidate.modality) == ("", "asserted")


def test_a_quotation_over_two_sentences_has_one_speaker():
    found = extract_claims("“Spain built 300 schools in 2004. Spain closed 20 mines,” said Ana Ruiz.")

    assert [(c.text, c.claimant) for c in found] == [
        ("Spain built 300 schools in 2004.", "Ana Ruiz"),
        ("Spain closed 20 mines.", "Ana Ruiz"),
    ]


def test_a_small_clause_is_no_reported_statement(only):
    assert only("Courts in Poland declared 30 plans legal in 2011.").claimant == ""


def test_a_saying_that_the_parser_tore_apart_stays_whole():
    text = (
        "Health minister Tomas Berg told parliament on Thursday that the average wait for a hip operation fell "
        "from 214 days in 2022 to 131 days last year."
    )

    assert [candidate.text for candidate in extract_claims(text)] == [text]
