"""Whether a weekday or month without a year lies before or after the day a text came out."""

import re
from typing import Literal

Direction = Literal["past", "future"]

NEAR = 200
FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|(?:is|are)\s(?:set|due|scheduled|expected|slated|likely|planned|going|to)"
    r"|(?:plans?|intends?|aims?|hopes?)\sto)\b|['’]ll\b"
)
# What was or may be to come: it may lie on either side.
UNSURE = re.compile(
    r"\b(?:would|could|might|should|if|unless|(?:was|were)\s(?:set|due|scheduled|expected|to)"
    r"|(?:planned|intended|hoped)\sto)\b",
    re.IGNORECASE,
)
SAID = (
    r"said|says|told|announced|reported|added|confirmed|warned|tweeted|wrote|declared|stated|claimed|denied|admitted"
    r"|insisted|acknowledged"
)
SAYING = re.compile(
    rf"(?<!\bbe\s)\b(?:{SAID})\b(?:\s[\w’']+){{0,2}}?(?:\s(?:late|early|later|earlier))?(?:\s(?:on|in))?\s$"
)
FIRST_VERB = re.compile(rf"{FUTURE.pattern}|\b(?P<said>{SAID})\b")
PAST_VERB = (
    r"\b(?!(?:hundred|need|indeed|speed|feed|seed|breed|exceed|proceed|succeed|bed|red|wed|bleed|greed|creed|weed|embed)\b)"
    r"(?:\w{2,30}ed|was|were|had|has|have|been|did|said|told|met|won|lost|fell|rose|sold|bought|made|took|came|went|began"
    r"|held|left|shot|found|gave|got|led|paid|ran|sent|spoke|struck|wrote|broke|grew|drove|flew|hit|knew|saw|sank|stood"
    r"|became|brought|built|caught|chose|drew|fought|kept|laid|lay|meant|overthrew|sought|spent|stole|swore|taught|threw"
    r"|thought|understood|withdrew|woke|sat|sang|shook|forbade|drank|ate|died|blew|hung|burnt|shrank|slid"
    r"|fled|froze|rode|tore|felt|heard|lent|swept|slept|rang|bled|crept|dealt|dug|fed|forgot|hid)\b"
)
PAST = re.compile(PAST_VERB)
# A past verb in a clause that begins after a "will": whose is the date?
OTHER_CLAUSE = re.compile(
    rf"(?:[,;:—–]|\b(?:as|after|when|while|that|which|who|because|since|but|though)\b).*?{PAST_VERB}", re.DOTALL
)


def direction(text: str, start: int, end: int) -> Direction | None:
    """Say on which side `text[start:end]` lies by the verbs around it; None where they do not tell."""
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if SAYING.search(before[-60:]) or before.rstrip().endswith("since"):
        return "past"
    coming = list(FUTURE.finditer(before))
    if coming:
        return None if OTHER_CLAUSE.search(before, coming[-1].end()) else "future"
    first = FIRST_VERB.search(after)
    if first is not None:
        return "past" if first["said"] else None
    if UNSURE.search(before) or UNSURE.search(after):
        return None
    return "past" if PAST.search(before) or PAST.search(after) else None
