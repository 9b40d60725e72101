"""What the API answers where it cannot do as asked: problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

PROBLEM = "application/problem+json"


class Problem(Exception):
    """A request that is not answered as asked. detail: a sentence for whoever wrote the program.

    errors: what is wrong with which part of the request, as (name, sentence).
    """

    def __init__(self, status: int, detail: str, *errors: tuple[str, str]) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.errors = status, detail, errors


def answer_problem(
    status: int,
    detail: str = "",
    errors: tuple[tuple[str, str], ...] = (),
    *,
    headers: dict[str, str] | None = None,
) -> JsonResponse:
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = [{"name": name, "detail": said} for name, said in errors]
    return JsonResponse(body, status=status, content_type=PROBLEM, headers=headers)


def of_problem(_request: HttpRequest, problem: Any) -> JsonResponse:
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == HTTPStatus.UNAUTHORIZED else {}
    return answer_problem(problem.status, problem.detail, problem.errors, headers=headers)


def of_nobody(request: HttpRequest, _error: Any) -> JsonResponse:
    """A request without a token where it takes one."""
    return of_problem(request, Problem(401, _("This takes a token: send it as “Authorization: Bearer …”.")))


def of_invalid(_request: HttpRequest, error: Any) -> JsonResponse:
    """Parameters or a body that do not fit the description."""
    errors = tuple((str(one["loc"][-1]), one["msg"]) for one in error.errors)
    return answer_problem(422, _("Something in the request cannot be used; `errors` says what."), errors)


def of_http_error(_request: HttpRequest, error: Any) -> JsonResponse:
    return answer_problem(error.status_code, str(error))
