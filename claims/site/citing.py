"""What people paste to share or cite a fact-check, each format with its own characters made harmless."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from claims.claimreview import PublishedClaim

UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")  # also marks of direction
IN_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~!])")
IN_WIKITEXT = {"|": "&#124;", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "<": "&lt;", ">": "&gt;"}
IN_BIBTEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}$%&#_"},
}


@dataclass(frozen=True, slots=True)
class Format:
    """name: for ids on the page. text: to copy as it stands."""

    name: str
    label: str | Promise
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What the formats are made of: one line each."""

    title: str
    by: str
    site: str
    url: str
    year: str
    day: str
    iso: str


def formats(published: PublishedClaim, *, by: str, frame: str) -> list[Format]:
    """The fact-check in the ways people write it down. by: who checked it. frame: the HTML that shows its card."""
    at = timezone.localtime(published.published_at)
    with override(settings.LANGUAGE_CODE):  # what is cited is in our language, whatever the page is in
        day = date_format(at, "DATE_FORMAT")
    cited = Cited(
        title=one_line(f"{published.finding.label}: {published.text}"),
        by=one_line(by),
        site=one_line(published.desk.name),
        url=published.url,
        year=str(at.year),
        day=day,
        iso=at.date().isoformat(),
    )
    written = [Format(name, label, write(cited)) for name, label, write in FORMATS]
    return [*written, Format("embed", _("To show it on your page"), frame)]


def mail_address(published: PublishedClaim) -> str:
    """A mailto: address of a letter that tells of the fact-check, for the reader's own mail program."""
    title = one_line(f"{published.finding.label}: {published.text}")
    body = f"{title}\n\n{one_line(published.summary)}\n\n{published.url}"
    return f"mailto:?subject={quote(title[:150])}&body={quote(body)}"


def one_line(text: str) -> str:
    """The words without line ends and marks of direction."""
    return " ".join(UNSEEN.sub(" ", text).split())


def _message(cited: Cited) -> str:
    return f"{cited.title} {cited.url}"


def _reference(cited: Cited) -> str:
    return f"{cited.by}. “{cited.title}” {cited.site}, {cited.day}. {cited.url}"


def _html(cited: Cited) -> str:
    """A plain string, not one that templates take for HTML: it is shown to be copied."""
    return f'<a href="{escape(cited.url)}">{escape(cited.title)}</a> ({escape(cited.site)})'


def _markdown(cited: Cited) -> str:
    title, site = (IN_MARKDOWN.sub(r"\\\1", text) for text in (cited.title, cited.site))
    return f"[{title}]({cited.url}) ({site})"


def _wikitext(cited: Cited) -> str:
    title, by, site = (_replaced(text, IN_WIKITEXT) for text in (cited.title, cited.by, cited.site))
    return f"{{{{cite web |url={cited.url} |title={title} |author={by} |website={site} |date={cited.iso}}}}}"


def _bibtex(cited: Cited) -> str:
    title, by, site = (_replaced(text, IN_BIBTEX) for text in (cited.title, cited.by, cited.site))
    key = urlsplit(cited.url).path.strip("/").split("/")[-1]
    lines = (f"author = {{{{{by}}}}}", f"title = {{{{{title}}}}}", f"publisher = {{{{{site}}}}}")
    return f"@misc{{{key},\n  " + ",\n  ".join([*lines, f"year = {{{cited.year}}}", f"url = {{{cited.url}}}"]) + "\n}"


def _replaced(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(character, character) for character in text)


FORMATS: tuple[tuple[str, str | Promise, Callable[[Cited], str]], ...] = (
    ("message", _("For a message"), _message),
    ("reference", _("Reference"), _reference),
    ("html", "HTML", _html),
    ("markdown", "Markdown", _markdown),
    ("wikitext", "Wikipedia", _wikitext),
    ("bibtex", "BibTeX", _bibtex),
)
