"""A published claim as schema.org's ClaimReview. Pure: dataclasses in, a dict out.

What the record holds is what the page shows: both are made from one PublishedClaim. Ratings off the axis
from false to true carry words and no number.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who publishes: us. Addresses are absolute. license: what others may do with our records, "" where unsaid."""

    name: str
    url: str
    corrections_url: str
    principles_url: str
    about_url: str
    license: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who made the claim. type: "Person", "Organization", or "" when the desk does not know. role: at that time."""

    name: str
    type: str = ""
    same_as: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A few words as they were printed, and who said them ("": the text itself). before, after: of their sentence."""

    text: str
    said_by: str = ""
    before: str = field(default="", compare=False)
    after: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An article in which the claim was made, with the words that make it. url: "" for a text without an address.

    page, publisher_page: where we tell of the article and of its publisher, on this site.
    """

    headline: str
    publisher: str = ""
    url: str = ""
    made_on: date | None = None
    language: str = ""
    quotes: tuple[Quote, ...] = ()
    page: str = ""
    publisher_page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCopy:
    """What stood at the address of a source when the desk kept it. hash: SHA-256 of the bytes."""

    hash: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Something the verdict rests on. url: "" where there is none, and then `no_url_reason` says why.

    kind: in words. translation: of the quote. independence_group: what it goes back to, with others that do.
    """

    n: int
    stance: str
    title: str
    publisher: str
    url: str = ""
    no_url_reason: str = ""
    kind: str = ""
    quote: str = ""
    translation: str = ""
    locator: str = ""
    retrieved_on: date | None = None
    interest: str = ""
    independence_group: str = ""
    copy: KeptCopy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What readers are told of a correction."""

    text: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The rating. value: higher is truer, None off the axis; worst and best are the ends of its scale."""

    label: str
    value: int | None
    worst: int | None
    best: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedClaim:
    """A fact-check as readers see it. url: the canonical address. published_at: of the version they see.

    places: oldest first, those without a date last. claimed_on: when it was said, where the desk found that out.
    corrections: oldest first, without typing errors.
    """

    text: str
    url: str
    desk: Desk
    speaker: Speaker | None
    places: tuple[Place, ...]
    evidence: tuple[Evidence, ...]
    finding: Finding
    summary: str
    first_published_at: datetime
    published_at: datetime
    language: str
    claimed_on: date | None = None
    topics: tuple[str, ...] = ()
    corrections: tuple[Amendment, ...] = ()

    @property
    def made_on(self) -> date | None:
        """When the claim was first made, as far as the desk knows."""
        return self.claimed_on or min((place.made_on for place in self.places if place.made_on), default=None)


def claim_review(published: PublishedClaim) -> dict[str, Any]:
    """The ClaimReview record of a published claim, without empty values."""
    desk = _desk(published.desk)
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        **_filled(
            url=published.url,
            claimReviewed=published.text,
            datePublished=published.first_published_at.isoformat(),
            dateModified=published.published_at.isoformat(),
            inLanguage=published.language,
            abstract=published.summary,
            keywords=list(published.topics),
            author=desk,
            publisher=desk,
            license=published.desk.license,
            reviewRating=_rating(published),
            itemReviewed=_claim(published),
            citation=[_citation(item, page=published.url) for item in published.evidence],
            correction=[_correction(one) for one in published.corrections],
        ),
    }


def as_json(record: dict[str, Any]) -> str:
    """The record as one line of JSON that can stand inside a script element: no <, >, & or line separator."""
    return json.dumps(record, ensure_ascii=False).translate(ESCAPES)


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def _desk(desk: Desk) -> dict[str, Any]:
    return _filled(
        **{"@type": "Organization"},
        name=desk.name,
        url=desk.url,
        correctionsPolicy=desk.corrections_url,
        publishingPrinciples=desk.principles_url,
        ethicsPolicy=desk.principles_url,
        ownershipFundingInfo=desk.about_url,
        masthead=desk.about_url,
    )


def _rating(published: PublishedClaim) -> dict[str, Any]:
    finding = published.finding
    on_axis = finding.value is not None
    return _filled(
        **{"@type": "Rating"},
        alternateName=finding.label,
        ratingExplanation=published.summary,
        ratingValue=finding.value,
        worstRating=finding.worst if on_axis else None,
        bestRating=finding.best if on_axis else None,
    )


def _claim(published: PublishedClaim) -> dict[str, Any]:
    appearances = [_appearance(place) for place in published.places if place.url]
    first = published.places[0] if published.places else None
    return _filled(
        **{"@type": "Claim"},
        name=published.text,
        text=published.text,
        author=_speaker(published.speaker) if published.speaker else None,
        datePublished=published.made_on.isoformat() if published.made_on else None,
        firstAppearance=_appearance(first) if first and first.url and first.made_on else None,
        appearance=appearances,
    )


def _speaker(speaker: Speaker) -> dict[str, Any]:
    # Without a type it still is a Person or an Organization, for `author` takes nothing else: we just do not say which.
    return _filled(**{"@type": speaker.type}, name=speaker.name, sameAs=_one_or_more(speaker.same_as))


def _one_or_more(addresses: tuple[str, ...]) -> str | list[str]:
    return addresses[0] if len(addresses) == 1 else list(addresses)


def _appearance(place: Place) -> dict[str, Any]:
    return _filled(
        **{"@type": "CreativeWork"},
        url=place.url,
        headline=place.headline,
        datePublished=place.made_on.isoformat() if place.made_on else None,
        publisher=_named_publisher(place.publisher),
    )


def _citation(item: Evidence, *, page: str) -> dict[str, Any]:
    return _filled(
        **{"@type": "CreativeWork"},
        name=item.title,
        url=item.url,
        publisher=_named_publisher(item.publisher),
        archivedAt=_kept_copy(item.copy, at=f"{page}#source-{item.n}") if item.copy else None,
    )


def _kept_copy(copy: KeptCopy, *, at: str) -> dict[str, Any]:
    """Our copies are served to nobody: what is given is where we say that we keep one, and how to know it again."""
    return {
        "@type": "WebPage",
        "url": at,
        "dateCreated": copy.retrieved_at.isoformat(),
        "identifier": {"@type": "PropertyValue", "propertyID": "SHA-256", "value": copy.hash},
    }


def _correction(one: Amendment) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": one.text, "datePublished": one.published_at.isoformat()}


def _named_publisher(name: str) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": name} if name else None
