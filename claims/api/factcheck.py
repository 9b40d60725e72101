"""`/v1alpha1/claims:search`: the same question and answer as Google's Fact Check Tools API, so its clients work on us.

The shapes of answers and errors are Google's (their discovery document, factchecktools v1alpha1), down to the messages
that clients may look at. What we publish is the only thing there is to find.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.csrf import csrf_exempt

from claims.api import rows
from claims.api.asked import sound
from claims.api.masks import Mask, masked, parse_mask
from claims.api.telling import page_of
from claims.models import Appearance, SearchEntry, Verdict
from claims.services import searching

TEXTS = {"query", "languageCode", "reviewPublisherSiteFilter", "pageToken"}
NUMBERS = {"maxAgeDays", "pageSize", "offset"}
COMMON = {"alt", "key", "fields", "callback", "prettyPrint", "quotaUser", "access_token", "oauth_token"}
COMMON |= {"upload_protocol", "uploadType", ".xgafv"}
INT32 = 2**31
PAGE, MOST = 10, 100
SALT = "factcheck-page"
INVALID = "Request contains an invalid argument."
STATUS = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 413: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, with Google's defaults. newer_than: None where age does not matter."""

    query: str
    language: str
    site: str
    newer_than: datetime | None
    size: int
    start: int
    token_salt: str


