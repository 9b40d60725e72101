"""Settings as a deployment gives them: a process of its own, because settings are read once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "a-key-of-more-than-fifty-characters-for-this-test-alone-0123456789",
    "PUBLIC_URL": "https://facts.example.org",
    "DATABASE_URL": "postgresql://plumbline:secret@db.example.org:5432/plumbline",
    "REDIS_URL": "redis://:secret@broker.example.org:6379/0",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env={**ours, **environment}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_deployment_check_with_production_settings_finds_nothing(tmp_path):
    checked = manage("check", "--deploy", "--fail-level", "INFO", VAR_DIR=str(tmp_path), **PRODUCTION)

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("LEASE_SECONDS", "a minute"),
        ("EMAIL_SECURITY", "perhaps"),
        ("PUBLIC_URL", "facts.example.org"),
        ("DATA_LICENSE", "by-4.0"),
        ("SECURITY_CONTACT", "security@example.org"),
        ("PUBLIC_URL", "https://a.example/b"),
    ],
)
def test_a_value_that_cannot_be_read_stops_the_start_and_is_named(tmp_path, name, value):
    checked = manage("check", **{"VAR_DIR": str(tmp_path), name: value})

    assert checked.returncode != 0
    assert name in checked.stderr
    assert value in checked.stderr


def test_the_secret_key_of_a_machine_is_made_once_and_kept_private(tmp_path):
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    # Services are named, so that none is started.
    named = {name: PRODUCTION[name] for name in ("DATABASE_URL", "REDIS_URL")}
    first, again = (manage("shell", "-v", "0", "-c", code, VAR_DIR=str(tmp_path), **named) for _ in range(2))

    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout != ""
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "on"),
    [({}, "True"), ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "False"), ({"REQUIRE_SECOND_FACTOR": "0"}, "False")],
)
def test_a_second_factor_is_required_where_readers_come_by_https(tmp_path, given, on):
    code = "from django.conf import settings; print(settings.REQUIRE_SECOND_FACTOR)"

    printed = manage("shell", "-v", "0", "-c", code, VAR_DIR=str(tmp_path), **{**PRODUCTION, **given})

    assert printed.stdout.strip() == on
