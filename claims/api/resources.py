"""What the API gives out, as its description has it. Names and shapes here are a promise (docs/api.md)."""

from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from claims.api import words

Item = TypeVar("Item")

SLUG = "the-new-bridge-over-the-aller-cost-84-million-euros"
DAY, MOMENT = date(2026, 3, 2), datetime.fromisoformat("2026-03-06T09:30:00+00:00")


def told(description: str, example: Any) -> Any:
    """A property with what it is and how it may look."""
    return Field(description=description, examples=[example])


class Resource(Schema):
    """What there is a list of. All of it is there unless `fields` leaves it out, so nothing is called required."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler(core)
        handler.resolve_ref_schema(described).pop("required", None)
        return described


class Listed(Schema, Generic[Item]):
    items: list[Item]
    next: str | None = told("The address of what follows; null at the end.", "https://…/api/v1/claims?cursor=…")


class Rating(Schema):
    code: str = told("Stays the same whatever the label.", "mostly-true")
    label: str = told("As readers see it.", "Mostly true")
    value: int | None = told("Higher is truer, from 1 on; null for what is no place between false and true.", 4)
    scale: str = told("The scale it is on, with its version.", "Plumbline 1")


class MeaningOf(Schema):
    code: str = told("Stays the same whatever the label.", "mostly-true")
    label: str = told("As readers see it.", "Mostly true")
    meaning: str = told("What it says of a claim.", "Right in what matters, with something left out.")
    value: int | None = told("Higher is truer, from 1 on; null off the axis.", 4)


class Scale(Schema):
    name: str = told("With its version.", "Plumbline 1")
    retired_on: date | None = told("Null: in force.", None)
    ratings: list[MeaningOf]


class Scales(Schema):
    items: list[Scale]


class Topic(Schema):
    slug: str = told("For filters.", "transport")
    name: str = told("As readers see it.", "Transport")


class Topics(Schema):
    items: list[Topic]


class ClaimLink(Schema):
    slug: str = told("Its address in the API is `/api/v1/claims/` and this.", SLUG)
    text: str = told("What was claimed.", "The new bridge over the Aller cost 84 million euros.")
    url: str = told("The page for readers.", f"https://…/claims/{SLUG}/")


class ClaimantLink(Schema):
    slug: str | None = told("Null for a private person, whose name is not given out.", "jutta-brandt")
    name: str = told("As published with the verdict.", "Jutta Brandt")


class Claim(Resource):
    """A published fact-check, in short."""

    id: int = told("Never changes, as the slug may.", 17)
    slug: str = told("Its place in addresses. Older ones lead here.", SLUG)
    url: str = told("The page for readers.", f"https://…/claims/{SLUG}/")
    claimreview: str | None = told(
        "Its ClaimReview (schema.org); null once retracted.", f"https://…/claims/{SLUG}.json"
    )
    status: Literal["published", "retracted"] = told("A retracted one is not to be relied on.", "published")
    text: str = told("What was claimed.", "The new bridge over the Aller cost 84 million euros.")
    claimant: ClaimantLink | None = Field(description="Who said it; null where an article itself did.")
    claimed_on: date | None = told("When it was said, where the desk found out.", DAY)
    topics: list[Topic]
    rating: Rating | None = Field(description="The finding; null once retracted.")
    summary: str = told("The finding in one or two sentences.", "The final account puts it at 84.1 million euros.")
    version: int = told("Of the verdict: above 1 it was corrected.", 1)
    evidence_as_of: date | None = told("What the evidence was when it was gathered.", date(2026, 3, 5))
    first_published_at: datetime = told("Of the first version.", MOMENT)
    published_at: datetime = told("Of this version.", MOMENT)


class Correction(Resource):
    """A change to a published fact-check, or that it was taken back."""

    id: int = told("Never changes.", 3)
    kind: words.CorrectionKind = told("The class. `void` is a retraction.", "factual")
    note: str = told("What readers are told.", "The account was not final.")
    published_at: datetime = told("When.", MOMENT)
    claim: ClaimLink | None = Field(description="Null where the fact-check was taken down.")
    version: int | None = told("The version it brought; null for a retraction.", 2)
    rating_before: Rating | None = Field(description="Null where the fact-check was taken down.")
    rating_after: Rating | None = Field(description="Null for a retraction.")


class Archived(Schema):
    sha256: str = told("Of the bytes as the desk received them.", "9f86d081884c7d659a2feaa0c55ad015…")
    retrieved_at: datetime = told("When.", MOMENT)


class Source(Resource):
    """A piece of evidence, as the verdict in force cites it."""

    id: int = told("Of the citation; a correction makes new ones.", 51)
    claim: str = told("The slug of the claim.", SLUG)
    n: int = told("Its number in the explanation.", 1)
    stance: words.Stance = told("What it says to the claim.", "supports")
    kind: words.SourceKind = told("What sort of evidence.", "primary")
    title: str = told("Of the document.", "Final account of the bridge")
    publisher: str = told("Who put it out.", "City of Verden")
    url: str = told("Empty where there is none; then `no_url_reason` says why.", "https://verden.example/budget")
    no_url_reason: str = told("Why there is no address.", "")
    locator: str = told("Where in it.", "page 3")
    quote: str = told("In its own language.", "Total: 84,112,000 euros")
    translation: str = told("Of the quote.", "")
    interest: str = told("What the source stands to gain.", "")
    goes_back_to: str = told("An origin it shares with other sources, which count once.", "")
    retrieved_on: date | None = told("When the desk read it.", date(2026, 3, 5))
    archived: Archived | None = Field(description="The copy the desk keeps.")


class ArticleLink(Schema):
    id: int = told("For `/api/v1/articles/`.", 4)
    title: str = told("Without names that are not given out.", "Bridge over the Aller opened")
    url: str = told("Where it stands; empty for a text without an address.", "https://verdener-bote.example/1")
    publisher: str = told("Who put it out.", "Verdener Bote")
    language: str = told("Of the text.", "en")


class Appearance(Resource):
    """A place where a published claim was made."""

    id: int = told("Never changes.", 90)
    claim: str = told("The slug of the claim.", SLUG)
    article: ArticleLink
    quote: str = told(
        "A few words, exactly as printed but for names left out; cut at 300 characters.", "It cost 84 million"
    )
    said_by: str = told("Who said it there, as the article writes it; empty: the article itself.", "Jutta Brandt")
    made_on: date | None = told("When.", DAY)


class Asked(Schema):
    whom: str = told("Empty for a private person who made the claim.", "The mayor's office")
    asked_on: date = told("When the desk asked.", date(2026, 3, 3))
    answered_on: date | None = told("When the answer came.", date(2026, 3, 4))
    answer: str = told("What they said.", "The figure is correct.")


class RatedLink(ClaimLink):
    rating: Rating


class FullClaim(Claim):
    """A fact-check with all that its page says. Once retracted, only what became of it."""

    explanation: str = told("Why, in Markdown; [1] is source 1.", "The city's **final account** lists every item [1].")
    how_we_checked: str = told("In Markdown.", "")
    parts: list[RatedLink] = Field(description="The fact-checks on the parts of a compound claim.")
    whole: RatedLink | None = Field(description="The fact-check on the claim that this is a part of.")
    parts_rule: str = told("How the verdict follows from those on the parts.", "")
    checked_by: str = told("Who wrote it.", "Rosa Example")
    reviewed_by: list[str] = told("Who approved it.", ["Ravi Example"])
    methodology: int | None = told("The version of the methodology.", 1)
    look_again_by: date | None = told("When the desk looks at the evidence again.", date(2027, 3, 5))
    sources: list[Source]
    appearances: list[Appearance] = Field(description="The first 300; the others are in `/api/v1/appearances`.")
    asked: list[Asked] = Field(description="What the desk asked the claimant, and what they said.")
    corrections: list[Correction] = Field(description="Newest first.")


class Verdict(Resource):
    """One published version of a finding. What changes it is the next version."""

    id: int = told("Never changes.", 21)
    claim: str = told("The slug of the claim.", SLUG)
    version: int = told("From 1 on.", 1)
    current: bool = told("Whether no later version is out.", True)
    claim_text: str = told("The claim as readers saw it then.", "The new bridge over the Aller cost 84 million euros.")
    rating: Rating
    summary: str = told("In one or two sentences.", "The final account puts it at 84.1 million euros.")
    explanation: str = told("Why, in Markdown.", "The city's **final account** lists every item [1].")
    how_we_checked: str = told("In Markdown.", "")
    evidence_as_of: date | None = told("What the evidence was when it was gathered.", date(2026, 3, 5))
    published_at: datetime = told("When.", MOMENT)
    checked_by: str = told("Who wrote it.", "Rosa Example")


class Role(Schema):
    title: str = told("Office or affiliation.", "Mayor of Verden")
    from_on: date | None = told("First day; null: not known.", date(2021, 11, 1))
    to_on: date | None = told("Last day; null: still, or not known.", None)


class Claimant(Resource):
    """Somebody whose claims were checked, and who is named publicly."""

    id: int = told("Never changes.", 2)
    slug: str = told("Its place in addresses.", "jutta-brandt")
    name: str = told("Without private persons, who are in no list.", "Jutta Brandt")
    kind: words.ClaimantKind = told("What they are.", "person")
    url: str = told("The page for readers.", "https://…/claimants/jutta-brandt/")
    same_as: list[str] = told("Pages that identify them.", ["https://www.wikidata.org/wiki/Q1"])
    roles: list[Role]
    published: int = told("How many fact-checks of what they said are published.", 3)


class Quoted(ClaimLink):
    rating: Rating
    quotes: list[str] = told("The words that make the claim there.", ["It cost 84 million euros"])


class Article(Resource):
    """An article in which published claims were made. Its text is the publisher's, and not given out."""

    id: int = told("Never changes.", 4)
    page: str = told("Where readers see what was checked in it.", "https://facts.example.org/articles/4/")
    title: str = told("Without names that are not given out.", "Bridge over the Aller opened")
    url: str = told("Where it stands; empty for a text without an address.", "https://verdener-bote.example/1")
    publisher: str = told("Who put it out.", "Verdener Bote")
    domain: str = told("The publisher's, for filters; empty where it is not known.", "verdener-bote.example")
    published_on: date | None = told("When.", DAY)
    language: str = told("Of the text.", "en")
    claims: list[Quoted] = Field(description="In the order of the text.")


