"""Log-ins on the record, without what is secret; and what the database itself refuses about them."""

from django.db import migrations

from people.triggers import record_changes, refuse


class Migration(migrations.Migration):
    dependencies = [("people", "0003_access"), ("sessions", "0001_initial")]

    operations = [
        record_changes("people_authenticator", leave_out=("secret", "last_step")),
        record_changes("people_passkey", leave_out=("credential_id", "credential", "uses", "used_at")),
        record_changes("people_recoverycode", leave_out=("code_hash",)),
        # Addresses and browsers are personal, and the record is for ever.
        record_changes("people_desksession", leave_out=("session_id", "browser", "address", "seen_at")),
        record_changes("people_loginlock", leave_out=("address", "told_at")),
        record_changes("people_invitation", leave_out=("token_hash", "email")),
        refuse(
            "authenticator_code_works_once", "people_authenticator", on="UPDATE",
            when="NEW.last_step < OLD.last_step", message="A code that was used does not work again.",
        ),
        refuse(
            "recovery_code_works_once", "people_recoverycode", on="UPDATE",
            when="OLD.used_at IS NOT NULL", message="A recovery code that was used stays used.",
        ),
        refuse(
            "used_invitation_stays", "people_invitation", on="UPDATE OR DELETE",
            when="OLD.used_at IS NOT NULL", message="An invitation that was used stays as it is.",
        ),
        # Sessions from before are not listed and could not be ended: everyone logs in once more.
        migrations.RunSQL("DELETE FROM django_session", migrations.RunSQL.noop),
    ]
