"""Bring the catalogues of locale/ up to what the code says: `make messages`.

Babel extracts, so that no gettext tools are needed; Django's own `templatize` turns a template into what Babel reads.
What nobody says any more is dropped. A message that is new has no translation, and the English stands in its place.
"""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

REPOSITORY = Path(__file__).resolve().parent.parent
LOCALE = REPOSITORY / "locale"
WRITTEN_IN = "en"  # the messages in the code
CODE = ("articles", "claims", "config", "people")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

HEADER = r"""# The messages are kept up to date by `make messages`; the translations are written here.
msgid ""
msgstr ""
"Language: {language}\n"
"Plural-Forms: {forms}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def messages() -> Catalog:
    """Every message of the code and the templates, with the files that say it."""
    catalog = Catalog(charset="utf-8")
    for path, source in _sources():
        found = extract("python", BytesIO(source.encode()), KEYWORDS, ["Translators:"])
        for _line, message, comments, context in found:
            place = (path.relative_to(REPOSITORY).as_posix(), 0)
            catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


def _sources() -> Iterator[tuple[Path, str]]:
    for folder in CODE:
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            yield path, path.read_text()
    for path in sorted((REPOSITORY / "templates").rglob("*.*")):
        yield path, templatize(path.read_text(), origin=str(path))


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language, domain="django")


def update(language: str) -> Catalog:
    """The catalogue of `language` with the messages of today; a translation is never guessed from one like it."""
    known = read(language) if catalogue(language).exists() else Catalog(locale=language)
    known.update(messages(), no_fuzzy_matching=True)
    known.obsolete.clear()
    return known


def write(catalog: Catalog) -> None:
    path = catalogue(str(catalog.locale))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # Babel's own header has dates and names in it, which would change with nothing said.
        file.write(HEADER.format(language=catalog.locale, forms=catalog.plural_forms).encode())
        write_po(file, catalog, width=120, include_lineno=False, sort_output=True, omit_header=True)


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not all(_forms(message.string))]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for language in (language for language, _name in settings.LANGUAGES if language != WRITTEN_IN):
        catalog = update(language)
        write(catalog)
        sys.stdout.write(f"{language}: {len(catalog)} messages, {len(untranslated(catalog))} without a translation\n")


def _forms(string: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string or "",)


if __name__ == "__main__":
    main()
