"""Who has the file of a claim before them."""

from django.utils import timezone

from claims.models import Claim, Presence
from people.models import User


def be_present(claim_id: int, *, by: User) -> None:
    """Say that a person has the file before them: one query, and at their first word three more."""
    now = timezone.now()
    if Presence.objects.filter(user=by, claim=claim_id).update(seen_at=now):
        return
    Presence.objects.gone(now).delete()
    if Claim.objects.filter(pk=claim_id).exists():
        Presence.objects.bulk_create([Presence(user=by, claim_id=claim_id, seen_at=now)], ignore_conflicts=True)
