"""A ClaimReview record, in any of the shapes met in the wild, to plain fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

from articles.exceptions import RefusedAddress
from articles.fetching.addresses import normalise_address
from claims.claimreviews.wording import plain, shortened, storable, text_of, texts_of

LONGEST_CLAIM = 5_000  # a whole post is reviewed now and then; what is longer is no claim
LONGEST_URL = 1_950  # of the 2,000 that are kept; the others are for `claims.services.externals`
PUBLISHER, TITLE, NAME, RATING, LANGUAGE = 200, 500, 300, 300, 35
OLDEST = 1800  # the year 1 is how some programs write "no date"

DATE = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
LANGUAGE_CODE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{1,8})*")

NO_URL = "It has no address."
LONG_URL = f"Its address is longer than {LONGEST_URL:,} characters."
NO_CLAIM = "It does not say what was checked."
LONG_CLAIM = f"What was checked is longer than {LONGEST_CLAIM:,} characters."
NO_RATING = "It has no rating."


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A fact-check of others. The fields are those of `claims.models.ExternalFactCheck`, and none is longer.

    url: in one spelling, http or https, on the public internet. All texts are plain and one line. raw: the record as
    it came, but for what a database cannot hold.
    """

    url: str
    publisher: str
    publisher_site: str
    title: str
    claim_text: str
    claimant: str
    claimed_on: date | None
    rating: str
    reviewed_on: date | None
    language: str
    raw: dict[str, Any]


def records_in(value: Any, url: str = "") -> Iterator[tuple[dict[str, Any], str]]:
    """Give each ClaimReview that a value of JSON is or holds, and the address that its element of the feed has."""
    if isinstance(value, list):
        for one in value:
            yield from records_in(one, url)
    elif isinstance(value, dict) and _is_review(value):
        yield value, url
    elif isinstance(value, dict):
        url = value["url"] if isinstance(value.get("url"), str) else url
        for name in ("dataFeedElement", "@graph", "item"):
            yield from records_in(value.get(name), url)


def _is_review(value: dict[str, Any]) -> bool:
    kinds = value.get("@type", value.get("type", ""))
    named = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    if not any(named):
        return "claimReviewed" in value
    return any(re.split(r"[/:#]", kind)[-1] == "ClaimReview" for kind in named)


def read_review(record: dict[str, Any], url: str = "") -> Review | str:
    """Return what a record says, or the sentence that says why it cannot be used. url: for one that names none."""
    address = _address(record.get("url")) or _address(url)
    claim, rating = _claim(record), _rating(record.get("reviewRating"))
    problem = _problem(address, claim, rating)
    if problem:
        return problem
    try:
        address = _spelled(address)
    except RefusedAddress as error:
        return f"Its address cannot be used. {str(error).partition('. ')[0].rstrip('.')}."
    site = (urlsplit(address).hostname or "").removeprefix("www.")
    item = _first(record.get("itemReviewed"))
    return Review(
        url=address,
        publisher=shortened(", ".join(dict.fromkeys(texts_of(record.get("author")))) or site, PUBLISHER),
        publisher_site=site,
        title=shortened(text_of(record.get("headline")) or text_of(record.get("name")), TITLE),
        claim_text=claim,
        claimant=shortened(", ".join(dict.fromkeys(texts_of(item.get("author")))), NAME),
        claimed_on=_claimed_on(item),
        rating=shortened(rating, RATING),
        reviewed_on=_date(record.get("datePublished")),
        language=_language(record),
        raw=storable(record),
    )


def _problem(address: str, claim: str, rating: str) -> str:
    if not address:
        return NO_URL
    if len(address) > LONGEST_URL:
        return LONG_URL
    if not claim:
        return NO_CLAIM
    if len(claim) > LONGEST_CLAIM:
        return LONG_CLAIM
    return "" if rating else NO_RATING


def _first(value: Any) -> dict[str, Any]:
    """The object that a value is, or the first in a list."""
    values = value if isinstance(value, list) else [value]
    return next((one for one in values if isinstance(one, dict)), {})


def _address(value: Any) -> str:
    if isinstance(value, list):
        return next(filter(None, map(_address, value)), "")
    if isinstance(value, dict):
        return _address(value.get("url") or value.get("@id"))
    return value.strip() if isinstance(value, str) else ""


def _spelled(address: str) -> str:
    """The address as articles are kept under theirs, and its fragment: some publishers tell their reviews by it."""
    address, _sign, fragment = address.partition("#")
    spelled = normalise_address(address) + (
        "#" + quote(plain(fragment), safe="%!$&'()*+,;=:@/?-._~") if fragment else ""
    )
    if len(spelled) > LONGEST_URL:
        raise RefusedAddress(LONG_URL)
    return spelled


def _claim(record: dict[str, Any]) -> str:
    item = _first(record.get("itemReviewed"))
    return text_of(record.get("claimReviewed")) or text_of(item.get("text")) or text_of(item.get("name"))


def _rating(value: Any) -> str:
    """Their words for the finding; where there are none the number, with the best there is."""
    rating = _first(value)
    words = (
        text_of(rating.get("alternateName")) or text_of(rating.get("name")) or text_of(rating.get("ratingExplanation"))
    )
    if words or not rating:
        return words or text_of(value)
    number, best = text_of(rating.get("ratingValue")), text_of(rating.get("bestRating"))
    return f"{number}/{best}" if number and best else number


def _claimed_on(item: dict[str, Any]) -> date | None:
    """When it was claimed: as the record says, or else the earliest of the places where it was."""
    places = [item.get("firstAppearance"), item.get("appearance")]
    listed = [place for group in places for place in (group if isinstance(group, list) else [group])]
    dates = [_date(place.get("datePublished")) for place in listed if isinstance(place, dict)]
    return _date(item.get("datePublished")) or min((day for day in dates if day), default=None)


def _date(value: Any) -> date | None:
    """The day of a date or time as ISO 8601 has it, also with other separators; None for what cannot be one."""
    found = DATE.match(text_of(value)[:40])
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and day.year >= OLDEST else None


def _language(record: dict[str, Any]) -> str:
    """A code such as "en" or "pt-br", or ""."""
    value, claim = record.get("inLanguage"), record.get("claimReviewed")
    said = [*(value if isinstance(value, list) else [value]), claim if isinstance(claim, dict) else {}]
    for one in said:
        codes = [one.get("alternateName"), one.get("@language"), one.get("name")] if isinstance(one, dict) else [one]
        for code in codes:
            if isinstance(code, str) and len(code) <= LANGUAGE and LANGUAGE_CODE.fullmatch(code):
                return code.lower().replace("_", "-")
    return ""
