"""How `make eval` counts, on sentences of our own."""

import pytest

from claims.extraction import extract_claims
from tests.eval.claims import agree, pairs
from tests.eval.figures import Figure, failures
from tests.eval.finding import Answer, mean_precision, near_repeats, precision_and_recall, threshold
from tests.eval.pages import count
from tests.eval.parade import says
from tests.eval.texts import begins_loose

GOLD = "North Korea sold 20 ships to Peru in 2019."
BOUNDS = {"at_least": {"part / row": {"found": 0.8}}, "at_most": {"part / row": {"left": 0.1}}}


@pytest.mark.parametrize(
    "text",
    [
        "North Korea sold 20 ships to Peru in 2019.",
        "Pyongyang sold 20 ships to Peru in 2019.",
        "Last week, North Korea sold 20 ships to Peru in 2019.",
        "North Korea sold its 20 oldest and largest ships with all their crews to Peru in 2019.",
    ],
)
def test_another_wording_of_the_same_counts(text):
    assert says(text, GOLD)


@pytest.mark.parametrize(
    "text",
    [
        "North Korea sold 30 ships to Peru in 2019.",
        "North Korea never sold 20 ships to Peru in 2019.",
        "South Sudan sold 20 ships to Peru in 2019.",
        "It sold 20 ships to Peru in 2019.",
        "The war with North Korea sold 20 ships to Peru in 2019.",
        "North Korea is near Peru.",
    ],
)
def test_another_number_name_subject_or_a_negation_does_not_count(text):
    assert not says(text, GOLD)


def test_each_claim_is_used_once():
    assert len(pairs(["Peru sold 20 ships.", "Peru sold 20 ships."], ["Peru sold 20 ships."])) == 1


def test_a_first_name_more_or_less_is_the_same_name():
    assert agree("In 2019 Ann Lee sold 20 ships to Peru.", "In 2019 Lee sold 20 ships to Peru.")
    assert not agree("In 2019 Ann Lee sold 20 ships to Peru.", "In 2019 Tom Berg sold 20 ships to Peru.")


def test_what_must_and_must_not_be_in_a_page_is_counted():
    counts = count("Norway closed\n12 dams. Read more", {"with": ["closed 12 dams", "Oslo"], "without": ["Read more"]})

    assert counts == {"wanted": 1, "missed": 1, "unwanted": 1}


def test_a_figure_below_its_floor_is_named_with_it():
    assert list(failures("part", [Figure("row", "found", 0.7), Figure("row", "left", 0.2)], BOUNDS)) == [
        "part, row: found is 0.700, below the floor of 0.8.",
        "part, row: left is 0.200, above the most it may be, 0.1.",
    ]


def test_figures_at_their_bounds_pass():
    assert list(failures("part", [Figure("row", "found", 0.8), Figure("row", "left", 0.1)], BOUNDS)) == []


def test_a_floor_of_a_figure_that_is_gone_is_named():
    (sentence,) = failures("part", [Figure("row", "found", 0.9)], BOUNDS)

    assert sentence == "part, row: floors.json has a bound for left, which was not measured."


def test_a_row_that_was_not_measured_has_no_bound():
    assert list(failures("part", [Figure("another row", "found", 0.1)], BOUNDS)) == []


def test_a_claim_that_begins_with_an_unresolved_pronoun_stands_not_alone():
    (candidate,) = extract_claims("It closed 12 dams in Norway in 2020.")

    assert begins_loose(candidate)


def test_a_repeat_in_nearly_the_same_words_is_known_as_one():
    texts = ["The old bridge in Porto was closed in May.", "Exports grew.", "“The bridge in Porto was closed in May”"]

    assert near_repeats(texts) == [0, 1, 0]


def test_the_threshold_is_the_lowest_that_keeps_its_promise():
    answers = [Answer(0.9, right=True, there=True)] * 92 + [Answer(0.8, right=False, there=False)] * 8
    below = [Answer(0.7, right=False, there=True)] * 50

    assert threshold([*below, *answers]) == 0.8
    assert precision_and_recall([*answers, *below], 0.8) == (0.92, 92 / 142)


def test_precision_counts_where_the_target_stands():
    assert mean_precision([7, 3, 5], frozenset({3})) == 0.5
    assert mean_precision([1, 2, 4, 5, 6, 3], frozenset({3})) == 0
