"""Counting what comes from one network address, of which nothing is kept that leads back to it."""

import hashlib
import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def count(key: str, *, seconds: int, cost: int = 1) -> int | None:
    """Add `cost` to what is counted under `key`, which begins anew after `seconds`, and say how much it is then.

    None where there is no cache to count in: better too much than nothing.
    """
    try:
        cache.add(key, 0, seconds)
        return cache.incr(key, cost)
    except ValueError:  # it ran out between the two lines
        return cost
    except (RedisError, OSError):
        logger.warning("No cache: what comes from one address is not counted.")
        return None


def hashed_address(request: HttpRequest) -> str:
    """The reader's network address, hashed with our key."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:  # BEHIND_PROXY: the proxy writes the last one
        told = request.headers.get("X-Forwarded-For", told).rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        network = told[:100]
    else:  # one household has a whole /64
        network = str(ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False))
    return hashlib.blake2b(network.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
