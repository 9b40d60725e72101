"""Google's `fields`: which parts of an answer are wanted, such as `claims(text,claimReview/url),nextPageToken`."""

import re
from typing import Any

LONGEST, DEEPEST = 1000, 8
TOKENS = re.compile(r"[A-Za-z]\w*|\*|[(),/]", re.ASCII)

Mask = dict[str, Any]  # name or "*" to the mask of what is in it; an empty one takes all


def parse_mask(text: str) -> Mask:
    """Raises ValueError for what is no selection."""
    tokens = TOKENS.findall(text)
    if len(text) > LONGEST or "".join(tokens) != "".join(text.split()):
        raise ValueError(text)
    mask, rest = _parse(tokens, DEEPEST)
    if rest:
        raise ValueError(text)
    return mask


def _parse(tokens: list[str], depth: int) -> tuple[Mask, list[str]]:
    """The selections up to a bracket that closes, and what stands behind them."""
    mask: Mask = {}
    while True:
        name, *tokens = tokens or [""]
        if not name or name in "(),/":
            raise ValueError(name)
        mask[name], tokens = _inside(tokens, depth)
        if tokens[:1] != [","]:
            return mask, tokens
        tokens = tokens[1:]


def _inside(tokens: list[str], depth: int) -> tuple[Mask, list[str]]:
    if depth == 0:
        raise ValueError(depth)
    if tokens[:1] == ["/"]:
        if tokens[1:2] and tokens[1] not in "(),/":
            inner, rest = _inside(tokens[2:], depth - 1)
            return {tokens[1]: inner}, rest
        raise ValueError("/")
    if tokens[:1] == ["("]:
        inner, rest = _parse(tokens[1:], depth - 1)
        if rest[:1] != [")"]:
            raise ValueError("(")
        return inner, rest[1:]
    return {}, tokens


def masked(value: Any, mask: Mask) -> Any:
    """The parts of `value` that are wanted."""
    if not mask:
        return value
    if isinstance(value, list):
        return [masked(one, mask) for one in value]
    if not isinstance(value, dict):
        return value
    wanted = ((name, mask.get(name, mask.get("*"))) for name in value)
    return {name: masked(value[name], inner) for name, inner in wanted if inner is not None}
