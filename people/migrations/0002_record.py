"""The append-only record: filled by triggers, changed by nobody."""

from django.db import migrations

from people.triggers import create_functions, record_changes, refuse, refuse_truncate

MESSAGE = "The record is append-only."


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        create_functions(),
        refuse("record_is_append_only", "people_recordentry", on="UPDATE OR DELETE", message=MESSAGE),
        refuse_truncate("people_recordentry", message=MESSAGE),
        record_changes("people_user", leave_out=("last_login",)),
        record_changes("people_user_groups"),
    ]