class Invalid(Exception):
    """What Google would refuse. field: as their messages name it, "" for the request as a whole."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message, self.field = message, field


@csrf_exempt
def search_claims(request: HttpRequest) -> HttpResponse:
    """Answer a search; an empty object where nothing is found, as there."""
    if request.method != "GET":
        return nothing(request)
    try:
        asked, mask = _asked(request), _mask(request)
    except Invalid as error:
        return _refused(error)
    claims, more = _found(asked) if _is_ours(asked) else ([], False)
    answer: dict[str, Any] = {"claims": claims} if claims else {}
    if more:
        answer["nextPageToken"] = signing.dumps(asked.start + asked.size, salt=asked.token_salt)
    return JsonResponse(masked(answer, mask), json_dumps_params={"indent": 2, "ensure_ascii": False})


def nothing(_request: HttpRequest) -> HttpResponse:
    """Every other address and method below /v1alpha1/."""
    return answer_error(404, "Method not found.")


def answer_error(status: int, message: str | Promise = "", details: Iterable[dict[str, Any]] = ()) -> JsonResponse:
    error: dict[str, Any] = {
        "code": status,
        "message": str(message) or HTTPStatus(status).phrase,
        "status": STATUS.get(status, "INTERNAL" if status >= 500 else "INVALID_ARGUMENT"),
    }
    if details:
        error["details"] = list(details)
    return JsonResponse({"error": error}, status=status, json_dumps_params={"indent": 2})


def _refused(error: Invalid) -> JsonResponse:
    violation = {"field": error.field, "description": error.message} if error.field else {"description": error.message}
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    return answer_error(400, error.message, [detail] if error.message != INVALID else ())


def _asked(request: HttpRequest) -> Asked:
    """Raises Invalid."""
    given = _given(request)
    if not given.get("query", "").strip() and not given.get("reviewPublisherSiteFilter"):
        raise Invalid(INVALID)
    age, size, offset = (_number(name, given.get(name, "")) for name in ("maxAgeDays", "pageSize", "offset"))
    identity = [given.get(name, "") for name in ("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays")]
    salt = "\n".join([SALT, *identity])
    return Asked(
        query=searching.tidy(given.get("query", "")),
        language=given.get("languageCode", ""),
        site=given.get("reviewPublisherSiteFilter", ""),
        newer_than=timezone.now() - timedelta(days=min(age, 100 * 366)) if age else None,
        size=min(size or PAGE, MOST),
        start=_start(given["pageToken"], salt) if given.get("pageToken") else offset,
        token_salt=salt,
    )


def _given(request: HttpRequest) -> dict[str, str]:
    """The parameters by their names in JSON; those of the protocol buffer, with underlines, are as good."""
    given: dict[str, str] = {}
    for written, value in request.GET.items():
        name = re.sub("_([a-z])", lambda found: found[1].upper(), written)
        if name in TEXTS | NUMBERS:
            given[name] = _sound(str(value))
        elif written.removeprefix("$") not in COMMON:
            shown = written[:100]
            raise Invalid(
                f'Invalid JSON payload received. Unknown name "{shown}": Cannot bind query parameter. '
                f"Field '{shown}' could not be found in request message."
            )
    return given


def _mask(request: HttpRequest) -> Mask:
    """Raises Invalid for what selects nothing that could be."""
    wanted = request.GET.get("fields", request.GET.get("$fields", ""))
    try:
        return parse_mask(wanted) if wanted else {}
    except ValueError as error:
        raise Invalid(f"Invalid field selection {wanted[:100]}", "fields") from error


def _sound(value: str) -> str:
    try:
        return sound(value)
    except ValueError as error:
        raise Invalid(INVALID) from error


def _number(name: str, written: str) -> int:
    if not written:
        return 0
    if not re.fullmatch(r"-?[0-9]{1,10}", written, re.ASCII) or not -INT32 <= int(written) < INT32:
        field = re.sub("([A-Z])", lambda found: f"_{found[1].lower()}", name)
        raise Invalid(f"Invalid value at '{field}' (TYPE_INT32), \"{written[:100]}\"", field)
    if int(written) < 0:
        raise Invalid(INVALID)
    return int(written)


def _start(token: str, salt: str) -> int:
    """Raises Invalid for a token that was not given out for this search."""
    try:
        return int(signing.loads(token, salt=salt))
    except signing.BadSignature as error:
        raise Invalid(INVALID) from error


def _is_ours(asked: Asked) -> bool:
    """Whether it may find what this desk publishes: in our language, and on our site or on a site above it."""
    language = asked.language.replace("_", "-").partition("-")[0].lower()
    if language and language != settings.LANGUAGE_CODE.partition("-")[0].lower():
        return False
    site = re.sub(r"^[a-z]+://", "", asked.site.strip().lower()).partition("/")[0].removeprefix("www.")
    return not site or our_site().removeprefix("www.") == site or our_site().endswith(f".{site}")


def our_site() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def _found(asked: Asked) -> tuple[list[dict[str, Any]], bool]:
    """What is shown, and whether there is more."""
    end = asked.start + asked.size
    if asked.query:
        hits = searching.search_claims(asked.query, SearchEntry.objects.filter(_new_enough(asked))).hits
        pks, more = [hit.claim for hit in hits[asked.start : end]], len(hits) > end
    else:
        newest = _newest(asked)[asked.start : end + 1]
        pks = list(newest)
        pks, more = pks[: asked.size], len(pks) > asked.size
    there, days = rows.claims(pks), _days(pks)
    return [_claim(there[pk], days.get(pk)) for pk in pks if pk in there], more


def _newest(asked: Asked) -> QuerySet[Any, int]:
    first = Verdict.objects.filter(version=1, published_at__isnull=False, claim__status="published")
    if asked.newer_than:
        first = first.filter(claim__in=SearchEntry.objects.filter(_new_enough(asked)).values("pk"))
    return first.order_by("-published_at", "-claim_id").values_list("claim_id", flat=True)


def _new_enough(asked: Asked) -> Q:
    """Of an entry: by the day of the claim or of our verdict, whichever is newer."""
    if asked.newer_than is None:
        return Q()
    reviewed = Q(claim__verdicts__published_at__gte=asked.newer_than)
    said = Q(claim__claimed_on__gte=timezone.localdate(asked.newer_than))
    return Q(pk__in=SearchEntry.objects.filter(reviewed | said).values("pk"))


def _days(pks: list[int]) -> dict[int, date]:
    """When each of these claims was first made, as far as we know, wherever it counts with it."""
    counted = Appearance.objects.filter(Q(claim__in=pks) | Q(claim__merged_into__in=pks), made_on__isnull=False)
    owned = counted.order_by().values(owner=Coalesce("claim__merged_into", "claim"))
    return dict(owned.annotate(first=Min("made_on")).values_list("owner", "first"))


def _claim(row: Any, first_made_on: date | None) -> dict[str, Any]:
    verdict = row.verdict
    said_on = row.claimed_on or first_made_on
    review = {
        "publisher": {"name": settings.SITE_NAME, "site": our_site()},
        "url": page_of(row.slug),
        "title": f"{verdict.rating.label}: {verdict.claim_text}",
        "reviewDate": _moment(verdict.published_at),
        "textualRating": verdict.rating.label,
        "languageCode": settings.LANGUAGE_CODE,
    }
    claim: dict[str, Any] = {"text": verdict.claim_text}
    if row.claimant_shown:
        claim["claimant"] = row.claimant_shown
    if said_on:
        claim["claimDate"] = _moment(datetime.combine(said_on, time(), UTC))
    return {**claim, "claimReview": [review]}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
