"""Articles in, and what became of them: for programs with a token."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query
from ninja.security import HttpBearer

from articles import services
from articles.exceptions import ArticleError, RefusedAddress
from articles.models import Article
from claims.api import asked, rows, telling
from claims.api import resources as out
from claims.api.paging import Order, answer, answer_list, check_names
from claims.api.problems import Problem
from claims.api.routes import SENDING, router
from claims.services.detection import is_extracted
from claims.tasks import read_soon
from people.exceptions import TokenRefused
from people.models import ApiToken, Scope
from people.services.tokens import use_token


class Token(HttpBearer):
    """An expiring token from an administrator of the desk."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, _request: HttpRequest, token: str) -> ApiToken:
        try:
            found = use_token(token)
        except TokenRefused as error:
            raise Problem(401, str(error)) from error
        if self.scope not in found.scopes:
            raise Problem(403, _("This token may not do that. It takes one with %(scope)s.") % {"scope": self.scope})
        return found


@router.post(
    "/articles",
    auth=Token(Scope.SUBMIT),
    response={200: out.Submission, 201: out.Submission},
    tags=SENDING,
    summary="Send an article in",
)
def submit(request: Any, article: asked.NewArticle) -> HttpResponse:
    """By its address, which is fetched as soon as a worker is free, or as text. One that is here already is told."""
    check_names(request)
    if not (article.url or article.text):
        said = _("Give an address or a text.")
        raise Problem(422, said, ("url", said), ("text", said))
    try:
        submitted = _submit(article, request.auth)
    except ArticleError as error:
        name = "url" if isinstance(error, RefusedAddress) or not article.text else "text"
        raise Problem(422, str(error), (name, str(error))) from error
    row = submitted.article
    if row.status == Article.Status.PENDING or not submitted.duplicate:
        read_soon(row)
    status = 200 if submitted.duplicate else 201
    headers = {"Location": reverse("api:status", args=[row.pk])}
    return answer(_submission(row, duplicate=submitted.duplicate), status=status, **headers)


def _submit(article: asked.NewArticle, token: ApiToken) -> services.Submitted:
    given: dict[str, Any] = {"title": article.title, "published_on": article.published_on, "by": token.by}
    if article.text:
        return services.submit_text(article.text, url=article.url, **given)
    return services.submit_address(article.url, **given)


@router.get(
    "/articles/{int:pk}/status",
    auth=Token(Scope.FOLLOW),
    response=out.Submission,
    tags=SENDING,
    summary="How far it is",
)
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """An article whose text turned out to be another's is 404: send its address in again to learn which."""
    check_names(request)
    return answer(_submission(get_object_or_404(Article, pk=pk), duplicate=False))


def _submission(article: Article, *, duplicate: bool) -> out.Submission:
    return out.Submission(
        id=article.pk,
        status=Article.Status(article.status),
        failure=article.failure,
        url=article.url,
        extracted=is_extracted(article),
        candidates=rows.claims_in(article),
        duplicate=duplicate,
    )


@router.get(
    "/articles/{int:pk}/candidates",
    auth=Token(Scope.FOLLOW),
    response=out.Listed[out.Candidate],
    tags=SENDING,
    summary="Claims found in it",
)
def candidates(request: HttpRequest, pk: int, which: Query[asked.Stretch]) -> HttpResponse:
    """In its newest text, in the order of the text."""
    article = get_object_or_404(Article, pk=pk)
    revision = article.revisions.order_by("-n").first()

    def told(found: list[Any]) -> list[out.Candidate]:
        verdicts = rows.mentions({row.claim.merged_into_id or row.claim_id for row in found})
        return [telling.candidate(row, verdicts) for row in found]

    return answer_list(
        request, out.Candidate, rows.candidates(revision), which, told, order=Order(("start", "pk"), rising=True)
    )
