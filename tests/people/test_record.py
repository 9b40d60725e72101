import pytest
from django.db import DatabaseError, connection, transaction

from claims.models import Claim
from people.models import RecordEntry
from people.record import recorded
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db


def test_a_change_is_recorded_with_who_and_why_and_only_what_changed(editor):
    claim = make_claim(text="The bridge cost 84 million euros.")

    with recorded(by=editor, why="a slip of the pen"):
        Claim.objects.filter(pk=claim.pk).update(text="The bridge cost 48 million euros.")

    entry = RecordEntry.objects.about(claim).last()
    assert entry.action == RecordEntry.Action.UPDATE
    assert (entry.actor_id, entry.actor_name, entry.reason) == (editor.pk, "edith", "a slip of the pen")
    assert entry.before == {"text": "The bridge cost 84 million euros."}
    assert entry.after == {"text": "The bridge cost 48 million euros."}


def test_a_change_outside_a_recorded_block_is_the_machines(editor):
    with recorded(by=editor, why="first"):
        claim = make_claim()

    Claim.objects.filter(pk=claim.pk).update(text="Other.")

    assert RecordEntry.objects.about(claim).last().actor_id is None
    assert RecordEntry.objects.about(claim).last().reason == ""


def test_an_inner_block_does_not_change_what_the_outer_one_said(editor, reporter):
    with recorded(by=editor, why="outer"):
        with recorded(by=reporter, why="inner"):
            first = make_claim()
        second = make_claim()

    assert RecordEntry.objects.about(first).get().actor_name == "rosa"
    assert RecordEntry.objects.about(second).get().reason == "outer"


def test_an_update_that_changes_nothing_leaves_no_entry():
    claim = make_claim()

    Claim.objects.filter(pk=claim.pk).update(text=claim.text)

    assert RecordEntry.objects.about(claim).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE people_recordentry SET reason = 'never said'",
        "DELETE FROM people_recordentry",
        "TRUNCATE people_recordentry",
    ],
)
def test_the_record_refuses_to_be_rewritten(change):
    make_claim()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert RecordEntry.objects.exists()


def test_the_entries_of_one_row_are_a_chain_that_can_be_checked():
    claim = make_claim()
    for text in ("One.", "Two."):
        Claim.objects.filter(pk=claim.pk).update(text=text)

    entries = list(RecordEntry.objects.about(claim))
    assert [entry.previous_hash for entry in entries] == ["", entries[0].hash, entries[1].hash]
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(hash = people_record_hash(people_recordentry)) FROM people_recordentry")
        assert cursor.fetchone() == (True,)


def test_a_new_password_is_on_record_and_what_it_is_is_not():
    person = make_user("rosa")
    first = person.password
    person.set_password("another-one-42")
    person.save()

    entry = RecordEntry.objects.about(person).last()
    assert list(entry.after) == ["password"]
    assert len(entry.after["password"]) == 8
    assert entry.after["password"] not in person.password
    assert entry.before["password"] not in first
