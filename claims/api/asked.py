"""What may be asked: the parameters of each list."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field

from claims.api import words

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)  # as on the site


def sound(text: str) -> str:
    """Refuse what is in no text of ours and what PostgreSQL does not take."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("This has a character that is in no text.")
    return text


Slug = Annotated[str, Field(max_length=100, pattern=r"^[-a-zA-Z0-9_]*$")]
Domain = Annotated[str, Field(max_length=253, pattern=r"^[-a-zA-Z0-9_.]*$")]
Day = Annotated[date | None, Field(ge=FIRST, le=LAST)]
Text = Annotated[str, AfterValidator(sound)]


class Stretch(Schema):
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: Text = Field("", max_length=500, description="Where to go on. Follow `next` instead of making one up.")
    fields: Text = Field("", max_length=500, description="Names of properties, with commas: only these are given.")


class Claims(Stretch):
    rating: Slug = Field("", description="A code of `/api/v1/ratings`.", examples=["mostly-true"])
    claimant: Slug = Field("", description="The slug of who said it.", examples=["jutta-brandt"])
    topic: Slug = Field("", description="The slug of what it is about.")
    publisher: Domain = Field("", description="The domain of who printed it.", examples=["verdener-bote.example"])
    published_from: Day = Field(None, description="First published on this day or later.", examples=["2026-03-01"])
    published_to: Day = Field(None, description="First published on this day or before.")


class Verdicts(Stretch):
    claim: Slug = Field("", description="The slug of the claim.")
    rating: Slug = Field("", description="A code of `/api/v1/ratings`.")
    current: bool | None = Field(None, description="Only the versions in force, or only those before them.")
    published_from: Day = Field(None, description="Published on this day or later: what is new since.")
    published_to: Day = Field(None, description="Published on this day or before.")


class Sources(Stretch):
    claim: Slug = Field("", description="The slug of the claim.")
    stance: words.Stance | None = Field(None, description="What it says to the claim.")
    kind: words.SourceKind | None = Field(None, description="What sort of evidence.")


class Appearances(Stretch):
    claim: Slug = Field("", description="The slug of the claim.")
    publisher: Domain = Field("", description="The domain of who printed it.")
    made_from: Day = Field(None, description="Made on this day or later.")
    made_to: Day = Field(None, description="Made on this day or before.")


class Claimants(Stretch):
    kind: words.ClaimantKind | None = Field(None, description="What they are.")


class Articles(Stretch):
    claim: Slug = Field("", description="The slug of a claim made in it.")
    publisher: Domain = Field("", description="The domain of who printed it.")
    published_from: Day = Field(None, description="Published on this day or later.")
    published_to: Day = Field(None, description="Published on this day or before.")


class Corrections(Stretch):
    claim: Slug = Field("", description="The slug of the claim.")
    kind: words.CorrectionKind | None = Field(None, description="The class. `void` is a retraction.")
    published_from: Day = Field(None, description="Published on this day or later: what is new since.")
    published_to: Day = Field(None, description="Published on this day or before.")


class Fields(Schema):
    fields: Text = Field("", max_length=500, description="Names of properties, with commas: only these are given.")


class Search(Stretch):
    q: Text = Field(
        ..., min_length=1, max_length=3000, description="Words, “phrases”, -exclusions, OR.", examples=["bridge"]
    )
    rating: Slug = Field("", description="A code of `/api/v1/ratings`.")
    claimant: Slug = Field("", description="The slug of who said it.")
    topic: Slug = Field("", description="The slug of what it is about.")
    publisher: Domain = Field("", description="The domain of who printed it.")
    year: int | None = Field(None, ge=1900, le=2100, description="Of first publication.")
    sort: str = Field("", pattern="^(newest)?$", description="`newest`; otherwise the best come first.")


class NewArticle(Schema):
    """An address, which is fetched, or a text, which may have an address too."""

    url: Text = Field("", max_length=2000, description="Where it stands.", examples=["https://verdener-bote.example/1"])
    text: Text = Field("", max_length=5_000_000, description="Its text, where you have it: nothing is fetched then.")
    title: Text = Field("", max_length=300, description="Where the page or the text does not say.")
    published_on: Day = Field(None, description="Where the page or the text does not say.")
