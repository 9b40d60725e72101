"""The catalogues of locale/ say all that code and templates say, in words that fit."""

import pytest
from babel.messages import Catalog

from scripts import messages

LANGUAGES = sorted(path.name for path in messages.LOCALE.iterdir())


def ids(catalog: Catalog) -> set[tuple[object, object]]:
    return {(message.context, message.id) for message in catalog if message.id}


@pytest.fixture(scope="module", params=LANGUAGES)
def catalog(request) -> Catalog:
    return messages.read(request.param)


def test_every_message_is_translated_and_none_is_left_over(catalog):
    assert ids(catalog) == ids(messages.messages()), "`make messages` brings the catalogue up to date"
    assert messages.untranslated(catalog) == []


def test_no_translation_loses_what_is_filled_in_or_the_marks_around_it(catalog):
    assert [(message.id, [str(error) for error in errors]) for message, errors in catalog.check()] == []
    assert [message.id for message in catalog if message.fuzzy and message.id] == []


def test_the_catalogue_has_a_form_for_every_number():
    forms = messages.read("ar").plural_forms

    assert forms.startswith("nplurals=6")
    plurals = [message for message in messages.read("ar") if message.pluralizable]
    assert all(len(message.string) == 6 for message in plurals)
