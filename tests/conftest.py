"""The whole suite runs on a real PostgreSQL and a real broker; with no address set, the embedded ones."""

import os
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from xdist.scheduler import LoadFileScheduling

from people.models import Role, User
from tests import factories

KEPT_TABLES = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "claims_methodologyversion",
    "claims_rating",
    "claims_ratingscale",
    "claims_standingpage",
    "django_content_type",
    "django_migrations",
}
WITHOUT_THE_DESK = {"tests/browser/test_api.py", "tests/browser/test_site_pages.py"}


def pytest_configure() -> None:
    from config import embedded

    embedded.start(postgres=not os.environ.get("DATABASE_URL"), broker=not os.environ.get("REDIS_URL"))
    # What one process counts or clears is not the others': a database of the cache for each, from 2 on.
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    cache = settings.CACHES["default"]
    cache["LOCATION"] = re.sub(r"(?<=[=/])\d+$", str(2 + process), cache["LOCATION"])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Files go to processes whole, and those that share the sample desk, a minute of work, all to one."""
    return FilesAndOneDesk(config, log)


class FilesAndOneDesk(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "tests/browser" if file.startswith("tests/browser/") and file not in WITHOUT_THE_DESK else file


@pytest.fixture(autouse=True, scope="session")
def _empty_tables_between_committed_tests() -> None:
    """Django's own clean-up truncates every table: it would take roles and scales along, and the record refuses."""
    TransactionTestCase._fixture_teardown = lambda _self: empty_tables()  # type: ignore[method-assign]  # for this run alone


def empty_tables() -> None:
    """Empty all tables but those that migrations fill."""
    tables = ", ".join(sorted(set(connection.introspection.table_names()) - KEPT_TABLES))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # what publication freezes
        cursor.execute("ALTER TABLE people_recordentry DISABLE TRIGGER people_recordentry_not_truncated")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        cursor.execute("ALTER TABLE people_recordentry ENABLE ALWAYS TRIGGER people_recordentry_not_truncated")


@pytest.fixture(autouse=True)
def _files_of_this_test_only(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a log-in a test, not 0.3 s each
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCHES_A_MINUTE = 1_000_000  # all tests come from one address
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def reporter(db) -> User:
    return factories.make_user("rosa", role=Role.REPORTER)


@pytest.fixture
def reviewer(db) -> User:
    return factories.make_user("ravi", role=Role.REVIEWER)


@pytest.fixture
def editor(db) -> User:
    return factories.make_user("edith", role=Role.EDITOR)


@pytest.fixture
def administrator(db) -> User:
    return factories.make_user("ada", role=Role.ADMINISTRATOR)


@pytest.fixture
def no_encoder(monkeypatch):
    """Words alone, as where PLUMBLINE_ENCODER is off."""
    monkeypatch.setenv("PLUMBLINE_ENCODER", "off")
