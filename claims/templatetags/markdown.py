"""`{{ text|markdown }}`: what fact-checkers write, as HTML that can do no harm."""

from collections.abc import Mapping
from typing import Any

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

register = template.Library()

TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
FIRST_LEVEL = 3  # h1 is the claim, h2 the section the text stands in


def _fit_headings(state: StateCore) -> None:
    """Headings start at h3 and skip no level, whatever the author's marks were."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    used = sorted({token.tag for token in headings})
    level = FIRST_LEVEL - 1
    for token in headings:
        level = min(FIRST_LEVEL + used.index(token.tag), level + 1) if token.nesting == 1 else level
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
    env: dict[str, Any] = {
        "references": {str(n): {"href": address, "title": "", "map": [0, 0]} for n, address in (notes or {}).items()}
    }
    html = nh3.clean(
        PARSER.render(text, env),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,  # evidence a person chose and read: no nofollow
    )
    return mark_safe(html)  # noqa: S308 - nh3 has cleaned it
