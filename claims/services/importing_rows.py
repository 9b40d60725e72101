"""One row of a list as the fields of a claim or a source, or what is wrong with it."""

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.interchange import SOURCE, Row
from claims.models import Claim, Source

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
YES, NO = {"yes", "true", "1"}, {"no", "false", "0"}
CHOICES = {"kind": Claim.Kind, "modality": Claim.Modality}
LONGEST = {"text": 1_000, "claimant": 200, "id": 100}
MOST_TOPICS, MOST_SOURCES = 20, 200


class Wrong(Exception):
    """The message is a sentence about one column."""

    def __init__(self, column: str, said: str) -> None:
        super().__init__(said)
        self.column = column


@dataclass(slots=True)
class Draft:
    """A claim as a row gives it. fields: of the model, but for claimant and text. id: the file's own, "" for none."""

    id: str
    text: str
    claimant: str
    named_publicly: bool
    topics: list[str]
    fields: dict[str, Any]
    sources: list[dict[str, Any]] = field(default_factory=list)


def claim_of(row: Row) -> Draft:
    """Read the row of a claim. Raises Wrong for the first column that cannot be used."""
    values = row.values
    text = _words(values, "text")
    if not text:
        raise Wrong("text", _("There is no claim here."))
    fields: dict[str, Any] = {name: _choice(values, name) for name in CHOICES if name in values}
    fields |= {name: _day(values, name) for name in ("claimed_on", "due_on") if name in values}
    if "importance" in values:
        fields["importance"] = _importance(values["importance"])
    sources = values.get("sources", [])
    if not isinstance(sources, list) or len(sources) > MOST_SOURCES:
        raise Wrong("sources", _("This is not a list of at most %(n)s sources.") % {"n": MOST_SOURCES})
    return Draft(
        id=_words(values, "id"),
        text=text,
        claimant=_words(values, "claimant"),
        named_publicly=_yes(values.get("named_publicly", True)),
        topics=_topics(values.get("topics", [])),
        fields=fields,
        sources=[source_of(source, place=f"sources {n}, ") for n, source in enumerate(sources, start=1)],
    )


def source_of(values: Any, *, place: str = "") -> dict[str, Any]:
    """Read a source. place: what stands before the name of a column that is wrong."""
    if not isinstance(values, dict):
        raise Wrong(place.removesuffix(", "), _("This is not a source with names and values."))
    said = {name: values[name] for name in SOURCE if values.get(name) not in (None, "")}
    wrong = next((name for name, value in said.items() if not isinstance(value, str)), None)
    if wrong:
        raise Wrong(f"{place}{wrong}", _("This is not text."))
    try:
        fields = said | ({"retrieved_on": _day(said, "retrieved_on")} if "retrieved_on" in said else {})
    except Wrong as error:
        raise Wrong(f"{place}{error.column}", str(error)) from error
    if not fields.get("url") and not fields.get("no_url_reason"):
        raise Wrong(f"{place}url", _("Give the address, or say in no_url_reason why there is none."))
    if not str(fields.get("url", "https://")).startswith(("http://", "https://")):
        raise Wrong(f"{place}url", _("An address begins with https:// or http://."))
    try:
        Source(**fields).clean_fields(exclude=["claim"])
    except ValidationError as error:
        column, texts = next(iter(error.message_dict.items()))
        raise Wrong(f"{place}{column}", " ".join(texts)) from error
    return fields


def _words(values: dict[str, Any], name: str) -> str:
    """One line of text."""
    value = values.get(name, "")
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        value = str(value)
    if not isinstance(value, str):
        raise Wrong(name, _("This is not text."))
    text = " ".join(value.split())
    if len(text) > LONGEST[name]:
        raise Wrong(name, _("This is longer than %(n)s characters.") % {"n": LONGEST[name]})
    return text


def _choice(values: dict[str, Any], name: str) -> str:
    value, allowed = values[name], CHOICES[name].values
    if value not in allowed:
        raise Wrong(name, _("“%(value)s” is none of %(all)s.") % {"value": str(value)[:60], "all": ", ".join(allowed)})
    return str(value)


def _day(values: dict[str, Any], name: str) -> date:
    value = values[name]
    try:
        if not ISO_DAY.fullmatch(str(value)):
            raise ValueError(value)  # noqa: TRY301 - told in the same words as what date refuses
        return date.fromisoformat(str(value))
    except ValueError as error:
        said = _("“%(value)s” is not a day written as 2026-03-31: year, month, day.") % {"value": str(value)[:60]}
        raise Wrong(name, said) from error


def _importance(value: Any) -> int:
    if str(value) not in {str(choice) for choice in Claim.Importance.values} or isinstance(value, bool):
        raise Wrong("importance", _("Write 1 for low, 2 for normal or 3 for high."))
    return int(value)


def _yes(value: Any) -> bool:
    said = str(value).strip().lower()
    if said not in YES | NO:
        raise Wrong("named_publicly", _("Write yes, or no for a private person."))
    return said in YES


def _topics(value: Any) -> list[str]:
    """Names, from a list or from one cell with semicolons between them."""
    if isinstance(value, str):
        value = next(
            csv.reader([value.replace("\n", " ").replace("\r", " ")], delimiter=";", skipinitialspace=True), []
        )
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Wrong("topics", _("This is not a list of names."))
    names = [name for name in (" ".join(name.split()) for name in value) if name]
    if len(names) > MOST_TOPICS or any(len(name) > 100 for name in names):
        raise Wrong("topics", _("At most %(n)s topics, each of at most 100 characters.") % {"n": MOST_TOPICS})
    return names
