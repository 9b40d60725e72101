"""What the database keeps by itself about claims: the record, and what publication freezes."""

from django.db import migrations

from people.triggers import record_changes, refuse

FROZEN_WITH_VERDICT = """
CREATE FUNCTION claims_citation_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    verdicts bigint[] := ARRAY[]::bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN verdicts := verdicts || OLD.verdict_id; END IF;
    IF TG_OP <> 'DELETE' THEN verdicts := verdicts || NEW.verdict_id; END IF;
    -- FOR SHARE: a publication that is under way is waited for, not overlooked.
    PERFORM 1 FROM claims_verdict WHERE id = ANY(verdicts) AND published_at IS NOT NULL FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'The citations of a published verdict are frozen with it.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER citation_frozen BEFORE INSERT OR UPDATE OR DELETE ON claims_citation
    FOR EACH ROW EXECUTE FUNCTION claims_citation_frozen();

CREATE FUNCTION claims_source_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_citation JOIN claims_verdict ON claims_verdict.id = verdict_id
        WHERE source_id = OLD.id AND published_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'A source that a published verdict cites is replaced, not edited.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER source_frozen BEFORE UPDATE OR DELETE ON claims_source
    FOR EACH ROW EXECUTE FUNCTION claims_source_frozen();

CREATE FUNCTION claims_wrote(verdict bigint, person bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM claims_verdict WHERE id = verdict AND by_id = person)
        OR EXISTS (SELECT 1 FROM claims_verdict_writers WHERE verdict_id = verdict AND user_id = person)
$$;

CREATE FUNCTION claims_review_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF claims_wrote(NEW.verdict_id, NEW.reviewer_id) THEN
        RAISE EXCEPTION 'Nobody reviews a verdict they wrote on.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_by_another BEFORE INSERT OR UPDATE ON claims_review
    FOR EACH ROW EXECUTE FUNCTION claims_review_by_another();

-- What is published was approved, as it stands, by somebody who did not write on it.
CREATE FUNCTION claims_verdict_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_review
        WHERE verdict_id = NEW.id AND outcome = 'approved' AND saves = NEW.saves
        AND NOT claims_wrote(NEW.id, reviewer_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A verdict is published after a second person approved it as it stands.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdict_approved BEFORE UPDATE ON claims_verdict
    FOR EACH ROW WHEN (OLD.published_at IS NULL AND NEW.published_at IS NOT NULL)
    EXECUTE FUNCTION claims_verdict_approved();
"""

THAWED = """
DROP TRIGGER citation_frozen ON claims_citation;
DROP TRIGGER source_frozen ON claims_source;
DROP TRIGGER review_by_another ON claims_review;
DROP TRIGGER verdict_approved ON claims_verdict;
DROP FUNCTION claims_verdict_approved();
DROP FUNCTION claims_citation_frozen();
DROP FUNCTION claims_source_frozen();
DROP FUNCTION claims_review_by_another();
DROP FUNCTION claims_wrote(bigint, bigint);
"""

SPAN = "(OLD.revision_id, OLD.start, OLD.\"end\", OLD.quote) IS DISTINCT FROM "
SPAN += "(NEW.revision_id, NEW.start, NEW.\"end\", NEW.quote)"

AUDITED = (
    "claims_claim",
    "claims_claimant",
    "claims_claimantalias",
    "claims_appearance",
    "claims_decline",
    "claims_verdict",
    "claims_verdict_writers",
    "claims_citation",
    "claims_source",
    "claims_review",
    "claims_slug",
    "claims_ratingscale",
    "claims_rating",
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("people", "0002_record")]

    operations = [
        *[record_changes(table) for table in AUDITED],
        refuse(
            "verdict_frozen",
            "claims_verdict",
            on="UPDATE OR DELETE",
            when="OLD.published_at IS NOT NULL",
            message="A published verdict is never edited: a correction is the next version.",
        ),
        refuse(
            "slug_frozen",
            "claims_slug",
            on="UPDATE OR DELETE",
            message="An address is frozen at publication.",
        ),
        refuse(
            "appearance_span_kept",
            "claims_appearance",
            on="UPDATE",
            when=SPAN,
            message="The span and quote of an appearance are never changed.",
        ),
        migrations.RunSQL(FROZEN_WITH_VERDICT, THAWED),
    ]