class Value(Schema):
    label: str = told("As readers see it.", "Mostly true")
    number: int = told("How many of what was found have it.", 12)
    url: str = told("The same search among these.", "https://…/api/v1/search?q=bridge&rating=mostly-true")


class Facet(Schema):
    label: str = told("What it is about.", "Rating")
    values: list[Value]


class Found(Listed[Claim]):
    """Fact-checks for a search, best first."""

    total: int = told("How many were found.", 14)
    more: bool = told("Whether there are others with these words than the newest 1,000 that were ranked.", False)
    facets: list[Facet]


class Index(Schema):
    """Where to begin."""

    openapi: str = told("The description of all this.", "https://…/api/v1/openapi.json")
    docs: str = told("The same to try out.", "https://…/api/v1/docs")
    lists: dict[str, str] = told("Of each kind.", {"claims": "https://…/api/v1/claims"})


class Submission(Schema):
    """An article that came in, and how far it is."""

    id: int = told("For its status and its candidates.", 5)
    status: str = told("`pending`, `read` or `failed`.", "pending")
    failure: str = told("Why it could not be read.", "")
    url: str = told("Its address, as we write it; empty for a text without one.", "https://verdener-bote.example/1")
    extracted: bool = told("Whether its claims have been looked for.", False)
    candidates: int = told("How many claims were found in it so far, each counted once.", 0)
    duplicate: bool = told("Only when sent in: whether it was here already.", False)


class FactCheck(ClaimLink):
    rating: Rating


class Candidate(Resource):
    """A claim that the extractor found in an article. Says nothing about whether it is true."""

    id: int = told("Of the place.", 90)
    text: str = told("One sentence that stands alone.", "The new bridge over the Aller cost 84 million euros.")
    quote: str = told("The words of the article.", "It cost 84 million euros")
    start: int = told("Where they begin, in characters.", 53)
    end: int = told("Where they end, exclusive.", 77)
    claimant: str = told("Who says it, as the article writes it; empty: the article itself.", "Jutta Brandt")
    kind: words.ClaimKind = told("What sort of claim.", "quantity")
    modality: words.Modality = told("How it is said.", "asserted")
    check_worthiness: float | None = told("0 (leave) to 1 (check first); null where it could not be computed.", 0.83)
    fact_check: FactCheck | None = Field(description="The published fact-check on it, if there is one.")
