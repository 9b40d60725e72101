import numpy as np
import pytest

from claims.matching.similarity import similarities, strengths


def test_closeness_words_and_cover_each_add_to_the_strength():
    strength = strengths(np.array([0.5, 0.5, 0.5, 0.6]), np.array([4.0, 8.0, 4.0, 4.0]), np.array([0.2, 0.2, 0.4, 0.2]))

    assert strength.min() == strength[0]
    assert strength == pytest.approx([0.71, 0.86, 0.77, 0.81])


def test_with_no_word_in_common_only_meaning_counts():
    assert strengths(np.array([0.5]), np.zeros(1), np.zeros(1)) == pytest.approx([0.5])


def test_standing_ahead_of_the_rest_makes_an_answer_surer():
    alone = similarities(np.array([0.9, 0.5]), runner_up=0.5)
    tied = similarities(np.array([0.9, 0.89]), runner_up=0.89)

    assert alone[0] > tied[0]
    assert alone[0] > 0.8 > 0.2 > alone[1]


def test_being_further_ahead_than_counts_changes_nothing():
    assert similarities(np.array([0.9]), runner_up=0.0) == similarities(np.array([0.9]), runner_up=0.5)


def test_similarities_stay_in_the_order_of_strengths_and_between_0_and_1():
    strength = np.linspace(1.6, -1.0, 40)

    found = similarities(strength, runner_up=float(strength[1]))

    assert list(found) == sorted(found, reverse=True)
    assert 0 <= found.min() < 0.001 < 0.99 < found.max() <= 1


def test_words_alone_put_as_good_an_answer_a_little_lower():
    strength = np.array([0.9])

    assert similarities(strength, runner_up=0.8, by_words=True) > similarities(strength, runner_up=0.8)


def test_no_claims_give_no_similarities():
    assert similarities(np.zeros(0), runner_up=0.0).tolist() == []
