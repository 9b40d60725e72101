"""Words of others as readers see them: short, in their sentence, and without the names of private persons."""

from collections.abc import Iterable

from claims.claimreview import Quote
from claims.models import Appearance
from claims.services.naming import without_names

QUOTE_LIMIT = 300  # characters; longer ones are the publisher's text and not a quotation of it
LEAST = 20  # characters of a sentence beside the quote that say anything


def quote_of(appearance: Appearance, hidden: Iterable[str]) -> Quote:
    """Its words, shortened, in their sentence where `in_context` loaded that. hidden: names that are left out.

    Where there are such names the sentence is left out as well: the quote may begin in the middle of one.
    """
    hidden = list(hidden)
    text = short_quote(without_names(appearance.quote, hidden))
    before, after = ("", "") if hidden else _around(appearance, room=(QUOTE_LIMIT - len(text)) // 2)
    return Quote(text=text, said_by=without_names(_said_by(appearance), hidden), before=before, after=after)


def _around(appearance: Appearance, *, room: int) -> tuple[str, str]:
    """The rest of the sentence, at most `room` characters on either side."""
    sentence = getattr(appearance, "window", "")
    if not sentence or room < LEAST:
        return "", ""
    before = sentence[: appearance.start - appearance.sentence_start]
    after = sentence[appearance.end - appearance.sentence_start :]
    shortened = short_quote(before[::-1], limit=room)[::-1]  # cut where it begins, before a word
    spaces = [" " if text[:1].isspace() else "" for text in (before[::-1], after)]
    return shortened and shortened + spaces[0], spaces[1] + short_quote(after, limit=room)


def _said_by(appearance: Appearance) -> str:
    """Who said it there. A private person is not named by way of what the article writes either."""
    claimant = appearance.claimant
    if claimant is None and appearance.claim.claimant and not appearance.claim.claimant.named_publicly:
        claimant = appearance.claim.claimant if appearance.claimant_text else None
    return claimant.public_name if claimant else appearance.claimant_text


def short_quote(text: str, *, limit: int = QUOTE_LIMIT) -> str:
    """`text` in one line of at most `limit` characters, cut after a word and marked with "…" where it was cut."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,;:.–—-") + "…"
