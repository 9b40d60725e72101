"""What the database keeps of the second look: blind ratings stay, interests keep people out, exceptions freeze."""

from django.db import migrations

from people.triggers import record_changes, refuse

AUDITED = ("claims_conflict", "claims_recusal", "claims_gateexception")

RATING_KEPT = """
(OLD.rating_id, OLD.rating_note, OLD.first_rating_id, OLD.rated_at, OLD.blind, OLD.verdict_id, OLD.reviewer_id)
IS DISTINCT FROM
(NEW.rating_id, NEW.rating_note, NEW.first_rating_id, NEW.rated_at, NEW.blind, NEW.verdict_id, NEW.reviewer_id)
"""

APPROVED_BEFORE = "UPDATE claims_review SET approved_at = at WHERE outcome = 'approved'"

PROMISES = """
CREATE FUNCTION claims_review_rated_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rated_at IS NULL THEN
        RAISE EXCEPTION 'A reviewer rates a verdict before deciding on it.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.outcome = 'approved' AND NEW.note = '' AND NEW.rating_id IS DISTINCT FROM
        (SELECT rating_id FROM claims_verdict WHERE id = NEW.verdict_id) THEN
        RAISE EXCEPTION 'Whoever approves another rating than their own says why.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_rated_first BEFORE INSERT OR UPDATE OF outcome, note, saves ON claims_review
    FOR EACH ROW WHEN (NEW.outcome <> '') EXECUTE FUNCTION claims_review_rated_first();

CREATE FUNCTION claims_interested(verdict bigint, person bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM claims_verdict v
            JOIN claims_claim c ON c.id = v.claim_id
            JOIN claims_conflict k ON k.claimant_id = c.claimant_id
            WHERE v.id = verdict AND k.user_id = person)
        OR EXISTS (SELECT 1 FROM claims_verdict v JOIN claims_recusal r ON r.claim_id = v.claim_id
            WHERE v.id = verdict AND r.user_id = person)
$$;
CREATE FUNCTION claims_review_disinterested() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_interested(NEW.verdict_id, NEW.reviewer_id) THEN
        RAISE EXCEPTION 'Nobody reviews where they have declared an interest.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_disinterested BEFORE INSERT OR UPDATE ON claims_review
    FOR EACH ROW EXECUTE FUNCTION claims_review_disinterested();

CREATE FUNCTION claims_writer_is_no_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_review
        WHERE verdict_id = NEW.verdict_id AND reviewer_id = NEW.user_id AND rated_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'Nobody writes on a verdict they have rated.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER writer_is_no_reviewer BEFORE INSERT OR UPDATE ON claims_verdict_writers
    FOR EACH ROW EXECUTE FUNCTION claims_writer_is_no_reviewer();

CREATE FUNCTION claims_exception_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    verdicts bigint[] := ARRAY[]::bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN verdicts := verdicts || OLD.verdict_id; END IF;
    IF TG_OP <> 'DELETE' THEN verdicts := verdicts || NEW.verdict_id; END IF;
    PERFORM 1 FROM claims_verdict WHERE id = ANY(verdicts) AND published_at IS NOT NULL FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'The exceptions of a published verdict are frozen with it.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER exception_frozen BEFORE INSERT OR UPDATE OR DELETE ON claims_gateexception
    FOR EACH ROW EXECUTE FUNCTION claims_exception_frozen();

CREATE FUNCTION claims_verdict_after_embargo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_claim WHERE id = NEW.claim_id AND embargo_until > clock_timestamp();
    IF FOUND THEN
        RAISE EXCEPTION 'Nobody publishes before the embargo ends.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_after_embargo BEFORE UPDATE ON claims_verdict
    FOR EACH ROW WHEN (OLD.published_at IS NULL AND NEW.published_at IS NOT NULL)
    EXECUTE FUNCTION claims_verdict_after_embargo();
"""
TAKEN_BACK = """
DROP TRIGGER verdict_after_embargo ON claims_verdict;
DROP TRIGGER exception_frozen ON claims_gateexception;
DROP TRIGGER writer_is_no_reviewer ON claims_verdict_writers;
DROP TRIGGER review_disinterested ON claims_review;
DROP TRIGGER review_rated_first ON claims_review;
DROP FUNCTION claims_verdict_after_embargo();
DROP FUNCTION claims_exception_frozen();
DROP FUNCTION claims_writer_is_no_reviewer();
DROP FUNCTION claims_review_disinterested();
DROP FUNCTION claims_interested(bigint, bigint);
DROP FUNCTION claims_review_rated_first();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0018_notices")]

    operations = [
        migrations.RunSQL(APPROVED_BEFORE, migrations.RunSQL.noop),
        *[record_changes(table) for table in AUDITED],
        refuse(
            "review_rating_kept",
            "claims_review",
            on="UPDATE",
            when=f"OLD.rated_at IS NOT NULL AND {RATING_KEPT}",
            message="A rating that was given before the first one was shown is never changed.",
        ),
        refuse(
            "review_kept",
            "claims_review",
            on="DELETE",
            when="OLD.rated_at IS NOT NULL",
            message="A review stays on record.",
        ),
        refuse(
            "rating_frozen",
            "claims_rating",
            on="UPDATE OR DELETE",
            message="A rating is never changed: its scale is replaced by the next version.",
        ),
        migrations.RunSQL(PROMISES, TAKEN_BACK),
    ]
