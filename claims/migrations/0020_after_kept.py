"""What the database keeps by itself of corrections and of what readers and others ask: on the record, and by two."""

from django.db import migrations

from people.triggers import record_changes, refuse

# A reader's words, address and code are nobody's business once they are gone: the record does not keep them.
PRIVATE = ("email", "text", "url", "code_hash")

CORRECTED = """
CREATE FUNCTION claims_correction_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_rating bigint := (SELECT rating_id FROM claims_verdict WHERE id = NEW.old_verdict_id);
    new_rating bigint := (SELECT rating_id FROM claims_verdict WHERE id = NEW.new_verdict_id);
BEGIN
    IF NEW.kind = 'void' THEN
        RETURN NEW;
    END IF;
    IF (NEW.kind = 'verdict_change') <> (old_rating IS DISTINCT FROM new_rating) THEN
        RAISE EXCEPTION 'The class of a correction is "verdict change" if and only if the rating differs.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF claims_wrote(NEW.new_verdict_id, NEW.approved_by_id) THEN
        RAISE EXCEPTION 'Nobody approves a correction they wrote on.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER correction_fits BEFORE INSERT OR UPDATE ON claims_correction
    FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION claims_correction_fits();

-- Both halves of one publication, whichever comes first in the transaction.
CREATE FUNCTION claims_correction_is_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_verdict WHERE id = NEW.new_verdict_id AND published_at IS NOT NULL
        UNION ALL SELECT 1 FROM claims_claim WHERE id = NEW.claim_id AND NEW.kind = 'void' AND status = 'retracted';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A correction is published with its version, a retraction with the claim.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER correction_is_out AFTER INSERT OR UPDATE ON claims_correction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION claims_correction_is_out();

CREATE FUNCTION claims_verdict_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_correction WHERE new_verdict_id = NEW.id AND state = 'published';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A published verdict changes only by a correction.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verdict_corrected AFTER INSERT OR UPDATE OF published_at ON claims_verdict
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.published_at IS NOT NULL AND NEW.version > 1)
    EXECUTE FUNCTION claims_verdict_corrected();

CREATE FUNCTION claims_retraction_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_correction WHERE claim_id = NEW.id AND kind = 'void' AND state = 'published';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A retraction tells readers why.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER retraction_told AFTER UPDATE OF status ON claims_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.status <> 'retracted' AND NEW.status = 'retracted')
    EXECUTE FUNCTION claims_retraction_told();

CREATE FUNCTION claims_look_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_correction WHERE id = NEW.correction_id AND emergency AND state = 'published'
        AND by_id <> NEW.by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The second look is another person''s, at what one person retracted at once.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER look_by_another BEFORE INSERT ON claims_secondlook
    FOR EACH ROW EXECUTE FUNCTION claims_look_by_another();
"""

UNCORRECTED = """
DROP TRIGGER correction_fits ON claims_correction;
DROP TRIGGER correction_is_out ON claims_correction;
DROP TRIGGER verdict_corrected ON claims_verdict;
DROP TRIGGER retraction_told ON claims_claim;
DROP TRIGGER look_by_another ON claims_secondlook;
DROP FUNCTION claims_correction_fits();
DROP FUNCTION claims_correction_is_out();
DROP FUNCTION claims_verdict_corrected();
DROP FUNCTION claims_retraction_told();
DROP FUNCTION claims_look_by_another();
"""

# A review goes with the draft of a correction that was given up, and with nothing else; the record keeps what it said.
REVIEW_KEPT = """
DROP TRIGGER review_kept ON claims_review;
CREATE FUNCTION claims_review_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM claims_verdict
        WHERE id = OLD.verdict_id AND published_at IS NULL AND version > 1
        AND EXISTS (SELECT 1 FROM claims_correction given_up
            WHERE given_up.claim_id = claims_verdict.claim_id AND given_up.state = 'abandoned')
        AND NOT EXISTS (SELECT 1 FROM claims_correction WHERE new_verdict_id = OLD.verdict_id);
    IF FOUND THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A review stays on record.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER review_kept BEFORE DELETE ON claims_review
    FOR EACH ROW WHEN (OLD.rated_at IS NOT NULL) EXECUTE FUNCTION claims_review_kept();
"""
REVIEW_KEPT_ALWAYS = """
DROP TRIGGER review_kept ON claims_review;
DROP FUNCTION claims_review_kept();
CREATE TRIGGER review_kept BEFORE DELETE ON claims_review
    FOR EACH ROW WHEN (OLD.rated_at IS NOT NULL) EXECUTE FUNCTION people_refuse('A review stays on record.');
"""

OTHER_THAN_EMAIL = "OLD.closed_at IS NOT NULL AND (to_jsonb(OLD) - 'email') IS DISTINCT FROM (to_jsonb(NEW) - 'email')"


def tell_earlier_retractions(apps, schema_editor):
    """One person retracted these, as it was then: they come on the log, and wait for their second look."""
    Claim, Correction = apps.get_model("claims", "Claim"), apps.get_model("claims", "Correction")
    Entry = apps.get_model("people", "RecordEntry")
    for claim in Claim.objects.filter(status="retracted"):
        entry = Entry.objects.filter(
            table_name="claims_claim", row_id=claim.pk, after__status="retracted", actor_id__isnull=False
        ).last()
        verdict = claim.verdicts.filter(published_at__isnull=False).order_by("-version").first()
        if entry and verdict:
            Correction.objects.create(
                claim=claim,
                kind="void",
                state="published",
                old_verdict=verdict,
                note=entry.reason[:2000] or "–",
                emergency=True,
                by_id=entry.actor_id,
                published_at=entry.at,
            )


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_review_kept")]

    operations = [
        record_changes("claims_correction"),
        record_changes("claims_secondlook"),
        record_changes("claims_legalrequest"),
        record_changes("claims_correctionrequest", leave_out=PRIVATE),
        record_changes("claims_submission", leave_out=PRIVATE),
        refuse(
            "correction_frozen",
            "claims_correction",
            on="UPDATE OR DELETE",
            when="OLD.state IN ('published', 'abandoned')",
            message="What became of a correction is never changed.",
        ),
        refuse(
            "look_frozen",
            "claims_secondlook",
            on="UPDATE OR DELETE",
            message="A second look is never changed.",
        ),
        refuse(
            "request_frozen",
            "claims_correctionrequest",
            on="UPDATE",
            when=OTHER_THAN_EMAIL,
            message="A closed request is never changed, but for the e-mail address that is forgotten.",
        ),
        refuse(
            "request_kept",
            "claims_correctionrequest",
            on="DELETE",
            message="A request for a correction stays on file.",
        ),
        refuse(
            "legal_frozen",
            "claims_legalrequest",
            on="UPDATE OR DELETE",
            when="OLD.closed_at IS NOT NULL",
            message="A closed legal request is never changed.",
        ),
        migrations.RunSQL(CORRECTED, UNCORRECTED),
        migrations.RunSQL(REVIEW_KEPT, REVIEW_KEPT_ALWAYS),
        migrations.RunPython(tell_earlier_retractions, migrations.RunPython.noop),
    ]
