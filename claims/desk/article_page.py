"""The page of one article: how far it is, its text with the claims marked, a claim entered by hand."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.db.models.functions import Length, Substr
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from articles.models import Article, ArticleAddress, Revision
from articles.services import retry_article
from claims.desk.context import find_words, marked
from claims.desk.forms import ByHandForm
from claims.desk.pages import DeskRequest, need, show
from claims.exceptions import ClaimError
from claims.models import Appearance, Claim
from claims.services.claims import enter_claim
from claims.tasks import read_soon
from people.models import User
from people.numbers import number

PART = 60_000  # characters of a text on one page
MOST_PARTS = 100_000
REFRESH_SECONDS = 2


def article_address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def article_page(request: DeskRequest, pk: str, *, form: ByHandForm | None = None) -> HttpResponse:
    """Show how far the article is, and once it is read its text, a part at a time."""
    need(request, "articles.view_article")
    article = _article(pk) or _moved(request)
    if isinstance(article, HttpResponse):
        return article
    part = min(number(request.GET.get("part", "")) or 1, MOST_PARTS)
    revision = revision_part(article.revisions.order_by("-n"), part)
    context = marked_text(revision) if revision else {}
    return show(
        request,
        "admin/article.html",
        {
            "title": str(article),
            "article": article,
            "revision": revision,
            "progress": _progress(article, revision),
            "form": form or ByHandForm(),
            **context,
        },
    )


def _article(pk: str | int) -> Article | None:
    return Article.objects.for_listing().filter(pk=number(str(pk)) or 0).first()


def _moved(request: DeskRequest) -> HttpResponse:
    """An article that turned out to be one we had is gone; the address it was submitted with leads to that one."""
    url = request.GET.get("url", "")
    known = ArticleAddress.objects.select_related("article").filter(url=url).first() if url else None
    if known is None:
        raise Http404
    messages.info(request, _("This article is already here: the address you gave leads to the same text."))
    address = article_address(known.article)
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def revision_part(texts: QuerySet[Revision], n: int) -> Any:
    """The first of these texts with part `n` of it, its `length`, and which part of how many it is."""
    part_of = Substr("text", (n - 1) * PART + 1, PART)
    annotated = texts.defer("text").annotate(part=part_of, length=Length("text"))
    revision: Any = annotated.prefetch_related("runs").first()
    if revision is not None:
        revision.part_n, revision.parts = n, max(1, -(-revision.length // PART))
        revision.offset = (n - 1) * PART
        if n > revision.parts:
            raise Http404
    return revision


def marked_text(revision: Any) -> dict[str, Any]:
    """A text loaded by `revision_part` in `parts`, marked where `claims` were made in it."""
    offset = revision.offset
    places = (
        Appearance.objects.filter(revision=revision, end__gt=offset, start__lt=offset + PART)
        .select_related("claim__claimant")
        .order_by("start", "-end")
    )
    claims: dict[int, Claim] = {place.claim_id: place.claim for place in places}
    return {"parts": marked(revision.part, places, offset=offset), "claims": list(claims.values())}


def _progress(article: Article, revision: Revision | None) -> dict[str, Any]:
    """How far the article is. `goes_on` while there is something to wait for."""
    runs = list(revision.runs.all()) if revision else []
    newest = max(runs, key=lambda run: run.pk, default=None)
    read = article.status == Article.Status.READ
    done = newest is not None and newest.finished_at is not None
    return {
        "reading": read and not done,
        "done": done,
        "run": newest,
        "goes_on": article.status == Article.Status.PENDING or (read and not done),
        "every": REFRESH_SECONDS,
        "link": f"?{urlencode({'url': article.url})}" if article.url else "",
    }


def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the article is, for a page that asks again and again; once it is done the page is to be loaded anew."""
    need(request, "articles.view_article")
    article = _article(pk) or _moved(request)
    if isinstance(article, HttpResponse):
        return article
    if not request.htmx:
        return HttpResponseRedirect(article_address(article))
    state = _progress(article, article.revisions.defer("text").prefetch_related("runs").order_by("-n").first())
    if not state["goes_on"]:
        return HttpResponseClientRefresh()
    return render(request, "admin/_progress.html", {"article": article, "progress": state})


@require_POST
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """Try a failed article again."""
    need(request, "articles.add_article")
    article = get_object_or_404(Article, pk=pk)
    if not retry_article(article, by=request.user):
        messages.info(request, _("This article has not failed, or is being tried again already."))
    elif read_soon(article):
        messages.success(request, _("The article is tried again."))
    else:
        messages.warning(request, _("It will be read as soon as a worker is free."))
    return HttpResponseRedirect(article_address(article))


@require_POST
def claim_by_hand(request: DeskRequest, pk: int) -> HttpResponse:
    """Make a claim from words of the article."""
    need(request, "claims.triage_claim")
    revision = Revision.objects.filter(article=pk).select_related("article").order_by("-n").first()
    if revision is None:
        raise Http404
    form = ByHandForm(request.POST)
    claim = enter_from(revision, form, by=request.user) if form.is_valid() else None
    if claim is None:
        return article_page(request, str(pk), form=form)
    messages.success(request, _("The claim is a candidate now."))
    return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))


def enter_from(revision: Revision, form: ByHandForm, *, by: User) -> Claim | None:
    """Make the claim that a valid form asks for; None, with the reason at the form, where that is refused."""
    said = form.cleaned_data
    span = find_words(revision.text, said["quote"], near=said["near"] or 0)
    if span is None:
        form.add_error("quote", _("These words are not in the article. Copy them exactly as they stand there."))
        return None
    try:
        return enter_claim(
            text=said["text"],
            claimant_name=said["claimant"],
            revision=revision,
            start=span[0],
            end=span[1],
            by=by,
        )
    except ClaimError as error:
        form.add_error(None, str(error))
        return None
