"""The claim file: archived copies of sources, several pages that say who a claimant is, a look again that lies ahead."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from people.triggers import record_changes, refuse

# One address becomes a list of one, and no address an empty list.
SAME_AS = """
ALTER TABLE claims_claimant ALTER COLUMN same_as TYPE varchar(500)[]
    USING CASE WHEN same_as = '' THEN '{}'::varchar(500)[] ELSE ARRAY[same_as] END
"""
SAME_AS_BACK = """
ALTER TABLE claims_claimant ALTER COLUMN same_as TYPE varchar(200) USING coalesce(left(same_as[1], 200), '')
"""

# The copy of a source that readers rely on stays with it.
COPY_FROZEN = """
CREATE FUNCTION claims_source_copy_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_citation JOIN claims_verdict ON claims_verdict.id = verdict_id
        WHERE source_id = OLD.source_id AND published_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'The copy of a source that a published verdict cites stays.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER source_copy_frozen BEFORE DELETE ON claims_sourcecopy
    FOR EACH ROW WHEN (OLD.state = 'kept') EXECUTE FUNCTION claims_source_copy_frozen();
"""
COPY_THAWED = """
DROP TRIGGER source_copy_frozen ON claims_sourcecopy;
DROP FUNCTION claims_source_copy_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_triage"), ("articles", "0003_record")]

    operations = [
        migrations.RunSQL(
            SAME_AS,
            SAME_AS_BACK,
            state_operations=[
                migrations.AlterField(
                    model_name="claimant",
                    name="same_as",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.URLField(max_length=500),
                        blank=True,
                        default=list,
                        help_text="Pages that identify them, such as an official site or Wikidata: one address a line.",
                        size=20,
                        verbose_name="same as",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=Q(look_again_by=None) | Q(evidence_as_of=None) | Q(look_again_by__gt=F("evidence_as_of")),
                name="verdict_look_again_is_after_evidence",
            ),
        ),
        migrations.CreateModel(
            name="SourceCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=2000, verbose_name="address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be fetched"),
                            ("kept", "Kept"),
                            ("failed", "Could not be kept"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("failure", models.TextField(blank=True, verbose_name="why it could not be kept")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_try_at", models.DateTimeField(null=True, verbose_name="next try")),
                ("retrieved_at", models.DateTimeField(null=True, verbose_name="retrieved")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.snapshot",
                        verbose_name="bytes as received",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy",
                        to="claims.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "archived copy",
                "verbose_name_plural": "archived copies",
                "indexes": [
                    models.Index(condition=Q(state="waiting"), fields=["next_try_at"], name="source_copy_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state="kept", snapshot__isnull=False, retrieved_at__isnull=False)
                        | (~Q(state="kept") & Q(snapshot=None, retrieved_at=None)),
                        name="source_copy_has_bytes_when_kept",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="failed") ^ Q(failure=""), name="source_copy_failure_is_said_when_failed"
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="waiting") | Q(next_try_at__isnull=False),
                        name="source_copy_waiting_is_tried_again",
                    ),
                ],
            },
        ),
        record_changes("claims_sourcecopy", leave_out=("text", "attempts", "next_try_at")),
        refuse(
            "source_copy_kept",
            "claims_sourcecopy",
            on="UPDATE",
            when="OLD.state = 'kept'",
            message="A kept copy is never changed.",
        ),
        migrations.RunSQL(COPY_FROZEN, COPY_THAWED),
    ]
