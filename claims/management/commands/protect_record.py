"""`manage.py protect_record`: let a role of PostgreSQL run the desk without power over the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql

from claims.services.vectors import INDEXED

# What the desk's role may do: all of its work, but nothing with the record other than read it. The trigger that
# writes it runs as its owner.
STATEMENTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "REVOKE ALL ON people_recordentry FROM {role}, PUBLIC",
    "REVOKE ALL ON SEQUENCE people_recordentry_id_seq FROM {role}, PUBLIC",
    "GRANT SELECT ON people_recordentry TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)
# Workers make the index of a new encoder: only a table's owner may. Neither table is one the record is about.
GIVEN = "ALTER TABLE {table} OWNER TO {role}"
ABOVE = """
SELECT rolsuper, pg_has_role(oid, (SELECT relowner FROM pg_class WHERE oid = 'people_recordentry'::regclass), 'MEMBER')
FROM pg_roles WHERE rolname = %s
"""


class Command(BaseCommand):
    help = (
        "Grant the role that web processes and workers log in as what they need, and no power over the record. Run it "
        "as the role that owns the tables, after each migrate. See docs/record.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", metavar="ROLE", help="exists already: CREATE ROLE ... LOGIN")

    def handle(self, *_args: Any, role: str, **_options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ABOVE, [role])
            found = cursor.fetchone()
            if found is None:
                raise CommandError(f"There is no role {role}. Make it with CREATE ROLE.", returncode=2)
            if found != (False, False):
                raise CommandError(f"{role} is a superuser or owns the record: nothing binds it.", returncode=1)
            cursor.execute("SELECT current_schema()")
            names = {"schema": sql.Identifier(cursor.fetchone()[0]), "role": sql.Identifier(role)}
            for statement in STATEMENTS:
                cursor.execute(sql.SQL(statement).format(**names))
            for model in INDEXED:
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(sql.SQL(GIVEN).format(table=table, **names))
        self.stdout.write(f"{role} can run the desk, and of the record it can only read.")
