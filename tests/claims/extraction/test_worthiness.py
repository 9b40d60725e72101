import math

import pytest

from claims.extraction import extract_claims, score_sentences, signals
from claims.extraction.worthiness import STARTING_POINT, WEIGHTS, weigh


def test_reasons_sum_to_the_log_odds_of_the_score():
    for candidate in extract_claims("Oslo, which cut 4,000 jobs in 2019, will sell 3% of Equinor, the ministry said."):
        log_odds = sum(reason.weight for reason in candidate.reasons)
        assert candidate.check_worthiness == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=1e-4)


def test_the_heaviest_reason_comes_first():
    _, reasons = weigh(["a number", "a day or time", "first person (I, we)"])

    sizes = [abs(reason.weight) for reason in reasons]
    assert sizes == sorted(sizes, reverse=True)
    assert STARTING_POINT in {reason.signal for reason in reasons}


def test_every_signal_has_a_weight():
    named = {value for name, value in vars(signals).items() if name.isupper() and isinstance(value, str)}
    assert named <= set(WEIGHTS)


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
