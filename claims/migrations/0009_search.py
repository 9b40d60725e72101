"""What readers may find, kept by the database beside what it is made of."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Out of line, the words cost nothing where only what a fact-check is narrowed by is read.
APART = """
ALTER TABLE claims_searchentry ALTER COLUMN words SET STORAGE EXTERNAL, SET (toast_tuple_target = 128);
"""

# The lock makes those who change the same claim at once wait for each other: the last one sees what all have written.
RENEW = """
CREATE FUNCTION claims_search_renew(given bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_claim WHERE id = ANY(given) AND status = 'published' ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM claims_searchentry entry USING claims_claim claim
        WHERE entry.claim_id = ANY(given) AND claim.id = entry.claim_id AND claim.status <> 'published';
    INSERT INTO claims_searchentry (claim_id, words, rating_id, claimant_id, publishers, first_published_at)
        SELECT claim.id,
               setweight(to_tsvector('plumbline', verdict.claim_text), 'A')
               || setweight(to_tsvector('plumbline', CASE WHEN claimant.named_publicly IS NOT FALSE
                                                          THEN verdict.claimant_name ELSE '' END), 'B')
               || setweight(to_tsvector('plumbline', verdict.summary), 'B')
               || setweight(to_tsvector('plumbline', left(verdict.explanation, 50000)), 'C'),
               verdict.rating_id,
               CASE WHEN claimant.named_publicly AND verdict.claimant_name <> '' THEN claimant.id END,
               ARRAY(SELECT DISTINCT article.publisher_id FROM claims_claim said
                     JOIN claims_appearance place ON place.claim_id = said.id
                     JOIN articles_revision revision ON revision.id = place.revision_id
                     JOIN articles_article article ON article.id = revision.article_id
                     WHERE (said.id = claim.id OR said.merged_into_id = claim.id) AND article.publisher_id IS NOT NULL),
               (SELECT min(published_at) FROM claims_verdict WHERE claim_id = claim.id)
        FROM claims_claim claim
        JOIN LATERAL (SELECT * FROM claims_verdict WHERE claim_id = claim.id AND published_at IS NOT NULL
                      ORDER BY version DESC LIMIT 1) verdict ON true
        LEFT JOIN claims_claimant claimant ON claimant.id = claim.claimant_id
        WHERE claim.id = ANY(given) AND claim.status = 'published'
    ON CONFLICT (claim_id) DO UPDATE SET
        (words, rating_id, claimant_id, publishers, first_published_at) =
        (EXCLUDED.words, EXCLUDED.rating_id, EXCLUDED.claimant_id, EXCLUDED.publishers, EXCLUDED.first_published_at);
END $$;
SELECT claims_search_renew(ARRAY(SELECT id FROM claims_claim WHERE status = 'published'));
"""

FOLLOW = """
CREATE FUNCTION claims_search_follows_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_search_renew(ARRAY[NEW.id, OLD.merged_into_id, NEW.merged_into_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER claim_changes_for_readers AFTER UPDATE OF status, merged_into_id, claimant_id ON claims_claim
    FOR EACH ROW WHEN ('published' IN (OLD.status, NEW.status)
                       OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id)
    EXECUTE FUNCTION claims_search_follows_claim();

CREATE FUNCTION claims_search_follows_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_search_renew(ARRAY[NEW.claim_id]);
    RETURN NULL;
END $$;
CREATE TRIGGER verdict_is_published_for_readers AFTER INSERT OR UPDATE OF published_at ON claims_verdict
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION claims_search_follows_verdict();

CREATE FUNCTION claims_search_follows_claimant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_search_renew(ARRAY(SELECT id FROM claims_claim WHERE claimant_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER claimant_is_named_for_readers AFTER UPDATE OF named_publicly ON claims_claimant
    FOR EACH ROW WHEN (OLD.named_publicly <> NEW.named_publicly) EXECUTE FUNCTION claims_search_follows_claimant();

CREATE FUNCTION claims_search_follows_appearance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_search_renew(ARRAY(SELECT coalesce(merged_into_id, id) FROM claims_claim
                                      WHERE id IN (OLD.claim_id, NEW.claim_id)));
    RETURN NULL;
END $$;
CREATE TRIGGER appearance_is_seen_by_readers AFTER INSERT OR DELETE OR UPDATE OF claim_id ON claims_appearance
    FOR EACH ROW EXECUTE FUNCTION claims_search_follows_appearance();

CREATE FUNCTION claims_search_follows_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_search_renew(ARRAY(
        SELECT coalesce(claim.merged_into_id, claim.id) FROM claims_claim claim
        JOIN claims_appearance place ON place.claim_id = claim.id
        JOIN articles_revision revision ON revision.id = place.revision_id
        WHERE revision.article_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER article_changes_publisher_for_readers AFTER UPDATE OF publisher_id ON articles_article
    FOR EACH ROW WHEN (OLD.publisher_id IS DISTINCT FROM NEW.publisher_id)
    EXECUTE FUNCTION claims_search_follows_article();
"""

LEAVE = """
DROP TRIGGER claim_changes_for_readers ON claims_claim;
DROP TRIGGER verdict_is_published_for_readers ON claims_verdict;
DROP TRIGGER claimant_is_named_for_readers ON claims_claimant;
DROP TRIGGER appearance_is_seen_by_readers ON claims_appearance;
DROP TRIGGER article_changes_publisher_for_readers ON articles_article;
DROP FUNCTION claims_search_follows_claim();
DROP FUNCTION claims_search_follows_verdict();
DROP FUNCTION claims_search_follows_claimant();
DROP FUNCTION claims_search_follows_appearance();
DROP FUNCTION claims_search_follows_article();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_externals'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='claims.claim', verbose_name='claim')),
                ('words', django.contrib.postgres.search.SearchVectorField(editable=False)),
                ('publishers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='publishers')),
                ('first_published_at', models.DateTimeField(verbose_name='first published')),
                ('claimant', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claimant', verbose_name='claimant')),
                ('rating', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.rating', verbose_name='rating')),
            ],
            options={
                'verbose_name': 'entry in the readers’ index',
                'verbose_name_plural': 'entries in the readers’ index',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='searchentry_words')],
            },
        ),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
        migrations.RunSQL(RENEW, "DROP FUNCTION claims_search_renew(bigint[])"),
        migrations.RunSQL(FOLLOW, LEAVE),
    ]
