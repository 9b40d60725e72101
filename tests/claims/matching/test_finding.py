import pytest

from claims.matching import Decision
from claims.matching.encoding import load_encoder
from claims.matching.finding import Collection, Statement

CLAIMS = [
    Statement("Poland accepted 1.5 million Ukrainian refugees."),
    Statement("The bridge in Porto was closed for 4 months.", "How long was the bridge closed?"),
    Statement("The law bans smoking in restaurants."),
    Statement("Exports to Chile grew by 20 percent in 2019."),
    Statement("A photograph shows a man on the moon.", "Is This Neil Armstrong?"),
]
ENCODERS = pytest.mark.parametrize("encoder", [load_encoder(), None], ids=["encoder", "words alone"])


def found(collection, text, **options):
    (matches,) = collection.find([Statement(text)], **options)
    return matches


@ENCODERS
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1.5 million refugees from Ukraine were taken in by Poland.", 0),
        (
            "Porto’s bridge stays shut for four months!! #PortoBridge https://t.co/x — Ann (@ann) May 3, 2017",
            1,
        ),
        ("Smoking in restaurants is against the law", 2),
        ("Neil Armstrong, is that you?", 4),
    ],
)
def test_the_claim_that_is_meant_comes_first(encoder, text, place):
    matches = found(Collection(CLAIMS, encoder), text)

    assert matches[0].place == place
    assert [match.similarity for match in matches] == sorted((match.similarity for match in matches), reverse=True)


def test_other_words_for_the_same_are_found_by_meaning():
    matches = found(Collection(CLAIMS, load_encoder()), "Cigarettes are forbidden where people dine")

    assert matches[0].place == 2


def test_the_same_claim_is_near_1_and_one_that_is_not_there_near_0():
    collection = Collection(CLAIMS, load_encoder())

    assert found(collection, "The law bans smoking in restaurants.")[0].similarity > 0.95
    assert found(collection, "The moon landing cost $25 billion.")[0].similarity < 0.5


def test_what_is_the_same_comes_before_what_only_looks_like_it():
    claims = [
        Statement("The bridge was closed for 4 months."),
        Statement("The bridge stayed closed for fourteen months."),
    ]

    first, second = found(Collection(claims, load_encoder()), "The bridge was closed for 14 months.")

    assert (first.place, first.comparison.decision) == (1, Decision.SAME)
    assert (second.place, second.comparison.decision) == (0, Decision.DIFFERENT)
    assert [one.kind for one in second.comparison.differences] == ["number"]
    assert first.similarity > 0.9 > second.similarity


@ENCODERS
def test_claims_of_the_same_words_come_together_in_the_order_of_the_collection(encoder):
    claims = [*CLAIMS, Statement("“The law” bans smoking in restaurants", "Smoke-Free"), *CLAIMS]

    matches = found(Collection(claims, encoder), "The law bans smoking in a restaurant.", top=3)

    assert [match.place for match in matches] == [2, 5, 8]
    assert len({match.similarity for match in matches}) == 1


@ENCODERS
@pytest.mark.parametrize("text", ["", " \n", "?!", "😀"])
def test_a_query_without_a_word_finds_nothing(encoder, text):
    assert found(Collection(CLAIMS, encoder), text) == []


@ENCODERS
def test_a_claim_without_a_word_is_never_found(encoder):
    collection = Collection([Statement("", "Smoking in restaurants"), *CLAIMS, Statement("?!")], encoder)

    assert {match.place for match in found(collection, "smoking in restaurants", top=9)} <= {1, 2, 3, 4, 5}


@ENCODERS
@pytest.mark.parametrize(
    "text",
    [
        "dam",
        "word " * 5_000,
        "x" * 100_000,
        "dam" + " " * 1_000_000 + "dam",
        "Il ponte è chiuso da 4 mesi.",
        "\x00 \ud83d a",
    ],
)
def test_no_text_is_too_odd_to_be_looked_for(encoder, text):
    assert all(0 <= match.similarity <= 1 for match in found(Collection(CLAIMS, encoder), text))


@ENCODERS
def test_a_collection_may_have_one_claim_or_none(encoder):
    alone = Collection([Statement("The law bans smoking in restaurants.")], encoder)

    assert found(Collection([], encoder), "smoking") == []
    assert found(alone, "The law bans smoking in restaurants.")[0].similarity > 0.95
    assert all(match.similarity < 0.5 for match in found(alone, "The dam was opened in May."))


def test_no_more_than_asked_for_are_given():
    assert len(found(Collection(CLAIMS, load_encoder()), "The law", top=2)) == 2


def test_answers_come_in_the_order_of_the_queries_however_many_there_are():
    collection = Collection(CLAIMS, None)

    answers = list(collection.find([CLAIMS[number % 4] for number in range(150)], top=1))

    assert [matches[0].place for matches in answers] == [number % 4 for number in range(150)]
