"""The record covers every table that people change, and nobody gets round it."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.models import Claim, Topic
from people.models import RecordEntry
from people.record import recorded
from tests.at_once import at_once
from tests.factories import make_claim, make_user

NOT_RECORDED = {
    "people_recordentry": "it is the record",
    "articles_snapshot": "bytes under their own hash; machines alone write them, once",
    "claims_claimentry": "made by machine from the claim's text, again whenever rules change",
    "claims_searchentry": "made by machine from what is published",
    "claims_extractionrun": "which text a worker has read; what came of it is recorded",
    "claims_delivery": "what webhooks were sent, machine-written; the webhook itself is recorded",
    "claims_pagechange": "that readers' pages changed, and nothing of what",
    "claims_presence": "who has a file open, for minutes",
    "claims_triagehold": "who looks at a candidate, for minutes",
    "people_attempts": "counts of failed log-ins; the lock they lead to is recorded",
    "people_draft": "what was typed and not saved; the owner's alone",
    "people_mail": "letters that wait to be sent",
    "people_notice": "who was told of something that is itself recorded",
    "claims_externalfactcheck": "what others published, as their feed has it; the desk's say on it is in externalmatch",
}


def recording_triggers() -> dict[str, str]:
    """By table how its trigger is switched: "A" is always."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgfoid = 'people_record_change'::regproc"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_every_table_is_recorded_or_named_here_with_the_reason_why_not():
    models = [model for app in ("people", "articles", "claims") for model in apps.get_app_config(app).get_models(True)]
    tables = {model._meta.db_table for model in models} | {"auth_group", "auth_group_permissions"}

    assert tables - set(recording_triggers()) == set(NOT_RECORDED)


@pytest.mark.django_db
def test_no_session_can_switch_recording_off_for_itself():
    assert set(recording_triggers().values()) == {"A"}
    claim = make_claim()

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Claim.objects.filter(pk=claim.pk).update(text="Unseen.")

    assert RecordEntry.objects.about(claim).last().after == {"text": "Unseen."}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE people_recordentry SET reason = 'never said'",
        "DELETE FROM people_recordentry",
        "TRUNCATE people_recordentry",
    ],
)
def test_the_record_refuses_to_be_rewritten_also_where_triggers_are_off(change):
    make_claim()

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(change)


@pytest.mark.django_db
def test_an_entry_written_by_hand_is_refused():
    make_claim()
    copied = "actor_id, actor_name, table_name, 1, action, before, after, reason, '', hash"

    with pytest.raises(DatabaseError, match="written by triggers"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_recordentry (at, actor_id, actor_name, table_name, row_id, action, before, after, "
            f"reason, previous_hash, hash) SELECT at, {copied} FROM people_recordentry LIMIT 1"
        )


@pytest.mark.django_db
def test_a_role_given_by_permission_is_on_record(administrator):
    from django.contrib.auth.models import Group, Permission

    with recorded(by=administrator):
        Group.objects.get(name="reporter").permissions.add(Permission.objects.get(codename="publish_claim"))

    entry = RecordEntry.objects.filter(table_name="auth_group_permissions").latest("id")
    assert entry.actor_name == "ada"


def chain(table: str, row: int) -> list[tuple[str, str, str]]:
    entries = RecordEntry.objects.filter(table_name=table, row_id=row).order_by("id")
    return list(entries.values_list("action", "previous_hash", "hash"))


def is_one_line(entries: list[tuple[str, str, str]]) -> bool:
    return [previous for _action, previous, _hash in entries] == ["", *[own for _a, _p, own in entries[:-1]]]


@pytest.mark.django_db(transaction=True)
def test_changes_of_one_row_at_the_same_moment_make_one_chain():
    claim = make_claim()

    def change(name: str) -> None:
        for n in range(10):
            Claim.objects.filter(pk=claim.pk).update(text=f"{name} {n}.")

    at_once(*[lambda name=name: change(name) for name in ("One", "Two", "Three", "Four")])

    entries = chain("claims_claim", claim.pk)
    assert len(entries) == 41
    assert is_one_line(entries)


@pytest.mark.django_db(transaction=True)
def test_a_row_made_and_removed_under_the_same_number_at_the_same_moment_makes_one_chain():
    def make(name: str) -> int:
        made = 0
        for _n in range(20):
            try:
                Topic.objects.bulk_create([Topic(pk=7, name=name, slug=name)])
                made += 1
            except IntegrityError:  # it is there
                Topic.objects.filter(pk=7).delete()
        return made

    at_once(*[lambda name=name: make(name) for name in ("one", "two", "three")])

    entries = chain("claims_topic", 7)
    assert {action for action, *_hashes in entries} == {"INSERT", "DELETE"}
    assert is_one_line(entries)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_cannot_see_the_last_entry_is_refused_and_forks_nothing():
    topic = Topic.objects.create(pk=7, name="Bridges", slug="bridges")

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM claims_topic")  # from here on it sees nothing new
        at_once(topic.delete)
        with pytest.raises(IntegrityError, match="record_chain_is_one_line"), transaction.atomic():
            Topic.objects.create(pk=7, name="Ferries", slug="ferries")

    entries = chain("claims_topic", 7)
    assert [action for action, *_hashes in entries] == ["INSERT", "DELETE"]
    assert is_one_line(entries)


@pytest.fixture
def desk_role(db):
    """The connection of a web process whose role does not own the tables; the test's transaction takes it back."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE plumbline_test_desk")
        call_command("protect_record", "plumbline_test_desk", verbosity=0)
        cursor.execute("SET LOCAL ROLE plumbline_test_desk")
        yield cursor
        cursor.execute("RESET ROLE")


def test_the_role_of_the_web_processes_works_and_what_it_does_is_recorded(desk_role):
    claim = make_claim()
    with recorded(by=make_user("rosa")):
        Claim.objects.filter(pk=claim.pk).update(text="Other.")

    assert RecordEntry.objects.about(claim).last().actor_name == "rosa"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE people_recordentry SET reason = 'never said'",
        "DELETE FROM people_recordentry",
        "TRUNCATE people_recordentry",
        "TRUNCATE claims_topic CASCADE",
        "INSERT INTO people_recordentry SELECT * FROM people_recordentry",
        "SELECT setval('people_recordentry_id_seq', 1)",
        "ALTER TABLE people_recordentry DISABLE TRIGGER ALL",
        "ALTER TABLE claims_claim DISABLE TRIGGER claims_claim_recorded",
        "DROP TRIGGER claims_claim_recorded ON claims_claim",
        "SET session_replication_role = replica",
        "ALTER FUNCTION people_record_hash(people_recordentry) RENAME TO other",
        "ALTER FUNCTION people_record_change() SECURITY INVOKER",
        "DROP TABLE people_recordentry",
    ],
)
def test_the_role_of_the_web_processes_has_no_power_over_the_record(desk_role, change):
    make_claim()

    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        desk_role.execute(change)


def test_a_table_slipped_in_front_of_the_record_catches_nothing(desk_role):
    desk_role.execute("CREATE TEMP TABLE people_recordentry (LIKE public.people_recordentry)")
    make_claim()

    desk_role.execute("SELECT count(*) FROM pg_temp.people_recordentry")
    assert desk_role.fetchone() == (0,)


@pytest.mark.django_db
def test_a_role_that_is_above_the_rules_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE plumbline_test_super SUPERUSER")

        for role, said in {"plumbline_test_super": "nothing binds it", "nobody_at_all": "There is no role"}.items():
            with pytest.raises(CommandError, match=said):
                call_command("protect_record", role)
