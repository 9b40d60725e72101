from datetime import date

import pytest

from claims.extraction.dates import resolve_dates

WEDNESDAY = date(2023, 8, 2)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("It rained yesterday.", "2023-08-01"),
        ("It rained last week.", "2023-07-24/2023-07-30"),
        ("It rained last Thursday.", "2023-07-27"),
        ("It rained on Wednesday.", "2023-08-02"),
        ("It rained last month.", "2023-07-01/2023-07-31"),
        ("It will rain next year.", "2024-01-01/2024-12-31"),
    ],
)
def test_a_relative_date_is_counted_from_the_day_of_publication(text, meant):
    assert [found.to for found in resolve_dates(text, WEDNESDAY)] == [meant]


def test_without_a_day_of_publication_nothing_is_said():
    assert resolve_dates("It rained yesterday.", None) == ()


def test_the_end_of_the_calendar_is_no_error():
    assert resolve_dates("It rained yesterday and last year.", date.min) == ()
