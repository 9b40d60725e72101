"""What the desk writes beside claims: on the record, frozen where readers rely on it, and open to whom."""

from importlib import import_module

from django.db import migrations
from django.utils import timezone

from people.triggers import record_changes, refuse

AUDITED = (
    "claims_outreach",
    "claims_topic",
    "claims_claim_topics",
    "claims_claimantrole",
    "claims_methodologyversion",
)

# A whole and its parts, and nothing below or above. Both rows are locked, so that two people cannot make a chain.
ONE_LEVEL = """
CREATE FUNCTION claims_part_is_one_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_claim WHERE id IN (NEW.id, NEW.part_of_id) ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM claims_claim
        WHERE (id = NEW.part_of_id AND part_of_id IS NOT NULL) OR part_of_id = NEW.id;
    IF FOUND THEN
        RAISE EXCEPTION 'A part of a claim has no parts of its own.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_part_is_one_level BEFORE INSERT OR UPDATE OF part_of_id ON claims_claim
    FOR EACH ROW WHEN (NEW.part_of_id IS NOT NULL) EXECUTE FUNCTION claims_part_is_one_level();
"""
ANY_LEVEL = """
DROP TRIGGER claim_part_is_one_level ON claims_claim;
DROP FUNCTION claims_part_is_one_level();
"""

METHODOLOGY = """\
## How a claim gets here

Software reads the articles we feed it and proposes sentences that may hold a claim worth checking. It says nothing about truth.
A person decides which ones we check, and writes each claim as one sentence that stands alone.

## How we check it

We look for the evidence closest to the fact: the document, the data, the recording, the person who was there. We call these
primary sources. What others report about them is secondary.

No verdict is published without at least one primary source and without saying where the claim was made. Each source is listed
with what it says and whether it supports the claim, speaks against it or gives context.

## How we rate it

A rating is a place on a published scale. Some ratings stand beside the scale: that a claim cannot be verified says nothing about
how true it is.

## Who decides

One person checks the claim and writes the verdict, a second one reviews it, and an editor publishes it. Nobody reviews their
own work.

## What happens afterwards

A published verdict is never edited. A correction is a new version, and the earlier ones stay on record. If a check turns out to
be wrong from the ground up, we retract it: the page stays and says why.
"""

EVERYONE = ["claims.view_topic", "claims.view_methodologyversion"]
MORE = {
    "reporter": [*EVERYONE, "claims.add_topic"],
    "reviewer": [*EVERYONE, "claims.add_topic"],
    "editor": [*EVERYONE, "claims.add_topic", "claims.change_topic", "claims.add_methodologyversion"],
    "administrator": [*EVERYONE, "claims.add_topic", "claims.change_topic", "claims.add_methodologyversion"],
}


def allow(apps, schema_editor):
    permission = import_module("claims.migrations.0003_roles_and_scale").permission
    for role, labels in MORE.items():
        group = apps.get_model("auth", "Group").objects.get(name=role)
        group.permissions.add(*[permission(apps, label) for label in labels])


def state_methodology(apps, schema_editor):
    day = timezone.now().date()
    apps.get_model("claims", "MethodologyVersion").objects.create(n=1, text=METHODOLOGY, valid_from=day)


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_desk_fields")]

    operations = [
        *[record_changes(table) for table in AUDITED],
        refuse(
            "methodology_frozen",
            "claims_methodologyversion",
            on="UPDATE OR DELETE",
            message="A methodology is never changed: a change is the next version.",
        ),
        migrations.RunSQL(ONE_LEVEL, ANY_LEVEL),
        migrations.RunPython(allow, migrations.RunPython.noop),
        migrations.RunPython(state_methodology, migrations.RunPython.noop),
    ]
