"""Articles in the desk: the list, the three ways in, and the page of one article."""

# ruff: noqa: ARG002 - Django calls these methods with arguments that we need not look at

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import services
from articles.exceptions import ArticleError, RefusedAddress
from articles.models import Article, Publisher
from articles.services import Submitted
from claims.desk import article_page
from claims.desk.forms import AddressForm, FileForm, PasteForm
from claims.desk.pages import DeskRequest, need, show
from claims.models import Appearance, Claim
from claims.tasks import read_soon
from people.admin import RecordedAdmin
from people.lists import CappedPaginator
from people.numbers import number

FEW = 40  # publishers to choose from
WAYS = {
    "address": (gettext_lazy("By address"), AddressForm),
    "text": (gettext_lazy("Paste text"), PasteForm),
    "file": (gettext_lazy("Upload a file"), FileForm),
}


class PublisherFilter(admin.SimpleListFilter):
    """Those with the most articles. Of the others the list is searched for."""

    title = gettext_lazy("publisher")
    parameter_name = "publisher"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        publishers = Publisher.objects.annotate(n=Count("articles")).order_by("-n", "name")[:FEW]
        return [(str(one.pk), f"{one.name} ({one.n})") for one in publishers]

    def queryset(self, _request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        return articles.filter(publisher=number(self.value() or "")) if self.value() else articles


@admin.register(Article)
class ArticleAdmin(RecordedAdmin):
    """The list is the stock one; adding and looking at an article are pages of our own."""

    list_display = ("headline", "state", "publisher", "published_on", "submitted", "claims_found")
    list_filter = ("status", "submitted_at", PublisherFilter)
    search_fields = ("title", "addresses__url", "publisher__name")
    search_help_text = gettext_lazy("Title, address, publisher")
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None
    fields = ("title", "byline", "publisher", "published_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        here = Appearance.objects.filter(revision__article=OuterRef("pk")).order_by().values("revision__article")
        found = here.annotate(n=Count("claim", distinct=True)).values("n")
        return Article.objects.for_listing().annotate(found=Coalesce(Subquery(found), 0))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        found: Any = queryset  # joins to addresses, as the stock search makes them, count each article anew
        return found.with_words(search_term), False

    @admin.display(description=gettext_lazy("article"), ordering="title")
    def headline(self, article: Article) -> str:
        return str(article) if article.title else article.url or str(article)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, article: Article) -> SafeString:
        return render_to_string("admin/_article_status.html", {"article": article, "short": True})

    @admin.display(description=gettext_lazy("submitted"), ordering="submitted_at")
    def submitted(self, article: Article) -> SafeString:
        return render_to_string("admin/_when.html", {"at": article.submitted_at, "by": article.submitted_by})

    @admin.display(description=gettext_lazy("claims"), ordering="found")
    def claims_found(self, article: Any) -> int:
        return int(article.found)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/progress/", view(article_page.progress), name="articles_article_progress"),
            path("<int:pk>/retry/", view(article_page.retry), name="articles_article_retry"),
            path("<int:pk>/claim/", view(article_page.claim_by_hand), name="articles_article_claim"),
            path("<path:object_id>/details/", view(self.details_view), name="articles_article_details"),
        ]
        return [*own, *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Where readers see its title and publisher they are changed by who publishes."""
        before_readers = (
            obj is not None and Claim.objects.past_review().filter(appearances__revision__article=obj).exists()
        )
        return super().has_change_permission(request, obj) and (
            not before_readers or request.user.has_perm("claims.publish_claim")
        )

    def change_view(self, request: Any, object_id: str, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return article_page.article_page(request, object_id)

    def details_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The stock form, for title, byline, publisher and date."""
        return super().change_view(request, object_id, extra_context={"title": _("Details of the article")})

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        messages.success(request, _("The details are changed."))
        return HttpResponseRedirect(article_page.article_address(obj))

    def add_view(self, request: Any, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take an article in. What is refused is said at its field, with everything typed kept."""
        need(request, "articles.add_article")
        way = request.GET.get("way", "address")
        way = way if way in WAYS else "address"
        form_class = WAYS[way][1]
        form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
        if form.is_bound and form.is_valid():
            try:
                return _stored(request, _submit(way, form.cleaned_data, request))
            except ArticleError as error:
                form.add_error(_field_of(way, form, error), str(error))
        ways = [(name, label, name == way) for name, (label, _form) in WAYS.items()]
        context = {"title": _("Add an article"), "form": form, "ways": ways, "way": way}
        return show(request, "admin/article_add.html", context)


def _submit(way: str, data: dict[str, Any], request: DeskRequest) -> Submitted:
    if way == "address":
        return services.submit_address(data["url"], by=request.user)
    details = {name: data[name] for name in ("url", "title", "published_on")}
    if way == "text":
        return services.submit_text(data["text"], **details, by=request.user)
    return services.submit_file(data["file"].name, data["file"].read(), **details, by=request.user)


def _field_of(way: str, form: Any, error: ArticleError) -> str:
    """The field an error is about: the address, where one was refused, or else the text or file."""
    return "url" if isinstance(error, RefusedAddress) or way == "address" else next(iter(form.fields))


def _stored(request: DeskRequest, submitted: Submitted) -> HttpResponse:
    article = submitted.article
    if submitted.duplicate:
        messages.info(request, _("This article is already here."))
    else:
        messages.success(request, _("The article is stored."))
    if (article.status == Article.Status.PENDING or not submitted.duplicate) and not read_soon(article):
        messages.warning(request, _("It will be read as soon as a worker is free."))
    address = reverse("admin:articles_article_change", args=[article.pk])
    return HttpResponseRedirect(f"{address}?{urlencode({'url': article.url})}" if article.url else address)
