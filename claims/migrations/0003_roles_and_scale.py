"""The four roles with what each may do, and the first rating scale."""

from django.db import migrations

REPORTER = [
    "articles.view_article",
    "articles.add_article",
    "articles.change_article",
    "claims.view_claim",
    "claims.add_claim",
    "claims.triage_claim",
    "claims.check_claim",
    "claims.view_claimant",
    "claims.add_claimant",
    "claims.change_claimant",
    "claims.view_ratingscale",
    "people.view_recordentry",
]
REVIEWER = [*REPORTER, "claims.review_claim"]
EDITOR = [*REVIEWER, "claims.publish_claim", "claims.change_claim"]
ADMINISTRATOR = [
    "people.view_user",
    "people.add_user",
    "people.change_user",
    "people.view_recordentry",
    "articles.view_article",
    "articles.view_publisher",
    "articles.change_publisher",
    "claims.view_claim",
    "claims.view_claimant",
    "claims.view_ratingscale",
    "claims.add_ratingscale",
    "claims.change_ratingscale",
    "claims.view_rating",
    "claims.add_rating",
]
ROLES = {"reporter": REPORTER, "reviewer": REVIEWER, "editor": EDITOR, "administrator": ADMINISTRATOR}

NAMES = {
    "triage_claim": "Can shortlist, decline and merge candidates",
    "check_claim": "Can record a verdict and send it for approval",
    "review_claim": "Can approve or send back another person's verdict",
    "publish_claim": "Can publish and retract",
}

# code, label, meaning, value (higher is truer; none is off the axis), shape, colour
RATINGS = [
    ("true", "True", "The evidence supports the claim, and nothing that matters is left out.", 5, "full", "true"),
    ("mostly-true", "Mostly true", "The claim is right in what matters and wrong or unclear in a detail.", 4, "mostly", "mostly"),
    ("half-true", "Half true", "Part of the claim is right, and part of what matters is wrong or left out.", 3, "half", "mixed"),
    ("mostly-false", "Mostly false", "The claim has a true core but is wrong in what matters.", 2, "little", "doubt"),
    ("false", "False", "The evidence contradicts the claim.", 1, "empty", "false"),
    ("missing-context", "Missing context", "Right as it stands, but misleading without what it leaves out.", None, "fragment", "off"),
    ("unverifiable", "Cannot be verified", "The evidence that can be had neither supports nor contradicts the claim.", None, "question", "off"),
]


def make_roles(apps, schema_editor):
    """Permissions are made here too: Django makes them only after all migrations."""
    Group = apps.get_model("auth", "Group")
    for role, labels in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([permission(apps, label) for label in labels])


def permission(apps, label):
    app, codename = label.split(".")
    model = codename.split("_", 1)[1]
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    made, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": NAMES.get(codename, "Can " + codename.replace("_", " "))}
    )
    return made


def make_scale(apps, schema_editor):
    scale = apps.get_model("claims", "RatingScale").objects.create(name="Plumbline", version=1)
    Rating = apps.get_model("claims", "Rating")
    for code, label, meaning, value, shape, colour in RATINGS:
        Rating.objects.create(
            scale=scale, code=code, label=label, meaning=meaning, value=value, shape=shape, colour=colour
        )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_record"),
        ("articles", "0003_record"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_scale, migrations.RunPython.noop),
    ]
