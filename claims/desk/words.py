"""The words of a comment and what they point to: claims by number, people by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from claims.models import Claim, Comment

POINTERS = re.compile(r"(?<!\w)#([0-9]{1,18})\b|(?<![\w@.+-])@+([\w.+-][\w@.+-]*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """url: of the claim these words point to, or "". calls: they call somebody who is here."""

    text: str
    url: str = ""
    calls: bool = False


def numbers_in(texts: Iterable[str]) -> set[int]:
    """The claims that these texts point to and that exist. One query."""
    written = {int(found[1]) for text in texts for found in POINTERS.finditer(text) if found[1]}
    return set(Claim.objects.filter(pk__in=written).values_list("pk", flat=True)) if written else set()


def pieces_of(comment: Comment, claims: set[int]) -> list[Piece]:
    """The text cut at what points somewhere. comment: with its mentions. claims: those that exist."""
    called = {mention.person.username.lower() for mention in comment.mentions.all()}
    pieces, at = [], 0
    for found in POINTERS.finditer(comment.text):
        number, name = found.groups()
        if number and int(number) in claims:
            piece = Piece(found[0], url=reverse("admin:claims_claim_change", args=[int(number)]))
        elif name and {name.lower(), name.rstrip(".+-@").lower()} & called:
            piece = Piece(found[0], calls=True)
        else:
            continue
        pieces += [Piece(comment.text[at : found.start()]), piece]
        at = found.end()
    return [piece for piece in [*pieces, Piece(comment.text[at:])] if piece.text]
