"""A record is read in every shape that publishers write it in, and what it says is made plain."""

from datetime import date

import pytest

from claims.claimreviews.records import LONGEST_CLAIM, LONGEST_URL
from tests.claims.externals.feeds import feed, read, reason, record, review


def test_a_record_gives_all_its_fields():
    entry = review(
        headline="No, the ferry was cheaper",
        inLanguage="en-GB",
        itemReviewed={
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Pia Lund"},
            "datePublished": "2026-02-28T10:00:00Z",
        },
    )

    assert entry.url == "https://harben-checks.example/1"
    assert (entry.publisher, entry.publisher_site) == ("Harben Checks", "harben-checks.example")
    assert entry.title == "No, the ferry was cheaper"
    assert entry.claim_text == "The ferry to Harben cost 1 million euros."
    assert (entry.claimant, entry.claimed_on) == ("Pia Lund", date(2026, 2, 28))
    assert (entry.rating, entry.reviewed_on, entry.language) == ("False", date(2026, 3, 4), "en-gb")
    assert entry.raw["reviewRating"]["bestRating"] == 5


@pytest.mark.parametrize(
    ("author", "publisher"),
    [
        ("Harben Checks", "Harben Checks"),
        ({"@type": "Organization", "name": "Harben Checks"}, "Harben Checks"),
        ([{"name": "Ann"}, "Bo", {"name": "Ann"}], "Ann, Bo"),
        ({"name": {"@value": "Harben Checks", "@language": "en"}}, "Harben Checks"),
        ({"@type": "Organization", "url": "https://elsewhere.example/"}, "harben-checks.example"),
        (None, "harben-checks.example"),
        (7, "7"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_the_publisher_is_named_as_the_record_has_it_or_else_by_the_site(author, publisher):
    assert review(author=author).publisher == publisher


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"alternateName": "Mostly false", "name": "x", "ratingValue": 2}, "Mostly false"),
        ({"name": "Misleading"}, "Misleading"),
        ({"alternateName": ["Falsch", "False"]}, "Falsch"),
        ({"ratingExplanation": "No evidence."}, "No evidence."),
        ({"ratingValue": 2, "bestRating": "5"}, "2/5"),
        ({"ratingValue": 0.5}, "0.5"),
        ([{"alternateName": "False"}], "False"),
        ("False", "False"),
        ({"alternateName": "long " * 100}, ("long " * 60)[:299].rstrip() + "…"),
    ],
)
def test_the_rating_is_their_words_or_else_their_number(rating, words):
    assert review(reviewRating=rating).rating == words


@pytest.mark.parametrize(
    ("item", "claimant", "day"),
    [
        ({"@type": "CreativeWork", "author": {"name": "Pia Lund"}, "datePublished": "2026-03-01"}, "Pia Lund", 1),
        ({"author": "Pia Lund", "firstAppearance": {"datePublished": "2026-03-02"}}, "Pia Lund", 2),
        (
            {
                "author": ["Pia", {"name": "Ole"}],
                "appearance": [
                    {"datePublished": "2026-03-04"},
                    {"datePublished": "2026-03-03"},
                    "https://a.example/",
                    None,
                ],
            },
            "Pia, Ole",
            3,
        ),
        ([{"author": {"name": "Pia Lund"}, "datePublished": "2026/3/5 10:00"}], "Pia Lund", 5),
        ({"datePublished": "0001-01-01T00:00:00Z"}, "", None),
        ({"datePublished": "2026-02-30"}, "", None),
        ({"datePublished": "last week"}, "", None),
        ("https://a.example/", "", None),
        (None, "", None),
    ],
)
def test_who_claimed_it_and_when_is_found_in_each_shape(item, claimant, day):
    entry = review(itemReviewed=item)

    assert entry.claimant == claimant
    assert entry.claimed_on == (day and date(2026, 3, day))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Tom &amp; Ann&#8217;s <b>ferry</b>", "Tom & Ann’s ferry"),
        ("&amp;quot;Cheap&amp;quot;", '"Cheap"'),
        ("<p>One.</p><p>Two.</p>line<br>end", "One. Two. line end"),
        ("<script>alert(1)</script>Seen", "Seen"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Seen", "Seen"),
        ("5 < 6 and 7 > 6, <5%", "5 < 6 and 7 > 6, <5%"),
        (" two\n\n lines\t", "two lines"),
        ("evil\u202eslaf\u202c \u2066x\u2069 a\u200bb\ufeff", "evilslaf x ab"),
        ("a\x00b\x07c\ud83dd", "abcd"),
        ({"@value": "Said", "@language": "en"}, "Said"),
        (["Said", "Again"], "Said"),
    ],
)
def test_what_was_checked_is_plain_text_on_one_line(written, text):
    assert review(claimReviewed=written).claim_text == text


