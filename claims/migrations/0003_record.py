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

CREATE FUNCTION claims_review_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_verdict WHERE id = NEW.verdict_id AND by_id = NEW.reviewer_id;
    IF FOUND THEN
        RAISE EXCEPTION 'Nobody reviews their own verdict.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_by_another BEFORE INSERT OR UPDATE ON claims_review
    FOR EACH ROW EXECUTE FUNCTION claims_review_by_another();
"""

THAWED = """
DROP TRIGGER citation_frozen ON claims_citation;
DROP TRIGGER source_frozen ON claims_source;
DROP TRIGGER review_by_another ON claims_review;
DROP FUNCTION claims_citation_frozen();
DROP FUNCTION claims_source_frozen();
DROP FUNCTION claims_review_by_another();
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
    "claims_citation",
    "claims_source",
    "claims_review",
    "claims_slug",
    "claims_ratingscale",
    "claims_rating",
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_initial"), ("people", "0002_record")]

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
