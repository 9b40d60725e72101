"""HTML pages: the article's text without menus and comments, and what the page says about it."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from lxml import etree

from articles.exceptions import RefusedText
from articles.parsing.article import ParsedArticle, refuse_bad_text
from articles.parsing.characters import direction_notes, one_line, remove_unwanted
from articles.parsing.decoding import declared_in_markup, decode
from articles.parsing.language import detect_language

# 50,000 elements took trafilatura up to 10 s, and it gets worse faster than they get more; of 507 saved news pages
# the largest has about 10,000.
MOST_ELEMENTS = 50_000
TOO_MANY_ELEMENTS = 500_000
MOST_BYTES = 10_000_000
LONGEST_ADDRESS = 2_000
LONGEST_META = 5_000
# 60,000 characters of broken JSON took 8 s; of 429 descriptions in saved pages the longest has 19,000.
ALL_JSON = 50_000
JSON_TYPES = frozenset({"application/ld+json", "application/settings+json"})
EARLIEST = date(1900, 1, 1)
# A page written on the other side of the date line may be a day ahead of us.
AHEAD = timedelta(days=2)

NO_ARTICLE = "No article text was found on this page. Paste the text instead."
TOO_LARGE = "The page is larger than 10 MB. Paste the part that matters instead."
TOO_MANY_PARTS = "The page is built of too many parts to be read. Paste the text instead."
WHOLE_PAGE = "The page is too large to tell its article from its menus: all of its text was kept."
OTHER_LANGUAGE = "The page says it is in another language (%(declared)s) than its text (%(found)s)."

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "td", "th", "title", "tr", "ul",
})  # fmt: skip
UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "svg", "iframe", "object"})
# References to control characters; trafilatura gives up a whole page for one.
BAD_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef])(?![0-9a-f])|0*(?:[1-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d));?", re.I
)
# As JSON-LD and meta elements write it: "datePublished": "2026-03-01T23:30:00Z". Quotes may be escaped.
PUBLISHED = re.compile(
    r"(?:datePublished|published_time)[^<>T]{1,40}?(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d))",
)
SPACES = re.compile(r"[^\S\n]+")
# What third-party code raises on pages that no one foresaw. A page must not be able to stop a worker.
STUMBLES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
    etree.LxmlError,
)  # fmt: skip


def parse_html(body: bytes, *, url: str = "", charset: str = "", today: date | None = None) -> ParsedArticle:
    """Read an article out of an HTML page.

    charset: as the server declared it. today: the day the page was read, by default this day (UTC).
    Raises RefusedText if there is no article in it, or too much of it. Takes 7 s for 5 MB of paragraphs.
    """
    if len(body) > MOST_BYTES:
        raise RefusedText(TOO_LARGE)
    decoded, decoding_notes = decode(body, charset, declared_in_markup(body))
    markup, removal_notes = remove_unwanted(BAD_REFERENCE.sub("", decoded))
    tree = _tree(markup)
    today = today or datetime.now(UTC).date()
    document, page_notes = _document(tree, url, today)
    text, _ = remove_unwanted(document.get("text") or "")  # again: what trafilatura makes of a page is not ours
    refuse_bad_text(text)
    language, language_notes = _language(text, tree.get("lang") or "")
    published_on = _plausible_date(document.get("date"), today, f"{url} {markup}")
    return ParsedArticle(
        text=text,
        title=one_line(document.get("title")),
        byline=one_line(document.get("author")).replace("; ", ", "),
        site_name=one_line(document.get("sitename")),
        published_on=published_on,
        published_at=_moment(published_on, markup),
        language=language,
        canonical_url=_other_address(document.get("url"), url),
        notes=decoding_notes + removal_notes + page_notes + language_notes + direction_notes(text),
    )


def _tree(markup: str) -> Any:
    if "<html" not in markup[:4_096].lower():  # trafilatura takes a lone fragment for no HTML at all
        markup = f"<html><body>{markup}</body></html>"
    from trafilatura import load_html  # half a second to import, and only whoever reads a page needs it

    try:
        tree = load_html(markup)
    except STUMBLES as error:
        raise RefusedText(NO_ARTICLE) from error
    if tree is None:
        raise RefusedText(NO_ARTICLE)
    return tree


def _document(tree: Any, url: str, today: date) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return text and metadata under trafilatura's names."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    elements = sum(1 for _ in islice(tree.iter(), TOO_MANY_ELEMENTS))
    if elements == TOO_MANY_ELEMENTS:
        raise RefusedText(TOO_MANY_PARTS)
    if elements > MOST_ELEMENTS:
        return {"text": _whole_text(tree), "title": tree.findtext(".//title")}, (WHOLE_PAGE,)
    _shorten_metadata(tree)
    try:
        found = bare_extraction(
            tree, url=url or None, include_comments=False, with_metadata=True, date_extraction_params=_dates(today)
        )
    except STUMBLES as error:
        raise RefusedText(NO_ARTICLE) from error
    if not isinstance(found, Document):
        raise RefusedText(NO_ARTICLE)
    return found.as_dict(), ()


def _shorten_metadata(tree: Any) -> None:
    """Cut what no honest page says at such length: trafilatura's time for broken JSON grows with its square."""
    for element in tree.iter("meta"):
        if len(element.get("content", "")) > LONGEST_META:
            element.set("content", element.get("content")[:LONGEST_META])
    left = ALL_JSON
    for element in tree.iter("script"):
        if element.get("type", "").lower() in JSON_TYPES and element.text:
            left -= len(element.text)
            if left < 0 and not _is_json(element.text):
                element.text = None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _dates(today: date) -> dict[str, Any]:
    # Not extensive: that would guess from any date in the text, and claims are dated by this one.
    return {"original_date": True, "extensive_search": False, "max_date": (today + AHEAD).isoformat()}


