"""Whether readers may see the texts of a publisher."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_record_more")]

    operations = [
        migrations.AddField(
            model_name="publisher",
            name="text_allowed",
            field=models.BooleanField(
                default=False,
                help_text="Readers see the whole text of an article, and not only the words that we checked.",
                verbose_name="allows us to show its texts",
            ),
        ),
    ]
