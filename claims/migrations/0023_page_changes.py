"""How often what readers' pages show has changed: what tells whether a page that was kept is still good.

A table that such a page shows has a trigger here, or its rows are frozen before a page can show them
(tests/claims/site/test_page_versions.py).
"""

import django.db.models.functions.datetime
from django.db import migrations, models

from claims.triggers import changes_every_page, changes_pages, create_functions

CLAIM = "SELECT unnest(ARRAY[OLD.claim_id, NEW.claim_id])"
OF_CLAIMANT = "SELECT id FROM claims_claim WHERE claimant_id IN (OLD.claimant_id, NEW.claimant_id)"
IN_ARTICLE = """
SELECT place.claim_id FROM claims_appearance place JOIN articles_revision revision ON revision.id = place.revision_id
WHERE revision.article_id IN ({})
"""
BETWEEN_PAGES = """
SELECT id FROM claims_claim WHERE id IN (OLD.low_id, OLD.high_id, NEW.low_id, NEW.high_id) AND NOT EXISTS (
    SELECT FROM claims_claim one JOIN claims_claim counted ON counted.id = coalesce(one.merged_into_id, one.id)
    WHERE one.id IN (OLD.low_id, OLD.high_id, NEW.low_id, NEW.high_id) AND counted.status IN ('detected', 'declined'))
"""


def either(*columns: str) -> str:
    """One of these columns is another one."""
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


BACKFILL = """
INSERT INTO claims_pagechange (page, at)
SELECT claim_id, max(published_at) FROM claims_verdict WHERE published_at IS NOT NULL GROUP BY claim_id
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0022_standing_pages"), ("articles", "0005_text_allowed"), ("people", "0015_notice_kinds")]

    operations = [
        migrations.CreateModel(
            name='PageChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.BigIntegerField(verbose_name='page')),
                ('n', models.PositiveBigIntegerField(db_default=1, verbose_name='changes')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='when')),
            ],
            options={
                'verbose_name': 'change of a page',
                'verbose_name_plural': 'changes of pages',
                'default_permissions': (),
                'indexes': [models.Index(fields=['page'], name='page_change_of_page')],
            },
        ),
        migrations.RunSQL(BACKFILL, ""),
        create_functions(),
        # What other pages and lists show of a claim, too.
        changes_pages(
            "claims_claim",
            "SELECT unnest(ARRAY[NEW.id, OLD.merged_into_id, NEW.merged_into_id, OLD.part_of_id])",
            on="UPDATE",
            when=either("status", "claimant_id", "claimed_on", "merged_into_id", "part_of_id", "parts_rule"),
            mentions=True,
        ),
        changes_pages(
            "claims_verdict", CLAIM, on="INSERT OR UPDATE", when="NEW.published_at IS NOT NULL", mentions=True
        ),
        changes_pages("claims_slug", CLAIM, mentions=True),
        changes_pages("claims_correction", CLAIM, on="INSERT OR UPDATE", when="NEW.state = 'published'", mentions=True),
        changes_pages(
            "claims_claimant",
            "SELECT id FROM claims_claim WHERE claimant_id = NEW.id"
            " UNION SELECT claim_id FROM claims_appearance WHERE claimant_id = NEW.id",
            on="UPDATE",
            when=either("name", "slug", "kind", "named_publicly", "same_as"),
            mentions=True,
        ),
        changes_pages("claims_claimantrole", OF_CLAIMANT, mentions=True),
        changes_pages("claims_claim_topics", CLAIM, mentions=True),
        # What its own page shows.
        changes_pages("claims_claimantalias", OF_CLAIMANT),
        changes_pages("claims_appearance", CLAIM),
        changes_pages("claims_outreach", CLAIM),
        changes_pages("claims_recusal", CLAIM),
        changes_pages("claims_conflict", OF_CLAIMANT),
        changes_pages("claims_claimmatch", BETWEEN_PAGES),
        changes_pages(
            "claims_sourcecopy",
            "SELECT claim_id FROM claims_source WHERE id IN (OLD.source_id, NEW.source_id)",
        ),
        changes_pages(
            "claims_review",
            "SELECT claim_id FROM claims_verdict WHERE published_at IS NOT NULL"
            " AND id IN (OLD.verdict_id, NEW.verdict_id)",
        ),
        changes_pages(
            "claims_secondlook",
            "SELECT claim_id FROM claims_correction WHERE id IN (OLD.correction_id, NEW.correction_id)",
        ),
        changes_pages(
            "claims_legalrequest",
            "SELECT claim_id FROM claims_correction WHERE id IN (OLD.correction_id, NEW.correction_id)",
            mentions=True,
        ),
        changes_pages(
            "articles_article",
            IN_ARTICLE.format("NEW.id"),
            on="UPDATE",
            when=either("title", "publisher_id", "language"),
        ),
        changes_pages("articles_articleaddress", IN_ARTICLE.format("OLD.article_id, NEW.article_id")),
        # What people change once in a while.
        changes_every_page("claims_rating"),
        changes_every_page("claims_ratingscale"),
        changes_every_page("claims_topic", on="UPDATE", when=either("name", "slug")),
        changes_every_page("articles_publisher", on="UPDATE", when=either("name", "domain")),
        changes_every_page("people_user", on="UPDATE", when=either("first_name", "last_name", "username")),
    ]