def _whole_text(tree: Any) -> str:
    """Return all text a reader would see, a line for each block."""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        hides = element.tag in UNSEEN
        unseen += hides if event == "start" else -hides
        if element.tag in BLOCKS:
            parts.append("\n")
        following = element.text if event == "start" else element.tail
        if not unseen and following:
            parts.append(following.replace("\n", " "))
    lines = (SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _language(text: str, declared: str) -> tuple[str, tuple[str, ...]]:
    language = detect_language(text, declared=declared)
    declared = one_line(declared)[:2].lower()
    if not declared or language == declared:
        return language, ()
    return language, (OTHER_LANGUAGE % {"declared": declared, "found": language},)


def _plausible_date(value: str | None, today: date, read_from: str) -> date | None:
    """Return the date found, unless it cannot be or the page never names that day.

    htmldate makes up the day where a page names only a month: the first, or today's.
    """
    try:
        published_on = date.fromisoformat(value or "")
    except ValueError:
        return None
    if not EARLIEST <= published_on <= today + AHEAD:
        return None
    return published_on if _is_written(published_on, read_from) else None


def _is_written(found: date, read_from: str) -> bool:
    year, month, day = found.year, f"0?{found.month}", f"0?{found.day}"
    name, ordinal = r"[^\W\d_]{3,12}\.?", "(?:st|nd|rd|th|er|\\.)?"
    written = (
        rf"{year}\D?{month}\D?{day}(?!\d)"  # 2026-03-01, 20260301, /2026/3/1/
        rf"|(?<!\d){day}\D{{1,3}}{month}\D{{1,3}}{year}|(?<!\d){month}\D{{1,3}}{day}\D{{1,3}}{year}"
        rf"|(?<!\d){day}{ordinal}\s(?:de\s)?{name},?\s(?:de\s)?{year}|{name}\s{day}{ordinal},?\s{year}"
    )
    return re.search(written, read_from) is not None


def _moment(published_on: date | None, markup: str) -> datetime | None:
    """Return the time of publication that the page gives for this day, if it says in which zone."""
    for found in PUBLISHED.finditer(markup):
        try:
            moment = datetime.fromisoformat(found[1])
        except ValueError:
            continue
        if moment.date() == published_on:
            return moment
    return None


def _other_address(found: str | None, asked: str) -> str:
    clean = "".join(c for c in found or "" if c.isprintable() and not c.isspace())
    usable = clean != asked and len(clean) <= LONGEST_ADDRESS and clean.startswith(("http://", "https://"))
    return clean if usable else ""
