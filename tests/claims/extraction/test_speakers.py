import pytest

from claims.extraction import extract_claims
from claims.extraction.sentences import split_sentences


def spoken(text: str) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.speaker) for one in split_sentences(text)]


def speakers(text: str) -> list[str | None]:
    return [speaker for _, speaker in spoken(text)]


def test_a_speaker_has_what_follows_the_label_and_is_no_part_of_it():
    text = "BLITZER: Taxes rose. Rents fell.\nVALE: They did not.\n"

    assert spoken(text) == [("Taxes rose.", "Blitzer"), ("Rents fell.", "Blitzer"), ("They did not.", "Vale")]


def test_a_text_of_one_labelled_line_is_spoken_by_whom_it_names():
    assert spoken("BLITZER: Taxes rose in 2019.") == [("Taxes rose in 2019.", "Blitzer")]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("VALE:", "Vale"),
        ("Mr. Vale:", "Mr. Vale"),
        ("MR. VALE:", "Mr. Vale"),
        ("SEN. RUTH VALE (D-OR):", "Sen. Ruth Vale"),
        ("RUTH VALE, CNN ANCHOR:", "Ruth Vale"),
        ("President Vale:", "President Vale"),
        ("THE PRESIDENT:", "The President"),
        ("TOM O'NEILL:", "Tom O'Neill"),
        ("McCAIN:", "McCain"),
        ("ANN-MARIE LOW:", "Ann-Marie Low"),
        ("R. J. LOW (through translator):", "R. J. Low"),
        ("UNIDENTIFIED MALE:", ""),
        ("SPEAKER 1:", ""),
        ("QUESTION:", ""),
        ("AUDIENCE MEMBER #2:", ""),
    ],
)
def test_a_name_is_written_as_in_prose_without_the_role(label, name):
    assert speakers(f"{label} Taxes rose.\nLOW: They fell.\n{label} They rose.")[0] == name


def test_a_surname_stands_for_the_full_name_given_before():
    text = "RUTH VALE, MAYOR: Taxes rose.\nTOM ASH: No.\nVALE: Yes.\n"

    assert speakers(text) == ["Ruth Vale", "Tom Ash", "Ruth Vale"]


def test_a_surname_of_two_speakers_stays_as_it_is():
    assert speakers("RUTH VALE: Yes.\nTOM VALE: No.\nVALE: Yes.\n")[2] == "Vale"


def test_a_speaker_goes_on_in_the_next_paragraph_of_a_transcript():
    assert speakers("VALE: Taxes rose.\n\nRents fell.\n\nLOW: They did not.") == ["Vale", "Vale", "Low"]


def test_an_exchange_inside_an_article_ends_with_its_last_label():
    article = "The mayor opened a bridge. \n\n" * 12
    text = article + "VALE: Taxes rose.\n\nLOW: They fell.\n\nVALE: No.\n\n" + article

    assert speakers(text) == [None] * 12 + ["Vale", "Low", "Vale"] + [None] * 12


def test_a_questioner_is_nobody_and_the_answers_are_whose_the_text_is():
    assert speakers("Q. Did taxes rise?\nA. They did.\n") == ["", None]


@pytest.mark.parametrize(
    "text",
    [
        "NEW DELHI: Taxes rose in 2019.\n\nThe minister said so.\n\nRents fell.",
        "UPDATE: Taxes rose in 2019.",
        "FACT CHECK: Did taxes rise?\nCLAIM: Taxes rose.\nVERDICT: They did.",
        "Bottom line: taxes rose.\nBottom line: rents fell.",
        "Prep Time: 10 minutes\nServes Many: 4\nPrep Time: 20 minutes",
        "The Result: taxes rose.",
        "A list of links.\nLOOK BACK: Taxes rose.\nDEEP DIVE: Rents fell.\nIt was long.\nIt ended.",
        "We took a look.\nBest Hotel: It is long.\nWorst Hotel: It is not.\nBest Hotel: No.\n" + "It was so.\n\n" * 9,
        "Name: Ann Lee.\nAge: 40.\nName: Bo Lund.\nAge: 50.",
        "A. Smith won.\nA. Jones lost.",
    ],
)
def test_what_only_looks_like_a_label_names_no_speaker(text):
    assert set(speakers(text)) == {None}


def test_a_dateline_and_a_kicker_are_no_part_of_the_sentence():
    text = "NEW DELHI: Taxes rose.\n\nThe minister said so.\n\nWATCH: The mayor sings"

    assert [words for words, _ in spoken(text)] == ["Taxes rose.", "The minister said so.", "The mayor sings"]


def test_a_headline_in_capitals_keeps_what_stands_before_its_colon():
    assert spoken("BRIDGE OPENS: COST TRIPLES\n\nIt is long.")[0] == ("BRIDGE OPENS: COST TRIPLES", None)


def test_who_speaks_is_the_claimant_of_what_is_given_to_nobody_else():
    text = (
        "BLITZER: Taxes rose 4 percent in 2019. The World Bank said exports fell 3 percent in 2020.\n"
        "UNIDENTIFIED MALE: Wages rose 5 percent in 2021.\n"
    )

    found = {candidate.text: candidate.claimant for candidate in extract_claims(text, speaker="Ann Lee")}

    assert found == {
        "Taxes rose 4 percent in 2019.": "Blitzer",
        "Exports fell 3 percent in 2020.": "The World Bank",
        "Wages rose 5 percent in 2021.": "",
    }


def test_without_a_label_it_is_the_speaker_whom_the_caller_names():
    (candidate,) = extract_claims("Taxes rose 4 percent in 2019.", speaker="Ann Lee")

    assert candidate.claimant == "Ann Lee"


def test_a_stage_note_inside_a_sentence_is_in_the_quote_and_not_in_the_claim():
    (candidate,) = extract_claims("LOW: Exports rose 4 percent [applause] in 2019.\nVALE: No.")

    assert candidate.quote == "Exports rose 4 percent [applause] in 2019"
    assert candidate.text == "Exports rose 4 percent in 2019."


def test_a_sentence_that_runs_through_two_subtitles_is_one_claim():
    text = "1\n00:00:01,000 --> 00:00:03,500\nExports rose 4 percent\n\n2\n00:00:03,600 --> 00:00:06,000\nin 2019.\n"

    (candidate,) = extract_claims(text)

    assert candidate.text == "Exports rose 4 percent in 2019."
    assert candidate.quote == text[candidate.start : candidate.end]
