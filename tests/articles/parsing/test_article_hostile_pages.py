"""Pages made to stop a worker: each is read or refused, and soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.exceptions import ArticleError, RefusedText
from articles.parsing import parse_file, parse_html
from articles.parsing.html import WHOLE_PAGE
from tests.articles.parsing.conftest import PARAGRAPHS, page

ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def read(markup: str) -> str:
    try:
        return parse_html(markup.encode()).text
    except RefusedText as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + ARTICLE,
        "<html><body>" + "<p>" * 200_000,
        "<html><body>" + "<p>" * 600_000,
        "<b>" * 500_000,
        "<a" * 500_000,
        "<" * 1_000_000,
        "<html><body>" + "<br>word" * 100_000,
        "<html><body><table>" + "<tr><td>word" * 60_000,
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "a">{ENTITIES}]><html><body>{ARTICLE}<p>&a9;',
        '<?xml version="1.0" encoding="utf-16"?><html xmlns="x:y"><p>&undefined; <![CDATA[ <p> </ html>' + ARTICLE,
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>&a;</p>' + ARTICLE,
        page(head="<title>" + "a|" * 500_000 + "</title>"),
        page(head=f'<meta name="author" content="{"a, " * 100_000}">'),
        page(head='<script type="application/ld+json">' + '{"@type":"Article","author":[' * 50_000 + "</script>"),
        page(head=('<script type="application/ld+json">' + '"author":"a",' * 2_000 + "</script>") * 100),
        page(head='<meta property="article:published_time" content="' + "2020-01-" * 200_000 + '">'),
        page("word " * 500_000),
        page("a" * 1_000_000, *PARAGRAPHS),
        page("a" + "\u0301\u0316" * 500_000, *PARAGRAPHS),
        page(" " * 2_000_000 + "x", *PARAGRAPHS),
        page("<!--" * 500_000, *PARAGRAPHS),
        f'<html lang="{"a" * 200_000}"><body class="{"b " * 200_000}">{ARTICLE}',
    ],
    ids=[
        "deep", "p", "more p", "b", "open tags", "brackets", "br", "table", "entities", "bad xml", "outside entity",
        "title", "author", "json", "authors", "date", "words", "one word", "marks", "spaces", "comments", "attributes",
    ],
)  # fmt: skip
def test_a_hostile_page_is_read_or_refused_soon(markup):
    started = time.monotonic()

    text = read(markup)

    assert "root:" not in text
    assert len(text) <= 5_000_000
    assert time.monotonic() - started < 10


def test_a_page_of_too_many_elements_gives_all_its_text_with_a_note():
    markup = page("<br>word" * 60_000, PARAGRAPHS[0], head="<title>Ferries</title><style>p {}</style>")

    article = parse_html(markup.encode())

    assert article.notes == (WHOLE_PAGE,)
    assert article.title == "Ferries"
    assert article.text.startswith("Home\nword\nword\n")
    assert article.text.endswith(f"word\n{PARAGRAPHS[0]}\nAll rights reserved")


def test_a_page_over_ten_megabytes_is_refused():
    with pytest.raises(RefusedText, match="10 MB"):
        parse_html(b"a" * 10_000_001)


markup = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from(
            ["<html>", "<html lang='", "<body>", "<p>", "</p>", "<article>", "<", ">", "&#x", "&#0;", "&#xd800;",
             "<!--", "]]>", "<title>", "<meta charset=", "<meta name='author' content='", "<time datetime='",
             "2020-13-01", "<?xml ", "\x00", "<script type='application/ld+json'>", '{"@type": "Article", "author": ',
             "[", "{", "null", "</script>", "'>", "<link rel='canonical' href='http://[", "<table>", "<td colspan='9'>",
             PARAGRAPHS[0], "\u202e", "<svg>", "<!DOCTYPE"]
        ),
        max_size=25,
    ).map(lambda parts: "".join(parts).encode()),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(markup, st.sampled_from(["a.html", "a", "a.txt", "a.doc"]))
def test_any_file_is_an_article_or_is_refused(body, name):
    try:
        article = parse_file(name, body)
    except ArticleError:
        return

    for field in (article.text, article.title, article.byline, article.site_name, article.canonical_url):
        field.encode()
        assert "\x00" not in field


def test_a_page_that_is_one_open_tag_inside_a_drawing_is_refused():
    with pytest.raises(RefusedText):
        parse_html(b"<svg><html")
