"""Fact-checks of others, from a feed of their ClaimReview records. Pure: bytes in, plain data out."""

from collections.abc import Iterator
from typing import BinaryIO

from claims.claimreviews.characters import characters
from claims.claimreviews.pieces import Fault, pieces
from claims.claimreviews.records import Review, read_review, records_in

__all__ = ["Fault", "Review", "read_claimreviews"]


def read_claimreviews(file: BinaryIO) -> Iterator[Review | Fault]:
    """Give every fact-check in a feed, in its order, and a Fault for each entry that is none.

    The feed: a schema.org DataFeed, a list, an @graph, a single ClaimReview, or any of these one a line. However long
    it is, at most some MB of it are held. What is damaged costs its own entry, or the stretch up to the next entry
    that can be read; nothing is raised for what the bytes say.
    """
    for piece in pieces(characters(file)):
        if isinstance(piece, Fault):
            yield piece
            continue
        found = False
        for record, url in records_in(piece.value):
            found = True
            review = read_review(record, url)
            yield Fault(piece.n, piece.line, review) if isinstance(review, str) else review
        if not found and piece.is_entry:
            yield Fault(piece.n, piece.line, "It holds no ClaimReview.")
