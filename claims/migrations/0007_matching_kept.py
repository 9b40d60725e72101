"""Words without accents, entries that follow their claims, and what of matching goes on the record."""

from django.db import migrations

from people.triggers import record_changes

WORDS = """
CREATE TEXT SEARCH CONFIGURATION plumbline (COPY = english);
ALTER TEXT SEARCH CONFIGURATION plumbline
    ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart WITH unaccent, english_stem;
"""
NO_WORDS = "DROP TEXT SEARCH CONFIGURATION plumbline"

# A claim whose wording is new waits to be matched, whoever wrote it and how. A merged one is found as the other.
FOLLOW = """
CREATE FUNCTION claims_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.merged_into_id IS NOT NULL THEN
        DELETE FROM claims_claimentry WHERE claim_id = NEW.id;
    ELSE
        INSERT INTO claims_claimentry (claim_id, encoder) VALUES (NEW.id, '')
            ON CONFLICT (claim_id) DO UPDATE SET stamp = '', next_try_at = now(), attempts = 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_enters_index AFTER INSERT ON claims_claim FOR EACH ROW EXECUTE FUNCTION claims_entry_follows();
CREATE TRIGGER claim_changes_in_index AFTER UPDATE OF text, merged_into_id ON claims_claim FOR EACH ROW
    WHEN ((OLD.text, OLD.merged_into_id) IS DISTINCT FROM (NEW.text, NEW.merged_into_id))
    EXECUTE FUNCTION claims_entry_follows();
-- The ten thousand commonest stems, not a thousand: how rare the others are decides what words can find.
ALTER TABLE claims_claimentry ALTER COLUMN words SET STATISTICS 1000;
ALTER TABLE claims_externalfactcheck ALTER COLUMN words SET STATISTICS 1000;
INSERT INTO claims_claimentry (claim_id, encoder) SELECT id, '' FROM claims_claim WHERE merged_into_id IS NULL;
"""
LEAVE = """
DROP TRIGGER claim_enters_index ON claims_claim;
DROP TRIGGER claim_changes_in_index ON claims_claim;
DROP FUNCTION claims_entry_follows();
"""

# Merges made before they were rows: who, when and from where is on the record.
PAST_MERGES = """
INSERT INTO claims_merge (loser_id, winner_id, previous_status, by_id, by_machine, at)
    SELECT claim.id, claim.merged_into_id, coalesce(merged.before ->> 'status', 'detected'), person.id, false,
           coalesce(merged.at, now())
    FROM claims_claim claim
    LEFT JOIN LATERAL (
        SELECT before, at, actor_id FROM people_recordentry
        WHERE table_name = 'claims_claim' AND row_id = claim.id AND after ->> 'status' = 'merged'
        ORDER BY id DESC LIMIT 1
    ) merged ON true
    LEFT JOIN people_user person ON person.id = merged.actor_id
    WHERE claim.merged_into_id IS NOT NULL;
"""

# Pairs come and go with the machine's rules; what a person says of one is kept.
DECISIONS = """
CREATE TRIGGER {table}_decided AFTER UPDATE OF state ON {table} FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION people_record_change('differences');
"""


def record_decisions(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(DECISIONS.format(table=table), f"DROP TRIGGER {table}_decided ON {table}")


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_matching")]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(FOLLOW, LEAVE),
        migrations.RunSQL(PAST_MERGES, migrations.RunSQL.noop),
        record_changes("claims_merge"),
        record_decisions("claims_claimmatch"),
        record_decisions("claims_externalmatch"),
    ]
