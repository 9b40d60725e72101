"""Factors from decisions, without a database."""

import math
import subprocess
import sys

import pytest

from claims.extraction import extract_claims
from claims.extraction.learning import Example, Weights, average_precision, compare, fit, reweigh, top_of
from claims.extraction.worthiness import STARTING_POINT

SHIPPED = {
    STARTING_POINT: -1.0,
    "a percentage": 1.5,
    "an amount of money": 1.3,
    "a number": 1.2,
    "a date or year": 0.9,
    "a law, ruling or official act": 0.7,
    "a named person, body or place": 0.5,
    "a prediction": -0.5,
}  # whatever the extractor says


def reasons(*signals: str) -> list[dict]:
    made = [{"signal": name, "weight": SHIPPED[name]} for name in (STARTING_POINT, *signals)]
    return sorted(made, key=lambda reason: (-abs(reason["weight"]), reason["signal"]))


def decisions(n: int) -> list[Example]:
    """A desk that shortlists money and laws, and to which a percentage says nothing, whatever else there is."""
    signals = ["a percentage", "an amount of money", "a law, ruling or official act", "a named person, body or place"]
    made = []
    for i in range(n):
        here = [signal for bit, signal in enumerate(signals) if (i * 7 + i // 16) >> bit & 1]
        wanted = "an amount of money" in here or "a law, ruling or official act" in here
        made.append(Example(reasons(*here), wanted != (i % 10 == 0)))  # one in ten goes the other way
    return made


def test_a_signal_that_is_overrated_here_is_weighed_down():
    fitted = fit(decisions(400))

    assert fitted.factors["a percentage"] < 0.3
    assert fitted.factors["an amount of money"] > 1


def test_the_latest_decisions_are_ranked_better_and_the_figures_say_how_sure_that_is():
    examples = decisions(800)
    figures = compare(examples[600:], None, fit(examples[:600]))

    assert figures["held_out"] == 200
    assert figures["after"]["average_precision"] > figures["before"]["average_precision"] + 0.02
    assert figures["better"]
    assert figures["agreement"] >= 0.9
    assert [top["of"] for top in figures["after"]["top"]] == [20, 50, 100]


def test_a_desk_that_agrees_with_the_shipped_weights_is_told_that_nothing_gets_better():
    examples = decisions(200)
    figures = compare(examples, None, Weights({}))

    assert figures["before"] == figures["after"]
    assert figures["agreement"] == 0
    assert not figures["better"]


def test_a_signal_that_few_decisions_have_keeps_its_shipped_weight():
    rare = [Example(reasons("an amount of money"), shortlisted=False) for _ in range(19)]
    common = [Example(reasons("a number", "a date or year"), shortlisted=n % 2 == 0) for n in range(100)]

    assert "an amount of money" not in fit(rare + common).factors


def test_no_signal_counts_backwards_or_without_bound():
    wanted = [Example(reasons("a prediction"), shortlisted=True) for _ in range(500)]
    others = [Example(reasons("an amount of money"), shortlisted=False) for _ in range(500)]

    factors = fit(wanted + others).factors

    assert factors["a prediction"] == 0
    assert factors["an amount of money"] == 0


def test_how_much_a_desk_shortlists_moves_all_scores_and_no_claim_past_another():
    few = [Example(reasons("a number"), shortlisted=n % 10 == 0) for n in range(300)]
    few += [Example(reasons("a number", "a percentage"), shortlisted=n % 4 == 0) for n in range(300)]
    fitted = fit(few)

    low, high = reweigh(reasons("a number"), fitted)[0], reweigh(reasons("a number", "a percentage"), fitted)[0]
    assert fitted.shift < -1
    assert low == pytest.approx(0.1, abs=0.03)
    assert high == pytest.approx(0.25, abs=0.03)


def test_reweighing_starts_from_the_shipped_weights_however_often_and_goes_back_exactly():
    shipped = reasons("a percentage", "a named person, body or place")
    score, once = reweigh(shipped, Weights({"a percentage": 0.5}, shift=0.3))
    again = reweigh(once, Weights({"a percentage": 0.5}, shift=0.3))
    back = reweigh(reweigh(once, Weights({"a percentage": 3.0}))[1], None)

    weights = {reason["signal"]: (reason["weight"], reason["base"]) for reason in once}
    assert weights["a percentage"] == (0.75, 1.5)
    assert weights[STARTING_POINT] == (pytest.approx(-0.7), -1.0)
    assert again == (score, once)
    assert back == (0.7311, shipped)


def test_the_extractor_s_reasons_alone_give_the_extractor_s_score():
    found = extract_claims("Exports grew 4% in 2024, the ministry said. The law was passed by Parliament in May.")

    assert found
    for candidate in found:
        assert reweigh(candidate.as_dict()["reasons"], None)[0] == candidate.check_worthiness


def test_precision_is_counted_from_the_top():
    assert average_precision([True, False, True, False]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([False, False]) == 0
    assert top_of([True, True, False, False] * 5) == [
        {"share": 10, "of": 2, "shortlisted": 2},
        {"share": 25, "of": 5, "shortlisted": 3},
        {"share": 50, "of": 10, "shortlisted": 6},
    ]


def test_an_extreme_sum_is_a_score_all_the_same():
    assert reweigh([{"signal": "x", "weight": 2000.0}], None)[0] == 1
    assert math.isclose(reweigh([{"signal": "x", "weight": -2000.0}], None)[0], 0)


def test_the_web_server_loads_neither_numpy_nor_spacy():
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; django.setup();"
        "import config.urls, claims.services.learning, claims.services.ranking;"
        "sys.exit(','.join({'numpy', 'spacy'} & set(sys.modules)))"
    )

    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.stderr.strip() == ""
