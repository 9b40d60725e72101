"""`{{ text|markdown }}`: what people of the desk write, as HTML that can do no harm."""

from collections.abc import Mapping
from typing import Any

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

register = template.Library()

TAGS = {
    *("p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s", "a"),
    *("h2", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
IN_SECTION = 3  # h1 is the claim, h2 the section the text stands in
ON_PAGE = 2  # the text is all there is below the h1


def _fit_headings(state: StateCore) -> None:
    """Headings start at the level that fits the page and skip none, whatever the author's marks were."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    used = sorted({token.tag for token in headings})
    first = state.env["first_level"]
    level = first - 1
    for token in headings:
        level = min(first + used.index(token.tag), level + 1) if token.nesting == 1 else level
        token.tag = f"h{min(level, 6)}"


def _empty_header_cells(state: StateCore) -> None:
    """An empty table header names nothing: it becomes a plain cell."""
    for before, content, after in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if before.type == "th_open" and not content.content:
            before.tag = after.tag = "td"


def _parser() -> MarkdownIt:
    # A picture would be fetched from elsewhere and tell that site who reads us: it becomes a link.
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}).disable("image")
    parser.core.ruler.push("fit_headings", _fit_headings)
    parser.core.ruler.push("empty_header_cells", _empty_header_cells)
    return parser


PARSER = _parser()


@register.filter
def markdown(text: str, notes: Mapping[int, str] | None = None) -> SafeString:
    """Render Markdown without raw HTML. `notes` gives the address that a bare number in brackets, [1], leads to."""
    references = {str(n): {"href": address, "title": "", "map": [0, 0]} for n, address in (notes or {}).items()}
    return _rendered(text, first_level=IN_SECTION, references=references)


@register.filter
def markdown_page(text: str) -> SafeString:
    """Render Markdown that is a page of its own: its headings come next after the title."""
    return _rendered(text, first_level=ON_PAGE, references={})


def _rendered(text: str, **env: Any) -> SafeString:
    html = nh3.clean(
        PARSER.render(text, env),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,  # evidence a person chose and read: no nofollow
    )
    return mark_safe(html)  # noqa: S308 - nh3 has cleaned it
