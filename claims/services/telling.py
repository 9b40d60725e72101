"""What webhooks are told, written down with what happened; `claims.services.webhooks` sends it."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim, Delivery, Verdict, Webhook
from claims.models.webhook import Event


def tell(event: Event, claim: Claim, verdict: Verdict, *, why: str = "") -> None:
    """Write down what each webhook of this event is told; call it inside the transaction of what happened."""
    webhooks = list(Webhook.objects.filter(active=True, events__contains=[event]))
    if not webhooks:
        return
    body, now = body_of(event, _about(claim, verdict, why)), timezone.now()
    Delivery.objects.bulk_create(
        [Delivery(webhook=webhook, event=f"{event}:{verdict.pk}", body=body, next_try_at=now) for webhook in webhooks],
        ignore_conflicts=True,
    )


def _about(claim: Claim, verdict: Verdict, why: str) -> dict[str, Any]:
    """What readers see of the claim; nothing that they do not."""
    hidden = claim.claimant is not None and not claim.claimant.named_publicly
    return {
        "id": claim.pk,
        "url": settings.PUBLIC_URL + claim.get_absolute_url(),
        "claimreview": settings.PUBLIC_URL + reverse("claim-review", args=[claim.slug]),
        "claim": verdict.claim_text,
        "claimant": claim.claimant.public_name if claim.claimant and hidden else verdict.claimant_name,
        "rating": verdict.rating.label if verdict.rating else "",
        "summary": verdict.summary,
        "version": verdict.version,
        **({"why": why} if why else {}),
    }


def body_of(event: Event, data: dict[str, Any]) -> str:
    said = {"type": str(event), "timestamp": timezone.now().isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
