"""How much one network address may ask in a minute, and how it is told (draft-ietf-httpapi-ratelimit-headers)."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from claims.site.limits import count, hashed_address

WINDOW = 60  # seconds
SEARCHING = 5  # a search costs as much as five other requests


@dataclass(frozen=True, slots=True)
class Allowance:
    """left: below 0 where too much was asked. resets_in: seconds."""

    left: int
    resets_in: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"address";q={settings.API_REQUESTS_A_MINUTE};w={WINDOW}',
            "RateLimit": f'"address";r={max(0, self.left)};t={self.resets_in}',
        }


def spend(request: HttpRequest, *, cost: int) -> Allowance | None:
    """Count a request. None where there is no cache to count in: better too many answers than none."""
    now = int(time.time())
    spent = count(f"api:{hashed_address(request)}:{now // WINDOW}", seconds=2 * WINDOW, cost=cost)
    if spent is None:
        return None
    return Allowance(settings.API_REQUESTS_A_MINUTE - spent, WINDOW - now % WINDOW)
