"""The record of learned weights, what is fixed about them, who decides on them, and past shortlistings."""

from importlib import import_module

from django.db import migrations

from people.triggers import record_changes, refuse

FITTED = "(OLD.n, OLD.extractor_version, OLD.factors, OLD.shift, OLD.figures, OLD.decisions, OLD.fitted_at)"
DECIDE = "claims.decide_triageweights"

# From the record: the last time each claim was shortlisted, unless the person took that back at once.
PAST_SHORTLISTINGS = """
SELECT set_config('plumbline.reason', 'the date of a past shortlisting, from the record', true);
UPDATE claims_claim SET shortlisted_at = moved.at FROM (
    SELECT row_id, max(at) AS at FROM people_recordentry shortlisted
    WHERE table_name = 'claims_claim' AND before ->> 'status' = 'detected' AND after ->> 'status' = 'shortlisted'
    AND (
        SELECT reason FROM people_recordentry later
        WHERE later.table_name = 'claims_claim' AND later.row_id = shortlisted.row_id AND later.id > shortlisted.id
        AND later.after ->> 'status' IS NOT NULL ORDER BY later.id LIMIT 1
    ) IS DISTINCT FROM 'undone in triage'
    GROUP BY row_id
) moved WHERE moved.row_id = claims_claim.id;
SELECT set_config('plumbline.reason', '', true);
"""


def allow(apps, schema_editor):
    permission = import_module("claims.migrations.0003_roles_and_scale").permission(apps, DECIDE)
    permission.name = "Can accept and reject what the desk learned about its ranking"
    permission.save()
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["editor", "administrator"]):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_learned_weights")]

    operations = [
        record_changes("claims_triageweights"),
        refuse(
            "weights_kept",
            "claims_triageweights",
            on="UPDATE",
            when=f"{FITTED} IS DISTINCT FROM {FITTED.replace('OLD', 'NEW')}",
            message="Learned weights and how they were measured never change: fit new ones.",
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
        migrations.RunSQL(PAST_SHORTLISTINGS, migrations.RunSQL.noop),
    ]
