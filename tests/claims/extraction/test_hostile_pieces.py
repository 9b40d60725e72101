"""Texts put together at random out of what the rules look for: nothing raises, quotes are exact, trees stay trees."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import Candidate, read_text
from claims.extraction.mending import mend
from claims.extraction.parsing import parse
from claims.extraction.splitting import split

PIECES = st.sampled_from(
    [
        "Oslo Port", "— which runs the docks —", "—", " -- ", "-- [laughter] --", "; ", "OSLO, March 14 (Wire) -",
        "VIENNA —", "“We cut 400 jobs,”", "“I sold it", "Ms Okoro told reporters.", "she said,",
        "said Tom Berg, 45,", "according to", "The dam burst,", "sending water into 300 homes",
        "killing 20 and destroying 300", "making it poor", "Founded in 1990,", "Having sold 20 ships,",
        "Having been fined,", "Despite losing 40 seats,", "bought two mines, sold 20 ships and left",
        "agreed to pay $5 million and to close 12 branches",
        "a dividend of 6 crowns a share and a buyback of up to 4%", "where turnout rose", "when floods killed 80,",
        "in which 30 died", "whose profit fell 20%", "its largest owner, Acme Corp,", "(which employs 3,000)", "()",
        "the minister", "The minister, Ann Lee,", "Mr Berg", "He", "it", "its", "They", "those", "the two countries",
        "the company", "that claim", "and called on Norway to", "while", "after", "as it faced a crisis",
        "adding that", "Norway’s decision to close 28 schools", ".", "?", "”", "“", "\n", "\n\n", "\ud800", "🙂",
        "\u200b",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
    st.lists(PIECES, max_size=14).map(lambda pieces: " ".join(pieces) + "."),
)
UNHURRIED = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(TEXTS)
def test_no_text_raises_and_every_quote_is_exact(text):
    for found in read_text(text):
        assert text[found.start : found.end] == found.quote
        if isinstance(found, Candidate):
            assert found.sentence_start <= found.start < found.end <= found.sentence_end
            assert found.text.strip() == found.text
            assert found.text


@UNHURRIED
@given(TEXTS)
def test_a_tree_stays_a_tree_whatever_is_mended(text):
    for tree in parse([text]):
        for part in (tree, *tree.asides, *([tree.said_by] if tree.said_by else [])):
            mend(part)

            tops = [token for token in range(len(part)) if part.head[token] == token]
            below = sorted(token for top in tops for token in part.subtree(top))
            assert below == list(range(len(part)))


@UNHURRIED
@given(TEXTS)
def test_every_word_of_a_claim_is_a_token_of_its_sentence(text):
    for tree in parse([text]):
        for draft in split(tree):
            tokens = [part for part in draft.parts if isinstance(part, int)]
            assert set(tokens) <= set(range(len(draft.tree)))
            assert draft.own
            assert all(draft.tree.starts[token] >= 0 for token in draft.own)
