"""The pages about the desk, with words to begin with; and what the page of a publisher is found by."""

from importlib import import_module

import django.contrib.postgres.indexes
import django.core.validators
from django.db import migrations, models

from people.triggers import record_changes, refuse

ABOUT = """\
We are a fact-checking desk. We take single claims out of what is published and said in public, look for the evidence, and say \
what it shows.

Each page here is about one claim. It starts with the claim, gives our verdict beside it, and then everything the verdict rests \
on, so that you can follow the same line and come to your own view.

## What we check

Statements of fact that can be true or false and that matter to somebody: numbers, comparisons, firsts, events, causes, laws. We \
do not check opinions, predictions, jokes or matters of taste. [Statistics](/statistics/) show what we considered, and why we \
left what we left.

## Who stands behind a check

Every page names the person who checked the claim and the second person who reviewed it before it was published. Nobody reviews \
their own work, and nobody works on a claim in whose matter they have an interest.

[How we work](/methodology/) · [Our ratings](/ratings/) · [Corrections](/corrections/)
"""

CONTACT = """\
- **You came across a claim that somebody should check?** [Send it to us](/submit/). You get a code by which you can follow what \
comes of it.
- **We got something wrong?** Each fact-check has a link “Report an error”. Two people look at every report. What came of all of \
them is on the page [Corrections](/corrections/).
- **You want to use our work?** Each fact-check has a link to its data, and there is a [feed](/feeds/claims.atom).
"""

PRIVACY = """\
You can read everything here without being watched.

- Reading sets no cookie.
- No page loads anything from another site: no trackers, no fonts, no pictures, no advertisements.
- The pages for readers have no scripts at all.
- What you search for is looked up and not kept.
- When you write to us, we keep your words, and your e-mail address if you give one: it is deleted 90 days after the end. Nobody \
sees either of them but the people who work here.
- When you follow a link to another site, that site learns only that you came from here, and not from which page.

## People we write about

We name people for what they say in public. A private person is shown as “a private person”, and has no page of their own.
"""

ACCESSIBILITY = """\
These pages are meant to be read by everybody, whatever they read them with.

- They work with a keyboard alone, with a screen reader, with large type, without scripts, in light and dark colours, and on \
paper.
- A rating is a word, a shape and a colour: nothing is told by colour alone.
- Each chart has its numbers in a table behind it.
- We aim at level AA of the Web Content Accessibility Guidelines 2.2, and test every page against them by machine before it \
goes out. A machine does not find everything.

Quotes and sources are the words of others and stand in their own language; some of the documents that we link to are less \
accessible than these pages.

If something here keeps you from reading, [tell us](/contact/): we mend it, and send you what you need in the meantime.
"""

IMPRINT = """\
This desk has not yet written down here who answers for what it publishes. What belongs here: the name of the person or body \
responsible, a postal address, a way to reach them directly, and, where the law asks for them, entries in registers and the \
person responsible for the content.
"""

PAGES = {
    "about": ABOUT,
    "contact": CONTACT,
    "privacy": PRIVACY,
    "accessibility": ACCESSIBILITY,
    "imprint": IMPRINT,
}


def write(apps, _editor):
    page = apps.get_model("claims", "StandingPage")
    page.objects.bulk_create(page(name=name, text=text) for name, text in PAGES.items())
    permission = import_module("claims.migrations.0003_roles_and_scale").permission
    group = apps.get_model("auth", "Group").objects.get(name="administrator")
    group.permissions.add(*[permission(apps, f"claims.{verb}_standingpage") for verb in ("view", "change")])


class Migration(migrations.Migration):
    dependencies = [("claims", "0021_not_truncated"), ("articles", "0005_text_allowed")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["publishers"], name="searchentry_publishers"
            ),
        ),
        migrations.CreateModel(
            name="StandingPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("about", "About us"),
                            ("contact", "Contact"),
                            ("privacy", "Privacy"),
                            ("accessibility", "Accessibility"),
                            ("imprint", "Imprint"),
                        ],
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name="page",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Markdown. The title comes by itself.",
                        validators=[django.core.validators.MaxLengthValidator(50_000)],
                        verbose_name="text",
                    ),
                ),
                ("changed_at", models.DateTimeField(editable=False, null=True, verbose_name="changed")),
            ],
            options={
                "verbose_name": "page for readers",
                "verbose_name_plural": "pages for readers",
                "ordering": ["pk"],
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.AddConstraint(
            model_name="standingpage",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__in", ["about", "contact", "privacy", "accessibility", "imprint"])),
                name="standing_page_is_one_of_ours",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingpage",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="standing_page_says_something"
            ),
        ),
        record_changes("claims_standingpage"),
        migrations.RunPython(write, migrations.RunPython.noop),
        refuse(
            "standing_page_stays", "claims_standingpage", on="DELETE", message="Every desk has this page: change its words."
        ),
    ]
