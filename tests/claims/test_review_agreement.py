"""Share and kappa, against values worked out by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import RatingScale, Review
from claims.services.agreement import FLOOR, agreement, kappa, share
from people.models import Role
from tests.factories import make_claim_with_verdict, make_user, rating


def pairs(**counts):
    """ab=20: twenty pairs of a first rating a and a second b."""
    return [tuple(ord(letter) for letter in pair) for pair, n in counts.items() for _ in range(n)]


def test_kappa_of_the_textbook_table():
    # Two people, 50 grants: yes/yes 20, yes/no 5, no/yes 10, no/no 15. Observed 0.7, by chance
    # 25/50 x 30/50 + 25/50 x 20/50 = 0.5, so kappa is 0.2 / 0.5.
    table = pairs(yy=20, yn=5, ny=10, nn=15)

    assert share(table) == pytest.approx(0.7)
    assert kappa(table) == pytest.approx(0.4)


def test_kappa_of_three_ratings():
    # Diagonal 10 + 5 + 5 of 30: 2/3. By chance (15x12 + 8x9 + 7x9) / 900 = 0.35, so kappa is 0.316667 / 0.65.
    table = pairs(aa=10, ab=3, ac=2, ba=1, bb=5, bc=2, ca=1, cb=1, cc=5)

    assert kappa(table) == pytest.approx((20 / 30 - 0.35) / 0.65)


def test_kappa_below_chance_is_negative():
    assert kappa(pairs(ab=10, ba=10)) == pytest.approx(-1)


def test_kappa_of_one_rating_throughout_says_nothing():
    assert kappa(pairs(aa=25)) is None


def make_reviews(n, *, code="mostly-true", approved=True, **fields):
    reviewer = make_user("ravi", role=Role.REVIEWER)
    for _ in range(n):
        draft = make_claim_with_verdict(verdict={"excepted": False, "cites": False}).verdicts.get()
        now = timezone.now()
        given = {"rating": rating(code), "first_rating": draft.rating, "rated_at": now, "saves": 0, **fields}
        Review.objects.create(verdict=draft, reviewer=reviewer, approved_at=now if approved else None, **given)


@pytest.mark.django_db
def test_no_figure_is_given_under_the_floor():
    scale = RatingScale.objects.get()
    make_reviews(FLOOR - 1)
    few = agreement(scale)
    make_reviews(1, code="false")
    enough = agreement(scale)

    assert (few.whole.too_few, few.whole.share, few.whole.kappa) == (True, None, None)
    assert enough.whole.share == pytest.approx(0.95)
    assert [(figure.of, figure.pairs, figure.too_few) for figure in enough.by_people] == [
        ("Ravi Example · Rosa Example", 20, False)
    ]
    by_rating = {figure.of.code: (figure.pairs, figure.share) for figure in enough.by_rating}
    assert by_rating["mostly-true"] == (20, pytest.approx(0.95))
    assert by_rating["false"] == (1, None)


@pytest.mark.django_db
def test_only_blind_ratings_of_open_verdicts_in_the_period_count():
    scale = RatingScale.objects.get()
    make_reviews(2)
    make_reviews(1, blind=False)
    make_reviews(1, approved=False)
    make_reviews(1, rated_at=timezone.now() - timedelta(days=100))

    assert agreement(scale).whole.pairs == 3
    assert agreement(scale, since=timezone.now() - timedelta(days=90)).whole.pairs == 2
