"""Names that stand for one thing: countries with their people and capitals, bodies with their initials."""

from functools import cache

from claims.matching.sheet import Sheet
from claims.matching.tables import lines, listed, word_list

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
# Where a capital is a place, not the government that sits there.
PLACES = word_list("places")
GOVERNING = frozenset({"nsubj", "nsubjpass", "agent", "poss", "conj"})


@cache
def aliases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Names as written, word by word, to their keys: "@united states"; a capital has its own and its country's."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in lines("countries"):
        names, people, capitals = (listed(part) for part in line.split("|"))
        key = "@" + names[0].lower()
        for capital in capitals:
            own = "@" + capitals[0].lower()
            found[tuple(capital.split())] = (own, "government " + key)
        for name in [*names, *people]:
            found[tuple(name.split())] = (key,)
        for name in people:
            found[tuple((name + "s").split())] = (key,)
    found["Brussels",] = (
        "@brussels",
        "government @european commission",
        "government @european union",
        "government @belgium",
    )
    for line in lines("names"):
        many = listed(line)
        for name in many:
            found.setdefault(tuple(name.split()), ("@" + many[0].lower(),))
    return found


@cache
def _starts() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in aliases():
        found.setdefault(name[0], []).append(name)
    return {first: sorted(many, key=len, reverse=True) for first, many in found.items()}


def name_at(sheet: Sheet, token: int) -> tuple[tuple[str, ...], int] | None:
    """Keys of the listed name that begins at `token` and its end (exclusive); None if none does."""
    words = sheet.tree.words
    for name in _starts().get(words[token], ()):
        end = token + len(name)
        if tuple(words[token:end]) == name and sheet.free(token, end) and _is_whole(sheet, token, end):
            return _keys(sheet, token, end, aliases()[name]), end
    return None


def _is_whole(sheet: Sheet, first: int, end: int) -> bool:
    """Not a part of a longer name: "Washington Post", "Paris Hilton"; "Bank of England" is listed as it is."""
    tree = sheet.tree
    if end - first > 1 or tree.label[first] in {"GPE", "NORP", "LOC"}:
        return True
    return tree.label[first] != "PERSON" or (tree.entity_at(first) or _NONE).last == first


class _NONE:
    last = -1


def _keys(sheet: Sheet, first: int, end: int, keys: tuple[str, ...]) -> tuple[str, ...]:
    if len(keys) == 1:
        return keys
    top = next((t for t in range(first, end) if not first <= sheet.tree.head[t] < end), first)
    before = sheet.tree.lower[first - 1] if first else ""
    governs = (before not in PLACES and sheet.tree.dep[top] in GOVERNING) or before in {"by", "with", "against"}
    return tuple(key.removeprefix("government ") for key in (keys if governs else keys[:1]))
