import pytest

from claims.extraction.inflection import inflected


@pytest.mark.parametrize(
    ("lemma", "tag", "form"),
    [
        ("sell", "VBD", "sold"),
        ("sell", "VBN", "sold"),
        ("kill", "VBD", "killed"),
        ("leave", "VBZ", "leaves"),
        ("be", "VBD", "was"),
        ("be", "VBN", "been"),
        ("have", "VBZ", "has"),
        ("go", "VBN", "gone"),
        ("tweet", "VBD", "tweeted"),
        ("stop", "VBD", "stopped"),
    ],
)
def test_a_verb_has_the_form_of_its_tense(lemma, tag, form):
    assert inflected(lemma, tag) == form


@pytest.mark.parametrize("lemma", ["🙂", "\ufffd", "xqzt", "’", "12"])
@pytest.mark.parametrize("tag", ["VBD", "VBN", "VBZ", "VBP"])
def test_what_is_no_verb_is_no_error(lemma, tag):
    assert isinstance(inflected(lemma, tag), str)
