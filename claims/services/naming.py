"""Names that readers must not see: those of claimants who are not named publicly."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from claims.models import Claim, Claimant, Source, Verdict

LEFT_OUT = "[…]"


def names_of(claimant: Claimant) -> list[str]:
    """Every name a text may call them by, longest first: name, other names, and a person's last name alone.

    Prefetch `aliases`.
    """
    full = [claimant.name, *(alias.name for alias in claimant.aliases.all())]
    last = [name.split()[-1] for name in full if claimant.kind == Claimant.Kind.PERSON and len(name.split()) > 1]
    return sorted({name for name in [*full, *last] if len(name) > 2}, key=lambda name: (-len(name), name))


def hidden_names(*claimants: Claimant | None) -> list[str]:
    """The names of those of `claimants` who are not named publicly."""
    private = {claimant.pk: claimant for claimant in claimants if claimant and not claimant.named_publicly}
    return sorted({name for claimant in private.values() for name in names_of(claimant)}, key=len, reverse=True)


def without_names(text: str, names: Iterable[str]) -> str:
    """`text` with a mark of omission in the place of each of `names`."""
    pattern = _pattern(names)
    return pattern.sub(LEFT_OUT, text) if pattern else text


def name_spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where `names` stand in `text`, as (start, end)."""
    pattern = _pattern(names)
    return [found.span() for found in pattern.finditer(text)] if pattern else []


def unmet_by_names(claim: Claim, draft: Verdict) -> list[tuple[str, str, bool]]:
    """Where the name of a claimant who is not named publicly would reach readers, as rules of the gate.

    The wording is also what the address of the page is made from. Each is (rule, message, settled by review).
    """
    pattern = _pattern(hidden_names(claim.claimant))
    if pattern is None:
        return []
    sources = [citation.source for citation in draft.citations.all()]
    texts = [
        (_("the wording of the claim"), claim.text),
        (_("how the verdict follows from the parts"), claim.parts_rule),
        (_("the summary"), draft.summary),
        (_("the explanation"), draft.explanation),
        (_("how we checked"), draft.how_we_checked),
        (_("the sources"), "\n".join(text for source in sources for text in _shown_of(source))),
        (_("the reasons of exceptions"), "\n".join(exception.reason for exception in draft.exceptions.all())),
        (_("the note of the correction"), _note(claim, draft)),
    ]
    found = [place for place, text in texts if pattern.search(text)]
    said = _("%(claimant)s is not named publicly: take the name out of %(places)s.")
    return [("private-name", said % {"claimant": claim.claimant, "places": ", ".join(found)}, False)] if found else []


def _note(claim: Claim, draft: Verdict) -> str:
    """What readers are told of a correction. Starts no query for a claim that is not published yet."""
    correction = getattr(draft, "correction", None) if claim.status == Claim.Status.PUBLISHED else None
    return correction.note if correction else ""


def still_named(claimant: Claimant) -> list[Claim]:
    """Published claims of a claimant who is not named publicly in which readers see the name all the same."""
    pattern = _pattern(hidden_names(claimant))
    if pattern is None:
        return []
    current = Verdict.objects.current().filter(claim__claimant=claimant, claim__status=Claim.Status.PUBLISHED)
    verdicts = current.select_related("claim").order_by("claim_id")
    texts = ("claim_text", "summary", "explanation", "how_we_checked")
    return [one.claim for one in verdicts if any(pattern.search(getattr(one, name)) for name in texts)]


def _shown_of(source: Source) -> tuple[str, ...]:
    return (
        *(source.title, source.publisher, source.quote, source.translation, source.locator, source.interest),
        *(source.no_url_reason, source.independence_group),
    )


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of `names` as whole words, whatever the letters' case and the white space between them."""
    spelled = [r"\s+".join(re.escape(word) for word in name.split()) for name in names]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE) if spelled else None
