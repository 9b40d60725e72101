"""Migration operations for promises that the database keeps by itself."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION people_record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_out text[] := coalesce(TG_ARGV::text[], '{}');
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE people_without_secrets(to_jsonb(OLD) - left_out) END;
    is_ jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE people_without_secrets(to_jsonb(NEW) - left_out) END;
    entry people_recordentry%ROWTYPE;
BEGIN
    IF was = is_ THEN
        RETURN NULL;
    END IF;
    entry.at := clock_timestamp();
    entry.actor_id := nullif(current_setting('plumbline.actor_id', true), '')::bigint;
    entry.actor_name := coalesce(current_setting('plumbline.actor_name', true), '');
    entry.reason := coalesce(current_setting('plumbline.reason', true), '');
    entry.table_name := TG_TABLE_NAME;
    entry.row_id := coalesce(to_jsonb(NEW) ->> 'id', to_jsonb(OLD) ->> 'id')::bigint;
    entry.action := TG_OP;
    SELECT jsonb_object_agg(key, value) INTO entry.before FROM jsonb_each(was)
        WHERE is_ -> key IS DISTINCT FROM value;
    SELECT jsonb_object_agg(key, value) INTO entry.after FROM jsonb_each(is_)
        WHERE was -> key IS DISTINCT FROM value;
    SELECT hash INTO entry.previous_hash FROM people_recordentry
        WHERE table_name = entry.table_name AND row_id = entry.row_id ORDER BY id DESC LIMIT 1;
    entry.previous_hash := coalesce(entry.previous_hash, '');
    entry.hash := people_record_hash(entry);
    INSERT INTO people_recordentry (at, actor_id, actor_name, table_name, row_id, action, before, after, reason,
                                    previous_hash, hash)
    VALUES (entry.at, entry.actor_id, entry.actor_name, entry.table_name, entry.row_id, entry.action, entry.before,
            entry.after, entry.reason, entry.previous_hash, entry.hash);
    RETURN NULL;
END $$;

-- Times as epoch, so that the hash does not depend on the session's time zone.
CREATE FUNCTION people_record_hash(entry people_recordentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        entry.previous_hash, extract(epoch FROM entry.at), entry.actor_id, entry.actor_name, entry.table_name,
        entry.row_id, entry.action, entry.before, entry.after, entry.reason)::text, 'UTF8')), 'hex')
$$;

-- That a password changed is on the record; what it is, even hashed, is not.
CREATE FUNCTION people_without_secrets(columns jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN columns ? 'password' THEN jsonb_set(columns, '{password}',
        to_jsonb(left(encode(sha256(convert_to(columns ->> 'password', 'UTF8')), 'hex'), 8))) ELSE columns END
$$;

CREATE FUNCTION people_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'restrict_violation';
END $$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION people_record_change();
DROP FUNCTION people_record_hash(people_recordentry);
DROP FUNCTION people_without_secrets(jsonb);
DROP FUNCTION people_refuse();
"""


def create_functions() -> migrations.RunSQL:
    """The functions that the operations below build on."""
    return migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS)


def record_changes(table: str, *, leave_out: tuple[str, ...] = ()) -> migrations.RunSQL:
    """Write a RecordEntry for each change of a row of `table`, but for the columns in `leave_out`."""
    columns = ", ".join(f"'{column}'" for column in leave_out)
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_recorded AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION people_record_change({columns}); "
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_recorded",  # whatever session_replication_role says
        f"DROP TRIGGER {table}_recorded ON {table}",
    )


def refuse(name: str, table: str, *, on: str, message: str, when: str = "true") -> migrations.RunSQL:
    """Refuse `on` ("UPDATE OR DELETE", ...) of the rows of `table` for which `when` holds, saying `message`."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {on} ON {table} "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION people_refuse('{message}')",
        f"DROP TRIGGER {name} ON {table}",
    )


def refuse_truncate(table: str, *, message: str) -> migrations.RunSQL:
    """Refuse TRUNCATE of `table`, which row triggers do not see."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION people_refuse('{message}')",
        f"DROP TRIGGER {table}_not_truncated ON {table}",
    )
