"""One claim with all that its page shows, in queries whose SQL is written once (`Prepared`)."""

from collections import defaultdict
from typing import Any

from claims.models.claim import Claim
from claims.models.prepared import ANY_NUMBER, ANY_TEXT, Prepared
from claims.models.review import Review
from claims.models.verdict import Citation, Verdict

_claims = Prepared(lambda slug: Claim.objects.with_page().at(slug).with_small_relations(), stands_for=ANY_TEXT)
_verdicts = Prepared(lambda claim: Verdict.objects.filter(claim=claim).with_all_shown(), stands_for=ANY_NUMBER)
_citations = Prepared(
    lambda claim: Citation.objects.for_page().filter(verdict__claim=claim, verdict__published_at__isnull=False),
    stands_for=ANY_NUMBER,
)
_approvals = Prepared(
    lambda claim: Review.objects.approvals().select_related("reviewer").filter(verdict__claim=claim),
    stands_for=ANY_NUMBER,
)


def claim_at(slug: str) -> Claim | None:
    """The claim whose page is at this address, with all that `for_page` loads; None where there is none."""
    claim = next(iter(_claims(slug)), None)
    if claim is None:
        return None
    versions: list[Any] = _verdicts(claim.pk)
    cited, approved = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
    for citation in _citations(claim.pk):
        cited[citation.verdict_id].append(citation)
    for approval in _approvals(claim.pk):
        approved[approval.verdict_id].append(approval)
    for version in versions:
        version.claim, version.approvals = claim, approved[version.pk]
        version.__dict__.setdefault("_prefetched_objects_cache", {})["citations"] = cited[version.pk]
    claim.published_verdicts = versions
    return claim
