"""Bytes to ParsedArticle. Pure: no Django, no network, no database."""

from articles.parsing.article import TEXT_LIMIT, ParsedArticle
from articles.parsing.files import parse_file, parse_page
from articles.parsing.fingerprints import fingerprint
from articles.parsing.html import parse_html
from articles.parsing.plain import parse_text

__all__ = ["TEXT_LIMIT", "ParsedArticle", "fingerprint", "parse_file", "parse_html", "parse_page", "parse_text"]
