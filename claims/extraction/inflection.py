"""Forms of English verbs, for clauses that have none of their own: "X, selling 20 ships" says that X sold them."""

from functools import cache


@cache
def inflected(lemma: str, tag: str) -> str:
    """The form of `lemma` with the Penn tag VBD, VBN, VBZ or VBP: "sell", "VBD" gives "sold"."""
    from lemminflect import getInflection

    if lemma == "be":
        return {"VBD": "was", "VBN": "been", "VBZ": "is", "VBP": "are"}[tag]
    forms = getInflection(lemma, tag=tag, inflect_oov=True) if lemma else ()
    return forms[0] if forms else lemma
