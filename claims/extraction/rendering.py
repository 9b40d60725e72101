import re

from claims.extraction.nouns import Part
from claims.extraction.tree import Tree

QUOTES = '"“”„«»'
NO_SPACE_BEFORE = frozenset(",.;:!?)]%’”»…")
ABBREVIATIONS = (".S.", ".K.", ".N.", "a.m.", "p.m.", " Inc.", " Co.", " Corp.", " Ltd.", " Jr.", " Sr.")
LOOSE = re.compile(r" ?\(\s*[,;]?\s*\)")  # brackets whose words were cut
COMMAS = re.compile(r"(?:,\s*){2,}")
GLUED = re.compile(r",(?=[^\W\d])")  # a dash between two words, read as a comma
DANGLING = re.compile(r",? (?:and|or|but)[.,]?$")
EDGES = " ,;:–—-…"


def render(tree: Tree, parts: tuple[Part, ...], replacements: dict[int, str] | None = None) -> str:
    """Write the parts out as one sentence: a capital first, a full stop last.

    replacements: token to the words put in its place; an empty string leaves the token out.
    """
    text = _join(tree, parts, replacements or {})
    text = _without_open_quotes(LOOSE.sub("", " ".join(text.split()))).strip(EDGES)
    text = DANGLING.sub("", GLUED.sub(", ", COMMAS.sub(", ", text)))
    if text.startswith("(") and text.rstrip(".!?").endswith(")"):
        text = text.rstrip(".!?")[1:-1].strip(EDGES)
    if not text.strip('.!?"”»'):
        return ""
    opening = text.split(" ", 1)[0]
    start = text[0].upper() if opening == opening.lower() else text[0]  # "iOS" stays as it is
    return start + _closed(text[1:])


def _closed(text: str) -> str:
    """Exactly one full stop at the end, also where an abbreviation or a quotation ends there."""
    if text.endswith(ABBREVIATIONS):
        return text
    bare = text.rstrip(".!? ")
    if bare[-1:] in QUOTES:
        return bare[:-1].rstrip(".,!?;: ") + bare[-1] + "."
    return bare + "."


def _join(tree: Tree, parts: tuple[Part, ...], replacements: dict[int, str]) -> str:
    text = ""
    last: Part | None = None
    first = next((token for token in range(len(tree)) if tree.words[token][:1].isalpha()), None)
    for part in parts:
        word = part if isinstance(part, str) else replacements.get(part, tree.words[part])
        if not word or (isinstance(part, int) and tree.tag[part] == "_SP"):
            continue
        if any(character.isalnum() for character in text) and isinstance(part, int) and part == first:
            word = _in_midst(tree, part, word)
        text += _gap(tree, last, part, word) + word
        last = part
    return text


def _in_midst(tree: Tree, token: int, word: str) -> str:
    """The first word of a sentence, put somewhere else: "Born in Oslo, she ..." is "She was born in Oslo"."""
    if tree.tag[token] in {"NNP", "NNPS"} or tree.label[token] or word in {"I"} or word != tree.words[token]:
        return word
    return word[0].lower() + word[1:] if word[1:].islower() or len(word) == 1 else word


def _gap(tree: Tree, last: Part | None, part: Part, word: str) -> str:
    if last is None:
        return ""
    if isinstance(last, int) and isinstance(part, int) and part == last + 1:
        if word[0] in ",.;:":
            return ""
        changed = word != tree.words[part] and word[0].isalpha()
        return " " if tree.space_after[last] or changed else ""
    if word[0] in NO_SPACE_BEFORE or word in {"'s", "'"}:
        return ""
    return " "


def _without_open_quotes(text: str) -> str:
    """Quotation marks stay where they come in pairs inside the text; those of a cut or whole quote go."""
    opening = text.count("“") + text.count("„") + text.count("«")
    closing = text.count("”") + text.count("»")
    if opening != closing:
        text = "".join(mark for mark in text if mark not in "“”„«»")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return _unwrapped(" ".join(text.split()))


def _unwrapped(text: str) -> str:
    bare = text.strip(EDGES + ".")
    if len(bare) > 1 and bare[0] in QUOTES and bare[-1] in QUOTES and not any(m in QUOTES for m in bare[1:-1]):
        return bare[1:-1]
    return text
