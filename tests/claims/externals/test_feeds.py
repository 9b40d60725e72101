"""A feed comes apart into its entries, whatever its shape, and no damage reaches beyond its own entry."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.claimreviews import Fault, Review, read_claimreviews
from claims.claimreviews.window import HELD, LONGEST
from tests.claims.externals.feeds import feed, item, numbers, read, record

LINES = "\n".join(json.dumps(record(n)) for n in (1, 2, 3))


@pytest.mark.parametrize(
    "text",
    [
        feed(item(record(1)), item(record(2)), item(record(3))),
        feed(item(record(1), record(2)), item(record(3))),
        feed(record(1), record(2), record(3)),
        feed({**item(), "item": record(1)}, item(record(2)), item(record(3))),
        json.dumps(json.loads(feed(item(record(1)), item(record(2)), item(record(3)))), indent=2),
        json.dumps([record(1), record(2), record(3)]),
        json.dumps({"@graph": [{"@type": "WebPage", "name": "x"}, record(1), record(2), record(3)]}),
        json.dumps(
            {
                "@context": "https://schema.org",
                "@type": "DataFeed",
                "dataFeedElement": item(record(1), record(2), record(3)),
            }
        ),
        LINES,
        LINES.replace("\n", "\r\n\r\n"),
        LINES.replace("\n", ",\n"),
        f"{feed(item(record(1)))}\n{feed(item(record(2)), item(record(3)))}",
        "\ufeff" + LINES,
    ],
)
def test_every_shape_of_feed_gives_its_entries_in_order(text):
    assert numbers(text) == ["1", "2", "3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_feed_is_read_in_the_encoding_that_it_is_in(encoding):
    text = json.dumps(record(claimReviewed="Café “Aller” closed."), ensure_ascii=False)

    (entry,) = read(text.encode(encoding))

    assert entry.claim_text == "Café “Aller” closed."


@pytest.mark.parametrize(
    "junk",
    [
        "42",
        "null",
        "NaN",
        '"a string, with a comma"',
        "words without quotes",
        "{}",
        "[]",
        '{"@type": "WebPage"}',
        '{"item": null}',
        '{"item": [null, 3]}',
        '{"@type": "ClaimReview"}',
        '{"a": 1,}',
        "{'a': 1}",
        '{"a" 1}',
        '{"@type": "ClaimReview", "url": tru}',
        '{"claimReviewed": "x", "n": ' + "9" * 5_000 + "}",
        '{"a":' * 1_000 + "1" + "}" * 1_000,
        "[" * 100_000,
        "]" * 1_000,
        "}}",
        '{"a": "no end of the string}',
        '{"a": {"b": 1',
        '"a": 1}',
        '{"@type": "DataFeedItem", "item": [{"@type": "ClaimReview", "url": "https:',
        '{"@type": "DataFeedItem", "item": [{"@type": "ClaimReview", "author": {"name": "x"}]}',
        "\\",
        '"',
        '\\"\\"\\"',
    ],
)
def test_junk_in_a_feed_costs_no_entry_behind_it(junk):
    good = [json.dumps(item(record(n))) for n in (1, 2, 3)]
    text = '{"dataFeedElement": [' + ",".join([good[0], junk, good[1], good[2]]) + '], "name": "x"}'

    found = numbers(text)

    assert [number for number in found if number != "broken"] == ["1", "2", "3"]
    assert found.count("broken") == (0 if set(junk) <= set("]}") else 1)


@pytest.mark.parametrize(
    "line", ["words", "42", "{", json.dumps(record(9))[:-1], json.dumps(record(9))[:60], '{"a": 1}', '"x', "[1, 2]"]
)
def test_a_broken_line_costs_itself_alone_and_is_named_by_its_number(line):
    found = read(f"{LINES}\n{line}\n{line}\n{LINES}")

    assert [entry.line for entry in found if isinstance(entry, Fault)] == [4, 5]
    assert len(found) == 8


def test_a_feed_that_ends_in_the_middle_gives_what_came_before():
    whole = feed(item(record(1)), item(record(2)))

    found = read(whole[: whole.index("cost 2 million")])

    assert isinstance(found[0], Review)
    assert str(found[1]) == "Entry 2 (line 1): The feed ends in the middle of it."
    assert len(found) == 2


@pytest.mark.parametrize(
    "text", ["", " \n ", "{}", "[]", '{"dataFeedElement": []}', "no JSON at all", "<html>", "42", "\x00"]
)
def test_what_holds_nothing_gives_nothing(text):
    assert not any(isinstance(entry, Review) for entry in read(text))


def test_an_entry_that_is_too_long_is_named_and_the_next_one_read():
    long = {**item(record(1)), "text": "{" * 10_000_000}

    found = read(feed("y" * 10_000_000, item(record(2)), {"item": None, "text": "z" * LONGEST}, long, item(record(3))))

    assert [entry.url[-1] for entry in found if isinstance(entry, Review)] == ["2", "1", "3"]
    assert [entry.n for entry in found if isinstance(entry, Fault)] == [1, 3]


def test_a_long_feed_is_never_held_whole():
    element = json.dumps(item({**record(1), "reviewBody": "word " * 2_000}))
    file = Endless(f'{{"dataFeedElement": [{element}', f",{element}", times=1_500)  # 16 MB

    tracemalloc.start()
    count = sum(isinstance(entry, Review) for entry in read_claimreviews(file))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 1_501
    assert most < 12 * HELD


class Endless(io.RawIOBase):
    """A file that makes itself up while it is read."""

    def __init__(self, head: str, again: str, *, times: int) -> None:
        self.left, self.again, self.times = head.encode(), again.encode(), times

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < size and self.times:
            self.left, self.times = self.left + self.again, self.times - 1
        part, self.left = self.left[:size], self.left[size:]
        return part


PIECES = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "\n",
    "null",
    "1e999",
    '"@type"',
    '"ClaimReview"',
    '"dataFeedElement"',
    '"item"',
    '"url"',
    '"https://a.example/1"',
    "\x00",
    "\ud83d",
    "\u202e",
    json.dumps(record(1)),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.binary(max_size=300))
def test_no_bytes_stop_the_reader_and_what_it_gives_is_storable(made):
    bytes_of = made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")

    for entry in read(bytes_of):
        if isinstance(entry, Review):
            assert entry.url.startswith(("http://", "https://"))
            assert entry.claim_text
            assert "\x00" not in json.dumps(entry.raw, allow_nan=False)
            json.dumps(entry.raw, ensure_ascii=False).encode()  # no lone surrogates


NAMES = st.sampled_from(["@type", "@value", "name", "url", "alternateName", "datePublished", "author", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "url",
    "claimReviewed",
    "author",
    "reviewRating",
    "itemReviewed",
    "datePublished",
    "inLanguage",
    "headline",
    "name",
]


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.sampled_from([None, 1]))
def test_whatever_the_fields_of_a_record_hold_its_neighbours_are_read(fields, indent):
    elements = [item(record(1)), item({**record(2), **fields}), item(record(3))]

    found = read(json.dumps({"dataFeedElement": elements}, indent=indent))

    assert len(found) == 3
    assert [found[0].url[-1], found[2].url[-1]] == ["1", "3"]
