"""HTML pages: the article and what the page says about it."""

import json
from dataclasses import dataclass
from datetime import date

import pytest

from articles.exceptions import RefusedText
from articles.parsing import parse_file, parse_html, parse_page
from articles.parsing.characters import one_line
from tests.articles.parsing.conftest import PARAGRAPHS, page

TODAY = date(2026, 11, 23)
DESCRIBED = """
<title>Ferries fail | The Westmouth Post</title><meta property="og:title" content="Five ferries &amp; a mayor">
<meta name="author" content="Jo Reed"><meta property="og:site_name" content="The Westmouth Post">
<meta property="article:published_time" content="2026-11-20T10:00:00Z">
<link rel="canonical" href="https://post.example/ferries">
"""


def test_a_page_gives_its_article_and_leaves_its_menus():
    article = parse_html(page(head=DESCRIBED).encode(), url="https://post.example/ferries?x=1", today=TODAY)

    assert article.text == "\n".join(PARAGRAPHS)
    assert article.title == "Five ferries & a mayor"
    assert article.byline == "Jo Reed"
    assert article.site_name == "The Westmouth Post"
    assert article.published_on == date(2026, 11, 20)
    assert article.language == "en"
    assert article.canonical_url == "https://post.example/ferries"
    assert article.notes == ()


def test_what_a_page_does_not_say_stays_empty():
    article = parse_html(page().encode(), url="https://post.example/ferries", today=TODAY)

    assert (article.title, article.byline, article.published_on, article.canonical_url) == ("", "", None, "")


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2026-11-25", date(2026, 11, 25)), ("2026-11-26", None), ("2999-01-01", None), ("1899-12-31", None),
        ("1000-01-01", None), ("tomorrow", None), ("2026-02-30", None), ("", None),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_left_out(published, kept):
    head = f'<meta property="article:published_time" content="{published}T10:00:00Z">'

    assert parse_html(page(head=head).encode(), today=TODAY).published_on == kept


def test_a_date_in_the_text_is_not_taken_for_the_date_of_the_article():
    assert (
        parse_html(page(*PARAGRAPHS, "The treaty of 12 March 2019 was signed.").encode(), today=TODAY).published_on
        is None
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-03", None), ("2026-03-01", date(2026, 3, 1)), ("1 March 2026", date(2026, 3, 1)),
        ("March 1, 2026", date(2026, 3, 1)), ("March 2026", None), ("2026-03-15", date(2026, 3, 15)),
        ("20260315", date(2026, 3, 15)), ("15.3.2026", date(2026, 3, 15)), ("15. März 2026", date(2026, 3, 15)),
    ],
)  # fmt: skip
def test_a_month_without_a_day_is_given_none(said, kept):
    markup = page(head=f'<meta name="date" content="{said}">')

    assert parse_html(markup.encode(), today=TODAY).published_on == kept


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("A \u202eb\u2066c\x07\u200b d", "A bc d"),
        ("A\n\nb\tc\u2028d", "A b c d"),
        ("x" * 5_000, "x" * 300),
        ("x" * 299 + " y", "x" * 299),
        ("\ud800Ferries\uffff", "Ferries"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (None, ""),
    ],
)
def test_titles_and_names_are_one_visible_line(written, shown):
    assert one_line(written) == shown


def test_a_title_in_hidden_data_is_cleaned_too():
    about = json.dumps(
        {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "\ud800Five \u202eferries"}
    )

    article = parse_html(page(head=f'<script type="application/ld+json">{about}</script>').encode(), today=TODAY)

    assert article.title == "Five ferries"


def test_a_long_but_proper_description_is_read():
    about = {"@type": "NewsArticle", "articleBody": "word " * 20_000, "datePublished": "2026-11-20"}

    article = parse_html(
        page(head=f'<script type="application/ld+json">{json.dumps(about)}</script>').encode(), today=TODAY
    )

    assert article.published_on == date(2026, 11, 20)


def test_a_script_end_in_the_title_is_only_text():
    article = parse_html(page(head="<title>Ferries </script> fail</title>").encode(), today=TODAY)

    assert "Ferries" in article.title
    assert article.text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "/relative", "https://e.example/" + "a" * 3000]
)
def test_a_canonical_address_that_is_none_is_left_out(address):
    article = parse_html(page(head=f'<link rel="canonical" href="{address}">').encode(), today=TODAY)

    assert article.canonical_url == ""


def test_a_page_is_not_sent_on_by_its_own_markup():
    head = '<meta http-equiv="refresh" content="0;url=http://127.0.0.1/"><base href="http://127.0.0.1/">'

    assert parse_html(page(head=head).encode(), today=TODAY).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "body", [b"", b" ", b"<html></html>", b"<html><body><script>let a = 'word'</script></body></html>", b"\x00"]
)
def test_a_page_without_an_article_is_refused(body):
    with pytest.raises(RefusedText):
        parse_html(body)


def test_a_lone_fragment_is_a_page():
    assert parse_html(f"<p>{PARAGRAPHS[0]}</p>".encode()).text == PARAGRAPHS[0]


def test_references_to_impossible_characters_leave_nothing_behind():
    references = "&#0;&#xD800;&#7;&#x0b;&#x1F;&#xFFFF;&#65535;&#127;&#x110000;"
    article = parse_html(page(f"{PARAGRAPHS[0]} a{references}&#65;&#x7e;&#32;&#160;&#1234;", *PARAGRAPHS[1:]).encode())

    article.text.encode()
    assert not set("\x00\x07\x0b\x1f\x7f\uffff") & set(article.text)
    assert "A~ \u04d2" in " ".join(article.text.split())


def test_files_are_read_by_their_name_and_without_one_by_what_they_hold():
    for name in ("a.html", "a.HTM", "a", ""):
        assert parse_file(name, page().encode()).text == "\n".join(PARAGRAPHS)
    for name in ("a.txt", "notes"):
        assert parse_file(name, b"One\r\ntwo").text == "One\r\ntwo"
    assert parse_file("a.txt", b"<p>One").text == "<p>One"


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.pdf", b"%PDF-1.7", "a PDF document"), ("a.txt", b"%PDF-1.7", "a PDF document"), ("a.exe", b"MZ", "(.exe)"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "an image"), ("a", b"PK\x03\x04", "an archive"), ("a.docx", b"x", "(.docx)"),
        ("a.\u202ecod\x00", b"x", "(.cod)"), ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "a video"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_by_name(name, body, kind):
    with pytest.raises(RefusedText) as refusal:
        parse_file(name, body)

    assert kind in str(refusal.value)
    assert "Files that can be read: txt, html, htm." in str(refusal.value)


@dataclass(frozen=True)
class Fetched:
    body: bytes
    content_type: str = ""
    charset: str = ""
    final_url: str = "https://post.example/a"


def test_a_fetched_page_is_read_by_its_type_and_without_one_by_what_it_holds():
    html = page().encode()

    assert parse_page(Fetched(html, "text/html")).text == "\n".join(PARAGRAPHS)
    assert parse_page(Fetched(html)).text == "\n".join(PARAGRAPHS)
    assert parse_page(Fetched(b"One\r\ntwo")).text == "One\r\ntwo"
    assert parse_page(Fetched(b"<p>One", "text/plain")).text == "<p>One"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"%PDF-1.4", "a PDF document"),
        (b"\x1f\x8b\x08", "a packed file"),
        (b"a\x00\x01", "unknown"),
    ],
)
def test_a_fetched_image_or_document_is_refused_by_name(body, kind):
    with pytest.raises(RefusedText, match=kind):
        parse_page(Fetched(body))
