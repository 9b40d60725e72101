"""What row triggers freeze with a publication is not emptied as a whole either."""

from django.db import migrations

from people.triggers import refuse_truncate

FROZEN = (
    "claims_verdict",
    "claims_citation",
    "claims_source",
    "claims_gateexception",
    "claims_review",
    "claims_correction",
    "claims_secondlook",
    "claims_slug",
    "claims_methodologyversion",
    "claims_rating",
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_after_kept")]

    operations = [refuse_truncate(table, message="What was published stays.") for table in FROZEN]
