from collections.abc import Callable

import pytest

from claims.extraction import Candidate, extract_claims, load_model
from claims.extraction.parsing import parse
from claims.extraction.tree import Tree


@pytest.fixture(scope="session", autouse=True)
def _model() -> None:
    load_model()


@pytest.fixture
def tree() -> Callable[[str], Tree]:
    return lambda sentence: next(iter(parse([sentence])))


@pytest.fixture
def texts() -> Callable[[str], list[str]]:
    """The claims of a text, in their own words."""
    return lambda text: [candidate.text for candidate in extract_claims(text)]


@pytest.fixture
def only() -> Callable[[str], Candidate]:
    """The one claim of a text."""

    def find(text: str) -> Candidate:
        (candidate,) = extract_claims(text)
        return candidate

    return find
