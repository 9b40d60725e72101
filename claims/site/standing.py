"""The pages about the desk, from their rows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from claims.models import StandingPage
from claims.site.responses import for_readers, public_url


@for_readers
def standing_page(request: HttpRequest, name: str) -> HttpResponse:
    """A page whose words the desk writes."""
    page = get_object_or_404(StandingPage, name=name)
    return render(request, "claims/pages/standing.html", {"page": page, "page_url": public_url(request.path)})
