"""The record cannot fork, be forged or be passed by; the text that each hash is made of can be read."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from people.triggers import record_changes, refuse

# The same hash as before, with its text apart: who checks it elsewhere needs the text.
TEXT = """
CREATE FUNCTION people_record_text(entry people_recordentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        entry.previous_hash, extract(epoch FROM entry.at), entry.actor_id, entry.actor_name, entry.table_name,
        entry.row_id, entry.action, entry.before, entry.after, entry.reason)::text
$$;
CREATE OR REPLACE FUNCTION people_record_hash(entry people_recordentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(people_record_text(entry), 'UTF8')), 'hex')
$$;
"""
NO_TEXT = """
CREATE OR REPLACE FUNCTION people_record_hash(entry people_recordentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        entry.previous_hash, extract(epoch FROM entry.at), entry.actor_id, entry.actor_name, entry.table_name,
        entry.row_id, entry.action, entry.before, entry.after, entry.reason)::text, 'UTF8')), 'hex')
$$;
DROP FUNCTION people_record_text(people_recordentry);
"""

# The trigger writes as the owner of the record, so that the role of the web processes need not be allowed to.
# pg_temp last: nobody slips a table of theirs in front of the record.
AS_OWNER = """
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION people_record_change() SECURITY DEFINER SET search_path = %I, pg_temp',
                   current_schema());
END $$;
"""
AS_CALLER = """
ALTER FUNCTION people_record_change() SECURITY INVOKER;
ALTER FUNCTION people_record_change() RESET search_path;
"""

# Also where session_replication_role would switch triggers off.
ALWAYS = """
ALTER TABLE people_recordentry ENABLE ALWAYS TRIGGER record_is_append_only;
ALTER TABLE people_recordentry ENABLE ALWAYS TRIGGER people_recordentry_not_truncated;
ALTER TABLE people_recordentry ENABLE ALWAYS TRIGGER record_is_written_by_triggers;
"""
ORDINARY = """
ALTER TABLE people_recordentry ENABLE TRIGGER record_is_append_only;
ALTER TABLE people_recordentry ENABLE TRIGGER people_recordentry_not_truncated;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_drafts"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.AddIndex(
            model_name="recordentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("action", "DELETE")),
                fields=["before"],
                name="record_of_the_gone",
                opclasses=["jsonb_path_ops"],
            ),
        ),
        migrations.AddConstraint(
            model_name="recordentry",
            constraint=models.UniqueConstraint(
                fields=("table_name", "row_id", "previous_hash"), name="record_chain_is_one_line"
            ),
        ),
        migrations.RunSQL(TEXT, NO_TEXT),
        migrations.RunSQL(AS_OWNER, AS_CALLER),
        refuse(
            "record_is_written_by_triggers",
            "people_recordentry",
            on="INSERT",
            when="pg_trigger_depth() = 0",
            message="The record is written by triggers alone.",
        ),
        migrations.RunSQL(ALWAYS, ORDINARY),
        record_changes("people_user_user_permissions"),
        record_changes("auth_group"),
        record_changes("auth_group_permissions"),
    ]
