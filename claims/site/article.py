"""An article as checked: the words that make claims, each with our verdict, in the order of the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import urlsplit

from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from articles.models import Article, Revision
from claims.claimreview import Quote
from claims.models import Appearance, Claim, Claimant, Verdict
from claims.services.naming import hidden_names, name_spans, without_names
from claims.site.quoting import quote_of
from claims.site.reading import web_address
from claims.site.responses import for_readers, public_url

TEXT_LIMIT = 25_000  # characters of a text that are shown: more would not fit a page that a cheap phone can load
LISTED = 100  # quotes that are listed


@dataclass(frozen=True, slots=True)
class Checked:
    """Words of an article, and our verdicts on what they claim. start, end: in the text of `revision`."""

    revision: Revision
    start: int
    end: int
    quote: Quote
    verdicts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. checked: it is part of a claim. verdicts: on what ends here."""

    text: str
    checked: bool
    verdicts: tuple[Any, ...]


@for_readers
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was checked in an article. Not found where none of it is published."""
    found = get_object_or_404(Article.objects.for_listing(), pk=pk)
    rows = list(Appearance.objects.checked_in(found))
    if not rows:
        raise Http404(_("Nothing in this article is published."))
    hidden = _hidden(rows)
    checked = _checked(rows, hidden)
    last = checked[-1].revision
    url = web_address(found.url)
    context = {
        "article": found,
        "headline": without_names(found.title, hidden),
        "byline": without_names(found.byline, hidden),
        "url": url,
        "host": urlsplit(url).hostname or "",
        "checked": checked[:LISTED],
        "left_out": len(checked[LISTED:]),
        "number": len({verdict.claim_id for one in checked for verdict in one.verdicts}),
        "read_at": last.read_at,
        "page_url": public_url(request.path),
    }
    if found.publisher and found.publisher.text_allowed:
        context |= _whole_text(last, [one for one in checked if one.revision == last], hidden)
    return render(request, "claims/article.html", context)


def _hidden(rows: Iterable[Appearance]) -> list[str]:
    """The names of everyone who said something here and is not named publicly."""
    said_by = {one.pk for row in rows for one in (row.claimant, row.claim.claimant, _counted(row).claimant) if one}
    private = Claimant.objects.filter(pk__in=said_by, named_publicly=False).prefetch_related("aliases")
    return hidden_names(*private)


def _counted(row: Appearance) -> Claim:
    """The claim that stands for what was said there."""
    return row.claim.merged_into or row.claim


def _checked(rows: list[Appearance], hidden: list[str]) -> list[Checked]:
    claims = {_counted(row).pk for row in rows}
    verdicts = {verdict.claim_id: verdict for verdict in Verdict.objects.for_mention().filter(claim__in=claims)}

    def place(row: Appearance) -> tuple[int, int, int]:
        return row.revision.n, row.start, row.end

    return [_one([*group], verdicts, hidden) for _place, group in groupby(rows, key=place)]


def _one(rows: list[Appearance], verdicts: dict[int, Any], hidden: list[str]) -> Checked:
    first, claims = rows[0], dict.fromkeys(_counted(row).pk for row in rows)
    return Checked(
        first.revision, first.start, first.end, quote_of(first, hidden), tuple(verdicts[pk] for pk in claims)
    )


def _whole_text(revision: Revision, checked: list[Checked], hidden: list[str]) -> dict[str, Any]:
    """`pieces`: the text as far as it is shown; `goes_on`: there is more of it."""
    texts = Revision.objects.filter(pk=revision.pk).annotate(shown=Left("text", TEXT_LIMIT + 1))
    text = texts.values_list("shown", flat=True).get()
    goes_on, text = len(text) > TEXT_LIMIT, text[:TEXT_LIMIT]
    return {"pieces": pieces(text, checked, hidden), "goes_on": goes_on}


def pieces(text: str, checked: Sequence[Checked], hidden: Iterable[str]) -> list[Piece]:
    """`text` cut where something checked begins or ends, but never inside a name that is left out."""
    names = name_spans(text, hidden)

    def outside(place: int) -> int:
        return next((end for start, end in names if start < place < end), place)

    spans = [(outside(one.start), outside(one.end), one.verdicts) for one in checked if one.end <= len(text)]
    cuts = sorted({0, len(text), *(place for start, end, _verdicts in spans for place in (start, end))})
    return [
        Piece(
            text=without_names(text[start:end], hidden),
            checked=any(begins <= start and end <= ends for begins, ends, _verdicts in spans),
            verdicts=tuple(verdict for _begins, ends, verdicts in spans if ends == end for verdict in verdicts),
        )
        for start, end in pairwise(cuts)
    ]
