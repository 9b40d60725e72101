"""Claims that came from another desk's list, and the recording triggers that no session can switch off."""

from django.db import migrations, models

# Triggers made before `record_changes` did this by itself.
ALWAYS = """
DO $$ DECLARE made record; BEGIN
    FOR made IN SELECT tgrelid::regclass AS place, tgname AS name FROM pg_trigger
        WHERE tgfoid = 'people_record_change'::regproc
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', made.place, made.name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_after"),
        ("people", "0012_record_kept"),
        ("articles", "0004_record_more"),
    ]

    operations = [
        migrations.AlterField(
            model_name="claim",
            name="origin",
            field=models.CharField(
                choices=[
                    ("extracted", "Found by the extractor"),
                    ("by_hand", "Entered by hand"),
                    ("imported", "Imported"),
                ],
                default="extracted",
                editable=False,
                max_length=10,
                verbose_name="origin",
            ),
        ),
        migrations.RunSQL(ALWAYS, migrations.RunSQL.noop),
    ]
