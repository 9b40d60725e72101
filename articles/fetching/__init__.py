"""An address to bytes: public hosts only, capped in size and time. Knows no Django; settings come as arguments."""

from articles.fetching.addresses import normalise_address
from articles.fetching.answers import READABLE
from articles.fetching.client import FetchedPage, FetchLimits, fetch
from articles.fetching.sending import post

__all__ = ["READABLE", "FetchLimits", "FetchedPage", "fetch", "normalise_address", "post"]
