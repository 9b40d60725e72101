"""What waits of what comes after publication and from readers, for the menu."""

from typing import Any

from django.db.models import Q, QuerySet

from claims.models import Correction, CorrectionRequest, LegalRequest, Submission


def waiting_after() -> dict[str, QuerySet[Any]]:
    """Open correction requests, submissions, retractions for a second person and legal requests."""
    return {
        "requests": CorrectionRequest.objects.open(),
        "submissions": Submission.objects.open(),
        "looks": for_second_person(),
        "legal": LegalRequest.objects.open(),
    }


def for_second_person() -> QuerySet[Correction]:
    """Retractions that were asked for, and those that one person made at once."""
    waiting = Q(pk__in=Correction.objects.to_look_at()) | Q(pk__in=Correction.objects.asked_for())
    return Correction.objects.filter(waiting)
