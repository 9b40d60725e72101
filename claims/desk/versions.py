"""The tab "Versions" of the claim file: what was published when, what changed, and who corrected it."""

from typing import Any

from django.http import HttpResponse

from claims.desk.pages import DeskRequest, need
from claims.desk.tabs import claim_of, show_tab
from claims.services.blindness import corrections_of
from claims.services.versions import versions_of


def versions_page(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the published versions with their differences, and every correction, whatever became of it."""
    need(request, "claims.view_claim")
    claim: Any = claim_of(pk, to=request.user)
    context = {
        "versions": versions_of(claim, for_readers=False),
        "corrections": corrections_of(claim, to=request.user).for_desk(),
        "hidden": claim.hidden,
        "requests": claim.correction_requests.for_desk()[:25],
    }
    return show_tab(request, "admin/versions.html", claim, name="claims_claim_versions", context=context)
