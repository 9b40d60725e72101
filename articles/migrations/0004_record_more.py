"""Where a publisher's day begins, and the rest of an article on the record."""

import articles.models
from django.db import migrations, models

from people.triggers import record_changes


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_record"), ("people", "0012_record_kept")]

    operations = [
        migrations.AddField(
            model_name="publisher",
            name="timezone",
            field=models.CharField(
                blank=True,
                help_text="Such as Europe/Berlin. A time of publication is the day it was there; empty takes the day as the page writes it.",
                max_length=60,
                validators=[articles.models.validate_timezone],
                verbose_name="time zone",
            ),
        ),
        record_changes("articles_articleaddress"),
        record_changes("articles_revision", leave_out=("text",)),
    ]