def test_a_claim_is_found_in_the_item_where_the_record_has_none():
    entry = review(claimReviewed=None, itemReviewed={"@type": "Claim", "text": "The ferry is late."})

    assert entry.claim_text == "The ferry is late."


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (
            "HTTPS://Harben-Checks.example:443/a/../1?utm_source=x&id=2#claim-3",
            "https://harben-checks.example/1?id=2#claim-3",
        ),
        ({"@id": "https://a.example/1"}, "https://a.example/1"),
        ([None, "http://a.example/1"], "http://a.example/1"),
        (" https://a.example/ü#ü\u202e ", "https://a.example/%C3%BC#%C3%BC"),
    ],
)
def test_an_address_is_kept_in_one_spelling_with_its_fragment(url, kept):
    assert review(url=url).url == kept


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"url": None}, "It has no address."),
        (
            {"url": "javascript:alert(1)"},
            "Its address cannot be used. The address must begin with http:// or https://.",
        ),
        ({"url": "data:text/html,x"}, "must begin with http"),
        ({"url": "https://user:word@a.example/"}, "user name or password"),
        ({"url": "http://localhost/x"}, "not on the public internet"),
        ({"url": "/only/a/path"}, "must begin with http"),
        ({"url": "https://a.example/" + "x" * LONGEST_URL}, "Its address is longer than 1,950 characters."),
        ({"url": "https://a.example/" + "ü" * 1_000}, "longer than"),
        ({"claimReviewed": "", "itemReviewed": None}, "It does not say what was checked."),
        ({"claimReviewed": "<p> </p>", "itemReviewed": {}}, "It does not say what was checked."),
        ({"claimReviewed": "x" * (LONGEST_CLAIM + 1)}, "What was checked is longer than 5,000 characters."),
        ({"reviewRating": None}, "It has no rating."),
        ({"reviewRating": {"alternateName": " ", "bestRating": 5}}, "It has no rating."),
    ],
)
def test_a_record_that_cannot_be_used_says_why(fields, why):
    assert why in reason(**fields)


def test_an_address_that_only_the_element_of_the_feed_has_is_taken():
    (entry,) = read(feed({"url": "https://a.example/1", "item": [record(url=None)]}))

    assert entry.url == "https://a.example/1"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("de", "de"),
        ("pt_BR", "pt-br"),
        ("English", ""),
        ({"@type": "Language", "name": "French", "alternateName": "fr"}, "fr"),
        (["x" * 40, "en"], "en"),
        (5, ""),
    ],
)
def test_a_language_is_a_code_or_nothing(said, code):
    assert review(inLanguage=said).language == code


@pytest.mark.parametrize(
    "kind", ["ClaimReview", ["Review", "ClaimReview"], "http://schema.org/ClaimReview", "schema:ClaimReview", None]
)
def test_a_claimreview_is_known_by_its_type_or_without_one_by_its_claim(kind):
    assert review(**{"@type": kind}).rating == "False"


def test_the_record_is_kept_as_it_came_but_for_what_a_database_cannot_hold():
    entry = review(extra={"a\x00": "b\x00\ud800", "n": [float("nan"), float("inf"), 1e300, 2.5, True]})

    assert entry.raw["extra"] == {"a": "b", "n": [None, None, "1e+300", 2.5, True]}
