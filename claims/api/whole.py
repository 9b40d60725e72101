"""One fact-check with all that its page says. Starts a fixed number of queries."""

from typing import Any

from claims.api import resources as out
from claims.api import rows, telling
from claims.models import Appearance, Claim, LegalRequest
from claims.site.asked import asked_about
from claims.site.parts import parts_and_whole, verdicts_on

LISTED = 300  # places, as on the page


def full_claim(found: Any) -> out.FullClaim:
    """found: a claim with a page, as `for_page` loads it."""
    corrections = [telling.correction(row) for row in rows.logged().filter(claim=found)]
    found.first_published_at = found.published_verdicts[0].published_at
    if found.status == Claim.Status.RETRACTED:
        return _retracted(found, corrections)
    mentioned = verdicts_on([*found.part_keys, found.part_of_id])
    verdict, compound = found.verdict, parts_and_whole(found, mentioned)
    return out.FullClaim(
        **telling.claim(found).model_dump(),
        explanation=verdict.explanation,
        how_we_checked=verdict.how_we_checked,
        parts=[telling.rated_link(part) for part in compound["parts"]],
        whole=telling.rated_link(compound["whole"]) if compound["whole"] else None,
        parts_rule=found.parts_rule if compound["parts"] else "",
        checked_by=verdict.by.byline,
        reviewed_by=[approval.reviewer.byline for approval in verdict.approvals],
        methodology=verdict.methodology.n if verdict.methodology else None,
        look_again_by=verdict.look_again_by,
        sources=[telling.source(citation, found.slug) for citation in verdict.citations.all()],
        appearances=[telling.appearance(row) for row in _places(found)],
        asked=_asked(found),
        corrections=corrections,
    )


def _places(found: Claim) -> Any:
    made = Appearance.objects.counted_with(found)
    return rows.with_names(made).order_by("made_on", "revision", "start")[:LISTED]


def _asked(found: Claim) -> list[out.Asked]:
    return [
        out.Asked(whom=one.whom, asked_on=one.on, answered_on=one.answered_on, answer=one.answer)
        for one in asked_about(found)
    ]


def _retracted(found: Any, corrections: list[out.Correction]) -> out.FullClaim:
    """What became of it, and nothing that was found."""
    taken_down = LegalRequest.objects.filter(correction__claim=found).exists()
    return out.FullClaim(
        id=found.pk,
        slug=found.slug,
        url=telling.page_of(found.slug),
        claimreview=None,
        status="retracted",
        text="" if taken_down else found.verdict.claim_text,
        claimant=None,
        claimed_on=None,
        topics=[],
        rating=None,
        summary="",
        version=found.verdict.version,
        evidence_as_of=None,
        first_published_at=found.first_published_at,
        published_at=found.verdict.published_at,
        explanation="",
        how_we_checked="",
        parts=[],
        whole=None,
        parts_rule="",
        checked_by="",
        reviewed_by=[],
        methodology=None,
        look_again_by=None,
        sources=[],
        appearances=[],
        asked=[],
        corrections=corrections,
    )
