"""From rows, as `rows` loads them, to what the API gives out. Starts no queries unless it says so."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from articles.models import Article
from claims.api import resources as out
from claims.api import rows
from claims.models import Appearance, Citation, Claim, Correction, Rating
from claims.services.naming import hidden_names, without_names
from claims.site.corrections import wording
from claims.site.reading import places, web_address
from claims.site.responses import public_url


def page_of(slug: str) -> str:
    return public_url(reverse("claim", args=[slug]))


def rating(row: Rating) -> out.Rating:
    return out.Rating(code=row.code, label=row.label, value=row.value, scale=str(row.scale))


def scale(row: Any) -> out.Scale:
    names = ("code", "label", "meaning", "value")
    ratings = [out.MeaningOf(**{name: getattr(one, name) for name in names}) for one in row.ratings.all()]
    return out.Scale(name=str(row), retired_on=row.retired_on, ratings=ratings)


def claim(row: Any) -> out.Claim:
    """A published one."""
    verdict = row.verdict
    return out.Claim(
        id=row.pk,
        slug=row.slug,
        url=page_of(row.slug),
        claimreview=public_url(reverse("claim-review", args=[row.slug])),
        status="published",
        text=verdict.claim_text,
        claimant=_claimant_link(row),
        claimed_on=row.claimed_on,
        topics=[out.Topic(slug=topic.slug, name=topic.name) for topic in row.topics.all()],
        rating=rating(verdict.rating),
        summary=verdict.summary,
        version=verdict.version,
        evidence_as_of=verdict.evidence_as_of,
        first_published_at=row.first_published_at,
        published_at=verdict.published_at,
    )


def _claimant_link(row: Claim) -> out.ClaimantLink | None:
    if not row.claimant_shown:
        return None
    named = row.claimant if row.claimant and row.claimant.named_publicly else None
    return out.ClaimantLink(slug=named.slug if named else None, name=row.claimant_shown)


def verdict(row: Any) -> out.Verdict:
    same = ("version", "current", "claim_text", "summary", "explanation", "how_we_checked", "evidence_as_of")
    return out.Verdict(
        id=row.pk,
        claim=row.slug,
        rating=rating(row.rating),
        published_at=row.published_at,
        checked_by=row.by.byline,
        **{name: getattr(row, name) for name in same},
    )


def source(row: Any, slug: str = "") -> out.Source:
    """slug: of its claim, where that is known already."""
    cited = row.source
    same = ("title", "publisher", "no_url_reason", "kind", "locator", "quote", "translation", "interest")
    return out.Source(
        id=row.pk,
        claim=slug or row.slug,
        n=row.n,
        stance=Citation.Stance(row.stance),
        url=web_address(cited.url),
        goes_back_to=cited.independence_group,
        retrieved_on=cited.retrieved_on,
        archived=_archived(cited),
        **{name: getattr(cited, name) for name in same},
    )


def _archived(cited: Any) -> out.Archived | None:
    copy = getattr(cited, "copy", None)
    if copy is None or copy.snapshot is None:
        return None
    return out.Archived(sha256=copy.snapshot.hash, retrieved_at=copy.retrieved_at)


def owner(row: Appearance) -> Claim:
    """The claim that a place counts with."""
    return row.claim.merged_into or row.claim


def hidden_in(found: Iterable[Appearance]) -> list[str]:
    """The names that are left out of what these articles wrote there."""
    said_by = [who for row in found for who in (owner(row).claimant, row.claim.claimant, row.claimant)]
    return hidden_names(*said_by)


def appearance(row: Appearance) -> out.Appearance:
    (place,) = places([row], hidden=hidden_in([row]))
    article = row.revision.article
    link = {"title": place.headline, "url": place.url, "publisher": place.publisher, "language": place.language}
    return out.Appearance(
        id=row.pk,
        claim=owner(row).slug,
        article=out.ArticleLink(id=article.pk, **link),
        quote=place.quotes[0].text,
        said_by=place.quotes[0].said_by,
        made_on=row.made_on,
    )


def claimant(row: Any) -> out.Claimant:
    return out.Claimant(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        url=public_url(row.get_absolute_url()),
        same_as=[address for address in row.same_as if web_address(address)],
        roles=[out.Role(title=one.title, from_on=one.from_on, to_on=one.to_on) for one in row.roles.all()],
        published=row.published,
    )


def articles(found: list[Article]) -> list[out.Article]:
    """Starts a fixed number of queries."""
    made = list(rows.places_in(found))
    verdicts = rows.mentions({owner(row).pk for row in made})
    by_article: dict[int, list[Appearance]] = {article.pk: [] for article in found}
    for row in made:
        by_article[row.revision.article_id].append(row)
    return [_article(article, by_article[article.pk], verdicts) for article in found]


def _article(article: Article, made: list[Appearance], verdicts: dict[int, Any]) -> out.Article:
    hidden = hidden_in(made)
    url = web_address(article.url)
    (place, *_others) = places(made, hidden=hidden)
    return out.Article(
        id=article.pk,
        page=public_url(reverse("article", args=[article.pk])),
        title=without_names(article.title, hidden),
        url=url,
        publisher=place.publisher,
        domain=article.publisher.domain if article.publisher else "",
        published_on=article.published_on,
        language=article.language,
        claims=_quoted(made, verdicts, hidden),
    )


def _quoted(made: list[Appearance], verdicts: dict[int, Any], hidden: list[str]) -> list[out.Quoted]:
    by_claim: dict[int, list[Appearance]] = {}
    for row in made:
        by_claim.setdefault(owner(row).pk, []).append(row)
    return [
        out.Quoted(
            **_link(verdicts[pk]),
            rating=rating(verdicts[pk].rating),
            quotes=[quote.text for place in places(there, hidden=hidden) for quote in place.quotes],
        )
        for pk, there in by_claim.items()
        if pk in verdicts
    ]


def rated_link(row: Any) -> out.RatedLink:
    """row: a verdict as `for_mention` gives it."""
    return out.RatedLink(**_link(row), rating=rating(row.rating))


def _link(row: Any) -> dict[str, str]:
    return {"slug": row.slug, "text": row.claim_text, "url": page_of(row.slug)}


def correction(row: Any) -> out.Correction:
    seen = not row.taken_down and row.kind != Correction.Kind.VOID
    link = out.ClaimLink(slug=row.slug, text=wording(row), url=page_of(row.slug))
    return out.Correction(
        id=row.pk,
        kind=Correction.Kind(row.kind),
        note=row.note,
        published_at=row.published_at,
        claim=None if row.taken_down else link,
        version=row.new_verdict.version if row.new_verdict else None,
        rating_before=rating(row.old_verdict.rating) if seen and row.old_verdict.rating else None,
        rating_after=rating(row.new_verdict.rating) if seen and row.new_verdict and row.new_verdict.rating else None,
    )


def candidate(row: Any, verdicts: dict[int, Any]) -> out.Candidate:
    """verdicts: as `mentions` gives them, of the claims that are published."""
    found = verdicts.get(row.claim.merged_into_id or row.claim_id)
    same = {name: getattr(row.claim, name) for name in ("kind", "modality", "check_worthiness")}
    return out.Candidate(
        id=row.pk,
        text=row.claim.extracted_text or row.claim.text,
        quote=row.quote,
        start=row.start,
        end=row.end,
        claimant=row.claimant_text,
        fact_check=out.FactCheck(**_link(found), rating=rating(found.rating)) if found else None,
        **same,
    )


def many(teller: Any) -> Any:
    """Of a function for one, the one for a list."""

    def tell(found: Sequence[Any]) -> list[Any]:
        return [teller(row) for row in found]

    return tell
