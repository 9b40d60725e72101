"""ClaimReview records and feeds of them, as publishers write them."""

import io
import json
from typing import Any

from claims.claimreviews import Fault, Review, read_claimreviews


def record(n: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://harben-checks.example/{n}",
        "claimReviewed": f"The ferry to Harben cost {n} million euros.",
        "author": {"@type": "Organization", "name": "Harben Checks", "url": "https://harben-checks.example/"},
        "datePublished": "2026-03-04",
        "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Pia Lund"}},
        **fields,
    }


def item(*records: Any) -> dict[str, Any]:
    return {"@type": "DataFeedItem", "item": list(records)}


def feed(*elements: Any) -> str:
    """A DataFeed as Data Commons has it, with things it says of itself before and behind its entries."""
    return json.dumps(
        {
            "@type": "DataFeed",
            "dataFeedElement": list(elements),
            "name": "Fact checks",
            "publisher": {"name": "Somebody"},
        }
    )


def read(text: str | bytes) -> list[Review | Fault]:
    return list(read_claimreviews(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def numbers(text: str | bytes) -> list[str]:
    """For each entry in turn the last part of its address, or "broken"."""
    return [entry.url.rpartition("/")[2] if isinstance(entry, Review) else "broken" for entry in read(text)]


def review(**fields: Any) -> Review:
    """What one record says."""
    (entry,) = read(json.dumps(record(**fields)))
    assert isinstance(entry, Review), entry
    return entry


def reason(**fields: Any) -> str:
    """Why one record cannot be used."""
    (entry,) = read(json.dumps(record(**fields)))
    assert isinstance(entry, Fault), entry
    return entry.reason
