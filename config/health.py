"""For whatever watches the desk: is it alive, and is it able to work?"""

from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis import Redis, RedisError


@never_cache
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer, whatever the state of database and broker."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """Say for database and broker whether each answers; 503 when one does not."""
    parts = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def broker_answers() -> bool:
    cache: Any = settings.CACHES["default"]
    try:
        with Redis.from_url(cache["LOCATION"], socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except RedisError:
        return False
