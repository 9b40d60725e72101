"""Fact-checks of others: what is worded anew is matched anew, and who sees them and brings them in."""

from importlib import import_module

from django.db import migrations, models

# Whoever writes the new wording and how: the entry waits again. Until then its matches stay as they were.
WAIT = """
CREATE FUNCTION claims_external_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.stamp := '';
    NEW.next_try_at := now();
    NEW.attempts := 0;
    RETURN NEW;
END $$;
CREATE TRIGGER external_worded_anew BEFORE UPDATE OF claim_text ON claims_externalfactcheck FOR EACH ROW
    WHEN (OLD.claim_text IS DISTINCT FROM NEW.claim_text) EXECUTE FUNCTION claims_external_waits();
"""
DO_NOT_WAIT = """
DROP TRIGGER external_worded_anew ON claims_externalfactcheck;
DROP FUNCTION claims_external_waits();
"""
SEES = ["reporter", "reviewer", "editor", "administrator"]


def allow(apps, schema_editor):
    permission = import_module("claims.migrations.0003_roles_and_scale").permission
    groups = apps.get_model("auth", "Group").objects
    for group in groups.filter(name__in=SEES):
        group.permissions.add(permission(apps, "claims.view_externalfactcheck"))
    groups.get(name="administrator").permissions.add(permission(apps, "claims.add_externalfactcheck"))


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_matching_kept")]

    operations = [
        migrations.AddIndex(
            model_name="externalfactcheck",
            index=models.Index(fields=["publisher", "language"], name="external_publisher"),
        ),
        migrations.RunSQL(WAIT, DO_NOT_WAIT),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
