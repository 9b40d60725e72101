"""Sources as rows of a claim's file, and what a verdict cites of them."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from articles import fetching
from articles.exceptions import RefusedAddress
from claims.exceptions import NotReady
from claims.models import Citation, Claim, Source, Verdict
from claims.services.copies import ask_for_copy, without_pasting

FIELDS = (
    *("title", "publisher", "url", "no_url_reason", "kind", "quote", "translation", "locator", "retrieved_on"),
    *("interest", "independence_group"),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of the ledger. `source_id` is None for a new source."""

    title: str
    publisher: str
    url: str = ""
    no_url_reason: str = ""
    kind: str = Source.Kind.PRIMARY
    stance: str = Citation.Stance.SUPPORTS
    quote: str = ""
    translation: str = ""
    locator: str = ""
    retrieved_on: date | None = None
    interest: str = ""
    independence_group: str = ""
    source_id: int | None = None


def evidence_of(source: Source, *, stance: str) -> Evidence:
    """A source of the file as a row of the ledger."""
    return Evidence(**{field: getattr(source, field) for field in FIELDS}, stance=stance, source_id=source.pk)


def cite(draft: Verdict, evidence: list[Evidence]) -> None:
    """Cite exactly these, in this order. A citation that stays is changed in place, so that its history goes on.

    A source goes with its last citation; one that was never cited stays in the file.
    Raises NotReady for what cannot be stored.
    """
    known, frozen = {source.pk: source for source in draft.claim.sources.all()}, _frozen(draft.claim)
    kept = [_keep_source(draft.claim, known.get(item.source_id or 0), item, frozen) for item in evidence]
    drop_citations(draft.citations.exclude(source__in=kept))
    cited = {citation.source_id: citation for citation in draft.citations.all()}
    for n, (source, item) in enumerate(zip(kept, evidence, strict=True), start=1):
        citation = cited.get(source.pk) or Citation(verdict=draft, source=source)
        if (citation.stance, citation.n) != (item.stance, n):
            citation.stance, citation.n = item.stance, n
            check_fields(citation)
            citation.save()


def drop_citations(citations: QuerySet[Citation]) -> None:
    """Cite these no more, and forget the sources that nothing else cites."""
    sources = list(citations.values_list("source", flat=True))
    citations.delete()
    Source.objects.filter(pk__in=sources, citations=None).delete()


def refuse_address(url: str) -> None:
    """Raise NotReady, saying why, for an address that no worker may open. A name is not looked up here."""
    try:
        fetching.normalise_address(url, private_hosts=settings.FETCH_PRIVATE_HOSTS)
    except RefusedAddress as error:
        raise NotReady(without_pasting(str(error))) from error


def _frozen(claim: Claim) -> set[int]:
    """Sources that a published verdict cites."""
    return set(claim.sources.filter(citations__verdict__published_at__isnull=False).values_list("pk", flat=True))


def _keep_source(claim: Claim, known: Source | None, item: Evidence, frozen: set[int]) -> Source:
    """Update the source in place, or write a new one where a published verdict cites it and it is to be another."""
    if known and all(getattr(known, field) == getattr(item, field) for field in FIELDS):
        return known
    source = known if known and known.pk not in frozen else Source(claim=claim)
    for field in FIELDS:
        setattr(source, field, getattr(item, field))
    _refuse_without_address(source)
    check_fields(source)
    source.save()
    ask_for_copy(source)
    return source


def _refuse_without_address(source: Source) -> None:
    said = {"title": source.title}
    if not source.url and not source.no_url_reason.strip():
        raise NotReady(_("Give the address of “%(title)s”, or say why there is none.") % said)
    if source.url:
        try:
            refuse_address(source.url)
        except NotReady as refusal:
            raise NotReady(_("“%(title)s”: %(why)s") % {**said, "why": refusal}) from refusal


def check_fields(row: Model) -> None:
    """Field checks of the model, told as one sentence. Raises NotReady."""
    try:
        row.clean_fields()
    except ValidationError as error:
        names = {field.name: getattr(field, "verbose_name", field.name) for field in row._meta.get_fields()}
        said = [f"{names[name]}: {texts[0]}" for name, texts in error.message_dict.items()]
        raise NotReady(" ".join(said)) from error
