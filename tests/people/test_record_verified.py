"""`verify_record` finds what was done to the record by whoever owns the database."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.models import Claim
from people.models import RecordEntry
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> str:
    said = io.StringIO()
    call_command("verify_record", *arguments, stdout=said)
    return said.getvalue()


def as_owner(statement: str, values: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_recordentry DISABLE TRIGGER ALL")
        cursor.execute(statement, values)


@pytest.fixture
def claim():
    claim = make_claim()
    for text in ("One.", "Two.", "Three."):
        Claim.objects.filter(pk=claim.pk).update(text=text)
    return claim


def test_a_record_as_the_triggers_wrote_it_verifies(claim):
    assert "verify." in verify()
    assert verify("--table", "claims_claim", "--row", str(claim.pk)).startswith("4 entries about 1 rows verify.")


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'because'", "actor_name = 'edith'", "actor_id = 5", "at = at - interval '1 microsecond'",
        """after = '{"text": "Never."}'""", "before = NULL", "action = 'INSERT'", "hash = upper(hash)",
        "previous_hash = upper(hash)",
    ],
)  # fmt: skip
def test_a_changed_entry_is_named(claim, change):
    entry = RecordEntry.objects.about(claim)[2]
    as_owner(f"UPDATE people_recordentry SET {change} WHERE id = %s", [entry.pk])

    said = io.StringIO()
    with pytest.raises(CommandError, match="do not verify") as error:
        call_command("verify_record", stdout=said)

    assert error.value.returncode == 1
    assert f"Entry {entry.pk} (claims_claim {claim.pk}): " in said.getvalue()


def test_an_entry_taken_out_is_missed_by_the_next_one(claim):
    gone, after = RecordEntry.objects.about(claim)[1:3]
    as_owner("DELETE FROM people_recordentry WHERE id = %s", [gone.pk])

    said = io.StringIO()
    with pytest.raises(CommandError, match=r"^1 of"):
        call_command("verify_record", stdout=said)

    assert (
        said.getvalue() == f"Entry {after.pk} (claims_claim {claim.pk}): it does not go on from the entry before it\n"
    )


def test_entries_taken_off_the_end_change_the_fingerprint(claim):
    last = RecordEntry.objects.latest("id").pk
    noted = verify().splitlines()[-1]
    Claim.objects.filter(pk=claim.pk).update(text="Four.")
    assert verify("--until", str(last)).splitlines()[-1] == noted

    as_owner("DELETE FROM people_recordentry WHERE id = %s", [last])

    with pytest.raises(CommandError):
        verify()
    as_owner("DELETE FROM people_recordentry WHERE id > %s", [last])
    assert verify("--until", str(last)).splitlines()[-1] != noted


def test_a_gap_in_the_numbers_is_no_fault(claim):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('people_recordentry_id_seq'), nextval('people_recordentry_id_seq')")
    Claim.objects.filter(pk=claim.pk).update(text="Four.")

    assert "verify." in verify()


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [(["--table", "nothing"], "nothing about a table", 2), (["--row", "7"], "--table", 1)],
)
def test_what_cannot_be_verified_is_said_in_a_sentence(claim, arguments, said, code):
    with pytest.raises(CommandError, match=said) as error:
        verify(*arguments)

    assert error.value.returncode == code


def test_the_time_zone_of_the_session_changes_no_hash(claim):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'")

    assert "verify." in verify()
