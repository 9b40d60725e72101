"""Pairs of statements, each rule from both sides: pairs.tsv says what they are."""

import csv
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Decision, TruthConditions, compare, read_conditions, truth_conditions

PAIRS = [
    (row["a"], row["b"], row["label"] == "same", row["kind"])
    for row in csv.DictReader(
        (Path(__file__).parent / "pairs.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE
    )
]
STATEMENTS = sorted({text for a, b, _, _ in PAIRS for text in (a, b)})


@cache
def read() -> dict[str, TruthConditions]:
    return dict(zip(STATEMENTS, read_conditions(STATEMENTS), strict=True))


@pytest.mark.parametrize(("a", "b", "same", "kind"), PAIRS, ids=[f"{n}-{pair[3]}" for n, pair in enumerate(PAIRS, 2)])
def test_a_pair_is_the_same_or_not_and_so_it_is_the_other_way_round(a, b, same, kind):
    found = compare(read()[a], read()[b])

    turned = compare(read()[b], read()[a])

    assert (found.decision == Decision.SAME) == same
    assert turned.decision == found.decision
    assert turned.differences == tuple(one.mirrored() for one in found.differences)
    assert not found.differences or not same
    assert not found.certain or same


@given(st.sampled_from(STATEMENTS), st.sampled_from(STATEMENTS))
@settings(max_examples=300, deadline=None)
def test_comparison_is_symmetric_and_repeatable(a, b):
    found, turned = compare(read()[a], read()[b]), compare(read()[b], read()[a])

    assert turned.decision == found.decision
    assert turned.differences == tuple(one.mirrored() for one in found.differences)
    assert compare(read()[a], read()[b]) == found


@given(st.sampled_from(STATEMENTS))
@settings(max_examples=100, deadline=None)
def test_a_record_survives_json(text):
    record = read()[text]

    assert TruthConditions.from_dict(json.loads(json.dumps(record.as_dict()))) == record


@given(st.sampled_from(PAIRS))
@settings(max_examples=100, deadline=None)
def test_differences_are_words_of_either_statement(pair):
    found = compare(read()[pair[0]], read()[pair[1]])

    for one in found.differences:
        assert one.kind in {"number", "date", "negation", "entity", "direction", "quantifier", "role"}
        assert all(word in pair[0] for word in one.query.split())
        assert all(word in pair[1] for word in one.candidate.split())


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_strange_to_read_and_each_is_the_same_as_itself(text):
    record = truth_conditions(text)

    assert compare(record, record).decision == Decision.SAME
    assert "\x00" not in json.dumps(record.as_dict(), allow_nan=False, ensure_ascii=False).encode().decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "No",
        "1",
        "%",
        "\x00",
        "\ud800",
        "\u202eabc",
        "- - -",
        "1/0 1e999 ..",
        "half",
        "one in",
        "a",
        "of of",
        "to to to 5",
        "9" * 400,
    ],
)
def test_scraps_are_read(text):
    assert compare(truth_conditions(text), truth_conditions("Ten ships sank.")).decision != Decision.SAME


def test_only_the_beginning_of_a_very_long_text_is_read_and_nothing_is_certain_about_it():
    text = "The mayor of Leeds closed nine schools. " * 800

    record = truth_conditions(text)

    assert not record.complete
    assert not compare(record, truth_conditions(text)).certain


def test_a_statement_in_another_language_is_the_same_only_in_the_same_words():
    german = truth_conditions("Die Regierung hat am Montag das neue Gesetz über die Steuern nicht verabschiedet.")
    other = truth_conditions("Die Regierung hat am Montag das neue Gesetz über die Steuern verabschiedet.")

    assert german.language == "de"
    assert compare(german, german).decision == Decision.SAME
    assert compare(german, other).decision == Decision.RELATED


def test_statements_without_a_common_subject_are_different_without_a_difference():
    found = compare(truth_conditions("The river flooded the valley."), truth_conditions("Inflation hit nine percent."))

    assert (found.decision, found.differences) == (Decision.DIFFERENT, ())
