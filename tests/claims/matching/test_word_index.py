import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.word_index import WordIndex, stems

CLAIMS = ["The dam was closed.", "The dam in Porto was opened.", "Exports to Chile grew.", ""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voting votes voted", ["vote", "vote", "vote"]),
        ("1,377 dams, 3.5% of 12", ["1377", "dam", "3.5", "of", "12"]),
        ("the minister’s dam", ["the", "minist", "dam"]),
        ("", []),
    ],
)
def test_words_are_cut_to_their_stems(text, found):
    assert stems(text) == found


def test_rare_words_count_for_more_than_common_ones():
    overlap = WordIndex(CLAIMS).overlap(stems("the Porto"))

    assert overlap.bm25.argmax() == 1
    assert overlap.cover[1] == pytest.approx(1)
    assert 0 < overlap.cover[0] < 0.5


def test_a_word_of_no_claim_counts_as_not_covered():
    index = WordIndex(CLAIMS)

    assert index.overlap(stems("Porto zeppelin")).cover[1] < index.overlap(stems("Porto")).cover[1] == 1


def test_the_same_words_are_as_alike_as_can_be():
    overlap = WordIndex(CLAIMS).overlap(stems(CLAIMS[1]))

    assert overlap.cosine[1] == pytest.approx(1)
    assert overlap.cosine[3] == 0


def test_an_empty_collection_and_an_empty_query_share_nothing():
    assert WordIndex([]).overlap(stems("dam")).bm25.tolist() == []
    assert WordIndex(CLAIMS).overlap([]).cover.tolist() == [0, 0, 0, 0]


@given(claims=st.lists(st.text(max_size=40), max_size=5), query=st.text(max_size=40))
def test_shares_stay_between_nothing_and_all(claims, query):
    overlap = WordIndex(claims).overlap(stems(query))

    for shares in (overlap.cover, overlap.cosine):
        assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)
