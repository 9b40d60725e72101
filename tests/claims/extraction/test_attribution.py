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


def test_a_saying_that_the_parser_tore_apart_is_put_together():
    (candidate,) = extract_claims(
        "Health minister Tomas Berg told parliament on Thursday that the average wait for a hip operation fell "
        "from 214 days in 2022 to 131 days last year."
    )

    assert candidate.text == "The average wait for a hip operation fell from 214 days in 2022 to 131 days last year."
    assert candidate.claimant == "Tomas Berg"


@pytest.fixture
def only_said(only):
    return lambda text: only(text).claimant


@pytest.mark.parametrize(
    "speaker",
    [
        "finance minister Tom Berg",
        "Tom Berg, the mayor of Oslo",
        "Prime Minister Tom Berg",
        "the bank’s director, Tom Berg",
        "Mr Tom Berg",
    ],
)
def test_a_claimant_is_a_person_without_office(only_said, speaker):
    assert only_said(f"Norway closed 12 dams in 2019, according to {speaker}.") == "Tom Berg"


@pytest.mark.parametrize(
    "sentence",
    [
        "“Norway closed 12 dams in 2019,” Tom Berg told reporters.",
        "“Norway closed 12 dams in 2019,” said Tom Berg.",
        "“Norway closed 12 dams in 2019,” Tom Berg, the mayor of Oslo, said in a statement on Monday.",
        '"Norway closed 12 dams in 2019," Tom Berg said.',
        "Tom Berg said: “Norway closed 12 dams in 2019.”",
    ],
)
def test_a_quotation_is_read_apart_from_its_speaker(sentence):
    found = next(c for c in extract_claims(sentence) if "dams" in c.text)

    assert (found.text, found.claimant) == ("Norway closed 12 dams in 2019.", "Tom Berg")


def test_a_quotation_goes_on_behind_its_speaker():
    found = extract_claims("“Norway closed 12 dams in 2019,” Tom Berg said, “and Sweden opened 20 in 2020.”")

    assert [(c.text, c.claimant) for c in found] == [
        ("Norway closed 12 dams in 2019.", "Tom Berg"),
        ("Sweden opened 20 in 2020.", "Tom Berg"),
    ]


def test_what_is_said_in_passing_of_a_speaker_is_the_articles_own():
    found = extract_claims("“We cut 400 jobs in 2019,” said Ada Okoro, who has led Veltra Bank since 2015.")

    assert ("Ada Okoro has led Veltra Bank since 2015.", "") in [(c.text, c.claimant) for c in found]


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        (
            "The Health Ministry said the deaths were caused by floods and called on Norway to close 12 dams.",
            "The Health Ministry called on Norway to close 12 dams.",
        ),
        (
            "Nurses in Oslo said the ward was closed by the council and urged Norway to pay $5 million.",
            "Nurses in Oslo urged Norway to pay $5 million.",
        ),
    ],
)
def test_what_a_speaker_does_besides_is_no_part_of_what_is_said(sentence, act):
    assert (act, "") in [(c.text, c.claimant) for c in extract_claims(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("“I sold 20 ships in 2019,” said Ada Okoro.", "Ada Okoro sold 20 ships in 2019."),
        ("“I have sold 20 ships,” Ada Okoro told reporters.", "Ada Okoro has sold 20 ships."),
        (
            "“I am the first woman to lead Acme Corp,” said Ada Okoro.",
            "Ada Okoro is the first woman to lead Acme Corp.",
        ),
        ("Ada Okoro said: “I sold 20 ships in 2019.”", "Ada Okoro sold 20 ships in 2019."),
    ],
)
def test_i_in_a_quotation_is_who_is_quoted(only, sentence, expected):
    candidate = only(sentence)

    assert candidate.text == expected
    assert candidate.resolved[0].as_dict() == {"from": "I", "to": "Ada Okoro"}


def test_i_of_someone_without_a_name_stays(only):
    assert only("“I sold 20 ships in 2019,” the doctor said.").unresolved == ("I",)


def test_we_in_a_quotation_stays_and_is_marked(only):
    assert only("“We cut 400 jobs in 2019,” Ada Okoro told reporters.").unresolved == ("We",)


@pytest.mark.parametrize("saying", ["would say", "did not say"])
def test_what_is_not_said_has_no_claimant(only, saying):
    text = f"Ann Lee {saying} that Norway closed 12 dams in 2019."

    assert (only(text).text, only(text).claimant) == (text, "")


def test_what_a_speaker_adds_is_said_by_the_same():
    found = extract_claims("Norway had closed 12 dams, Ann Lee told reporters, adding that Sweden had opened 20.")

    assert [(c.text, c.claimant) for c in found] == [
        ("Norway had closed 12 dams.", "Ann Lee"),
        ("Sweden had opened 20.", "Ann Lee"),
    ]
