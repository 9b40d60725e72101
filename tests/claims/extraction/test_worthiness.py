import json
import math

import pytest

from claims.extraction import extract_claims, load_weights, score_sentences, signals
from claims.extraction.weights import FILE, FORMAT
from claims.extraction.worthiness import MEANING, STARTING_POINT, WORDS, kind_of, weigh

TEXT = "Oslo, which cut 4,000 jobs in 2019, will sell 3% of Equinor, the ministry said."
HOSTILE = [
    "x" * 1_000_000,
    "😀 " * 40,
    "Nul\x00 sold 20\x00 ships.",
    "Half \ud83d sold 20 ships.",
    "\u202eships 02 dlos",
]


@pytest.fixture
def without_encoder(monkeypatch):
    monkeypatch.setenv("PLUMBLINE_ENCODER", "off")


def test_reasons_sum_to_the_log_odds_of_the_score():
    for candidate in extract_claims(TEXT):
        log_odds = sum(reason.weight for reason in candidate.reasons)
        assert candidate.check_worthiness == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=1e-4)


def test_words_and_meaning_are_one_reason_each():
    for candidate in extract_claims(TEXT):
        named = [reason.signal for reason in candidate.reasons]
        assert len(named) == len(set(named))
        assert {STARTING_POINT, WORDS, MEANING} <= set(named)


def test_the_heaviest_reason_comes_first():
    _, reasons = weigh(["a number", "a day or time", "first person (I, we)"], terms=["sold"], meaning=0.5)

    sizes = [abs(reason.weight) for reason in reasons]
    assert sizes == sorted(sizes, reverse=True)


def test_every_signal_has_a_weight_in_both_sets():
    named = {value for name, value in vars(signals).items() if name.isupper() and isinstance(value, str)}

    assert named <= set(load_weights().with_vector.signals)
    assert named <= set(load_weights().without_vector.signals)


def test_the_weights_file_is_small_and_says_its_version_and_whose_data_it_stands_on():
    kept = json.loads(FILE.read_text())

    assert FILE.stat().st_size < 1_000_000
    assert kept["format"] == FORMAT
    assert "ClaimBuster" in kept["credit"]
    assert "CC BY 4.0" in kept["credit"]


def test_without_the_encoder_there_is_a_score_and_no_reason_called_meaning(without_encoder):
    candidates = extract_claims(TEXT)

    assert candidates
    assert MEANING not in {reason.signal for candidate in candidates for reason in candidate.reasons}
    assert score_sentences(["Unemployment in Spain fell to 12% in 2021.", "I like Spain."])[0] > 0.5


def test_another_encoder_than_the_trained_one_is_not_used():
    class Other:
        name, version = "other", "1"

    assert not load_weights().fits(Other())


def test_the_same_text_gives_the_same_scores():
    assert extract_claims(TEXT) == extract_claims(TEXT)


def test_a_sentence_scores_the_same_alone_and_among_others():
    lines = [
        "Exports grew 4%.",
        "We like it.",
        "The court fined Google $5 billion in 2018.",
        "Chile sold 20 ships to Peru.",
    ]

    together = score_sentences(lines * 20)

    for alone, among in zip([score_sentences([line])[0] for line in lines], together, strict=False):
        assert among == pytest.approx(alone, abs=1.1e-4)


@pytest.mark.parametrize("line", HOSTILE)
def test_a_hostile_line_does_not_disturb_the_others(line):
    scores = score_sentences(["Exports grew 4%.", line, "Exports grew 4%."])

    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2], abs=1.1e-4)
    extract_claims(line)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ([signals.FIRST, signals.NUMBER], "superlative"),
        ([signals.NUMBER, signals.LAW], "quantity"),
        ([signals.POSITION, signals.LAW], "position"),
        ([signals.DATE, signals.EVENT], "event"),
        ([signals.HISTORY, signals.EVENT], "history"),
        ([signals.QUOTE], "quote"),
        ([], "other"),
    ],
)
def test_the_kind_is_what_the_statement_is_mainly_about(found, kind):
    assert kind_of(found) == kind


@pytest.mark.parametrize(
    ("fact", "other"),
    [
        ("Unemployment in Spain fell to 12% in 2021.", "I think that Spain is beautiful."),
        ("The court fined Google $5 billion in 2018.", "The court should be ashamed."),
        ("Finland was the first country to adopt the rule.", "Will Finland adopt the rule?"),
        ("More than 300 people were killed in Kenya.", "Hopefully people will come."),
    ],
)
def test_a_fact_scores_above_an_opinion(fact, other):
    high, low = score_sentences([fact, other])

    assert high > 0.5 > low


@pytest.mark.parametrize("line", ["", "   ", "...", "x" * 5000, "word " * 500])
def test_a_line_that_cannot_be_scored_is_none_and_never_zero(line):
    assert score_sentences(["Exports grew 4%.", line])[1] is None


def test_the_country_is_not_the_first_person():
    us, we = score_sentences(["The US sold 20 jets to Chile.", "We sold us 20 jets in Chile."])

    assert us > we
