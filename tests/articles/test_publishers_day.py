"""A time of publication becomes the day it was where the publisher is."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from articles.models import Publisher
from tests.articles.fetching.conftest import Site, http, site  # noqa: F401 - a fixture
from tests.articles.test_services import PAGE, fetched, near  # noqa: F401 - a fixture
from tests.factories import make_publisher

pytestmark = pytest.mark.django_db

DATED = PAGE.replace("</head>", '<meta property="article:published_time" content="{}"></head>')


@pytest.mark.parametrize(
    ("written", "timezone", "day"),
    [
        ("2026-03-01T23:30:00Z", "Europe/Berlin", date(2026, 3, 2)),
        ("2026-03-02T01:30:00+00:00", "America/New_York", date(2026, 3, 1)),
        ("2026-03-01T23:30:00+01:00", "Europe/Berlin", date(2026, 3, 1)),
        ("2026-03-01T23:30:00Z", "", date(2026, 3, 1)),
        ("2026-03-01", "Europe/Berlin", date(2026, 3, 1)),
        ("2026-03-01T23:30:00", "Europe/Berlin", date(2026, 3, 1)),
    ],
)
def test_the_day_is_that_of_the_publishers_zone_where_both_give_one(near, written, timezone, day):  # noqa: F811 - a fixture
    make_publisher("127.0.0.1", timezone=timezone)

    article = fetched(near.page("/ferry", DATED.replace("{}", written).encode()))

    assert article.publisher.domain == "127.0.0.1"
    assert article.published_on == day


@pytest.mark.parametrize("name", ["Berlin", "CEST", "../etc/passwd", "europe/berlin", "UTC+2"])
def test_a_zone_that_does_not_exist_is_refused(name):
    with pytest.raises(ValidationError, match="time zone"):
        Publisher(domain="a.example", name="A", timezone=name).full_clean()
