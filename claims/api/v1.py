"""The API: its parts, its description and its interactive docs."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from claims.api import problems, reading, search, writing
from claims.api.problems import PROBLEM, Problem
from claims.api.routes import router

ABOUT = """\
What this desk has published: claims, verdicts in all their versions, the evidence, where claims were made, corrections.
Reading needs no key. Times are ISO 8601 with a zone, texts are UTF-8, Markdown is CommonMark.

**Lists** come a stretch at a time. Follow `next` until it is null; what is published meanwhile moves nothing.
`fields` leaves out what you do not need.

**Asking again** is cheap: send the `ETag` you have as `If-None-Match`, and 304 says that nothing changed.

**Limits**: each network address has a number of requests a minute, which `RateLimit` and `RateLimit-Policy` tell. Who
asks for more gets 429 with `Retry-After`. A search counts as five.

**Errors** are problem details (RFC 9457): `detail` is a sentence, and `errors` says what is wrong with which parameter.
"""
HEADERS = {
    "RateLimit-Policy": 'How much is allowed, such as `"address";q=120;w=60`: 120 in 60 seconds.',
    "RateLimit": 'What is left, such as `"address";r=119;t=42`: 119 for another 42 seconds.',
    "ETag": "Of this answer, for `If-None-Match`.",
}

api = NinjaAPI(
    title=f"{settings.SITE_NAME} API",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    servers=[{"url": "/"}],
)
PARTS = (reading, search, writing)  # whose operations are on the router by now
api.add_router("", router)
api.add_exception_handler(Problem, problems.of_problem)
api.add_exception_handler(ValidationError, problems.of_invalid)
api.add_exception_handler(AuthenticationError, problems.of_nobody)
api.add_exception_handler(HttpError, problems.of_http_error)


@api.exception_handler(Http404)
def nothing_here(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problems.answer_problem(404, _("There is nothing at this address."))


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document. Errors and headers, which every answer has, are added to what the framework wrote."""
    document: dict[str, Any] = api.get_openapi_schema(path_prefix="api/v1/")
    components = document["components"]
    components["headers"] = {
        name: {"description": said, "schema": {"type": "string"}} for name, said in HEADERS.items()
    }
    components["responses"] = {"Problem": _problem()}
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    for operations in document["paths"].values():
        for operation in operations.values():
            for answer in operation["responses"].values():
                answer["headers"] = headers
            operation["responses"]["4XX"] = {"$ref": "#/components/responses/Problem"}
    return document


def _problem() -> dict[str, Any]:
    said = {"type": "string"}
    one = {"type": "object", "properties": {"name": said, "detail": said}, "required": ["name", "detail"]}
    properties = {
        "type": said,
        "title": said,
        "status": {"type": "integer"},
        "detail": said,
        "errors": {"type": "array", "items": one},
    }
    example = {
        "type": "about:blank",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "Something in the request cannot be used; `errors` says what.",
        "errors": [{"name": "limit", "detail": "Input should be less than or equal to 100"}],
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": ["type", "title", "status"],
        "examples": [example],
    }
    return {"description": "It is not answered as asked.", "content": {PROBLEM: {"schema": schema}}}


@require_safe
def openapi_json(_request: HttpRequest) -> HttpResponse:
    """The description."""
    body = json.dumps(description(), cls=NinjaJSONEncoder, ensure_ascii=False)
    return HttpResponse(body, content_type="application/json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same to try out: Swagger UI from the framework's package, set up without a line of script in the page."""
    shown = {
        "url": reverse("api-openapi"),
        "layout": "BaseLayout",
        "deepLinking": True,
        "validatorUrl": None,
        "defaultModelsExpandDepth": 0,
    }
    return render(request, "claims/api_docs.html", {"swagger": shown})


def nothing(_request: HttpRequest, **_rest: str) -> HttpResponse:
    """Every other address below /api/v1/."""
    return problems.answer_problem(404, _("There is nothing at this address."))
