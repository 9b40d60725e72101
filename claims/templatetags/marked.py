"""`{{ text|marked:marks }}`: a text with the words of a search marked in it."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from claims.services.highlighting import WORD, Marks

register = template.Library()


@register.filter
def marked(text: str, marks: Marks) -> SafeString:
    """Put a mark element around each word of `text` that `marks` names. Safe: every piece is escaped on its own."""
    pieces, end = list[SafeString](), 0
    for found in WORD.finditer(text):
        if found[0] in marks.words:
            pieces += [escape(text[end : found.start()]), format_html("<mark>{}</mark>", found[0])]
            end = found.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 - escaped above
