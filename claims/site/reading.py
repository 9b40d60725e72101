"""From a claim and its appearances, as `for_page` loads both, to what readers and machines are told of it.

Starts no queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from claims.claimreview import Amendment, Desk, Evidence, Finding, KeptCopy, Place, PublishedClaim, Speaker
from claims.models import Appearance, Citation, Claim, Claimant, Correction, Rating, Source
from claims.models.whole_claim import claim_at
from claims.services.facts import role_in_words, role_then
from claims.services.naming import hidden_names, without_names
from claims.site.quoting import quote_of
from claims.site.responses import public_url

SOURCE_KINDS = {
    Source.Kind.PRIMARY: _("Primary source"),
    Source.Kind.SECONDARY: _("Secondary source"),
    Source.Kind.EXPERT: _("Expert"),
}
SPEAKER_TYPES = {Claimant.Kind.PERSON: "Person", Claimant.Kind.ORGANISATION: "Organization"}


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The sources of one stance, in the order of their numbers."""

    stance: str
    label: str
    evidence: tuple[Evidence, ...]


def claim_or_404(slug: str) -> Claim:
    """The claim with a page at this address. Raises Http404."""
    found = claim_at(slug)
    if found is None:
        raise Http404(gettext("There is no fact-check at this address."))
    return found


def published_claim(claim: Claim, appearances: Iterable[Appearance]) -> PublishedClaim:
    """What the page of a published claim says, and its ClaimReview with it. appearances: all that count with it."""
    verdict, made = claim.verdict, list(appearances)
    hidden = hidden_names(claim.claimant)
    return PublishedClaim(
        text=verdict.claim_text,
        url=public_url(claim.get_absolute_url()),
        desk=us(),
        speaker=_speaker(claim, first_made_on=min((row.made_on for row in made if row.made_on), default=None)),
        places=places(made, hidden=hidden),
        evidence=tuple(_evidence(citation) for citation in verdict.citations.all()),
        finding=_finding(verdict.rating),
        summary=verdict.summary,
        first_published_at=claim.published_verdicts[0].published_at,
        published_at=verdict.published_at,
        language=settings.LANGUAGE_CODE,  # of what the desk writes, whatever language the page around it is in
        claimed_on=claim.claimed_on,
        topics=tuple(topic.name for topic in claim.topics.all()),
        corrections=_corrections(claim),
    )


def us() -> Desk:
    """The desk, as the author of its fact-checks."""
    return Desk(
        name=settings.SITE_NAME,
        url=public_url("/"),
        corrections_url=public_url(reverse("corrections")),
        principles_url=public_url(reverse("methodology")),
        about_url=public_url(reverse("about")),
        license=settings.DATA_LICENSE,
    )


def _corrections(claim: Claim) -> tuple[Amendment, ...]:
    made = [getattr(version, "correction", None) for version in claim.published_verdicts]
    told = [one for one in made if one is not None and one.kind != Correction.Kind.TYPO]
    return tuple(Amendment(text=one.note, published_at=one.published_at) for one in told)


def _speaker(claim: Claim, *, first_made_on: date | None) -> Speaker | None:
    if claim.claimant is None or not claim.claimant.named_publicly or not claim.claimant_shown:
        return None
    return Speaker(
        name=claim.claimant_shown,
        type=SPEAKER_TYPES.get(Claimant.Kind(claim.claimant.kind), ""),
        same_as=tuple(address for address in claim.claimant.same_as if web_address(address)),
        role=role_in_words(role) if (role := role_then(claim, first_made_on)) else "",
    )


def _finding(rating: Rating) -> Finding:
    values = [other.value for other in rating.scale.ratings.all() if other.value is not None]
    return Finding(
        label=rating.label,
        value=rating.value,
        worst=min(values, default=None),
        best=max(values, default=None),
    )


def _evidence(citation: Citation) -> Evidence:
    source = citation.source
    return Evidence(
        n=citation.n,
        stance=citation.stance,
        title=source.title,
        publisher=source.publisher,
        url=web_address(source.url),
        no_url_reason=source.no_url_reason,
        kind=str(SOURCE_KINDS[Source.Kind(source.kind)]),
        quote=source.quote,
        translation=source.translation,
        locator=source.locator,
        retrieved_on=source.retrieved_on,
        interest=source.interest,
        independence_group=source.independence_group,
        copy=_copy(source),
    )


def _copy(source: Source) -> KeptCopy | None:
    copy = getattr(source, "copy", None)
    if copy is None or copy.snapshot is None:
        return None
    return KeptCopy(hash=copy.snapshot.hash, retrieved_at=copy.retrieved_at)


def by_stance(evidence: Iterable[Evidence]) -> list[EvidenceGroup]:
    """Evidence under its stances: what is for the claim and what is against it, also where that is nothing; then what
    gives context, if there is any."""
    rows = list(evidence)
    groups = [
        EvidenceGroup(stance, str(label), tuple(item for item in rows if item.stance == stance))
        for stance, label in Citation.Stance.choices
    ]
    return [group for group in groups if group.evidence or group.stance != Citation.Stance.CONTEXT]


def places(appearances: Iterable[Appearance], *, hidden: Iterable[str] = ()) -> tuple[Place, ...]:
    """Where a claim was made: one place per article, oldest first, those without a date last.

    hidden: names that are left out of what the articles wrote.
    """
    rows = sorted(
        appearances, key=lambda row: (row.made_on or date.max, row.revision.article_id, row.revision_id, row.start)
    )
    by_article = groupby(rows, key=lambda row: row.revision.article)
    return tuple(_place(article, list(made), list(hidden)) for article, made in by_article)


def _place(article: Article, appearances: list[Appearance], hidden: list[str]) -> Place:
    url = web_address(article.url)
    return Place(
        headline=without_names(article.title, hidden),
        publisher=article.publisher.name if article.publisher else urlsplit(url).hostname or "",
        url=url,
        made_on=appearances[0].made_on,
        language=article.language,
        quotes=tuple(dict.fromkeys(quote_of(appearance, hidden) for appearance in appearances)),
        page=reverse("article", args=[article.pk]),
        publisher_page=reverse("publisher", args=[article.publisher.domain]) if article.publisher else "",
    )


def web_address(url: str) -> str:
    """`url` if it leads to the web, else "": nobody is handed a javascript: or data: link."""
    return url if url.lower().startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The ratings of one scale from falsest to truest. position: the place of ours, from 1 on; 0 off the axis."""

    ratings: tuple[Rating, ...]
    position: int

    @property
    def best(self) -> Rating:
        return self.ratings[-1]


def axis(rating: Rating) -> Axis:
    """Where `rating` stands on its scale."""
    on_axis = [other for other in rating.scale.ratings.all() if other.value is not None]
    on_axis.sort(key=lambda other: other.value or 0)
    return Axis(tuple(on_axis), on_axis.index(rating) + 1 if rating in on_axis else 0)
