"""What the database keeps by itself about articles."""

from django.db import migrations

from people.triggers import record_changes, refuse


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_initial"), ("people", "0002_record")]

    operations = [
        record_changes("articles_article", leave_out=("attempts", "next_try_at")),
        record_changes("articles_publisher"),
        refuse(
            "revision_text_is_kept",
            "articles_revision",
            on="UPDATE",
            when="OLD.text <> NEW.text OR OLD.article_id <> NEW.article_id",
            message="The text of a revision is never changed: quotes are offsets into it.",
        ),
    ]
