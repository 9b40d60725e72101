"""What was typed and not saved is kept for the person who typed it, and for nobody else."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import Draft
from people.services import drafts
from people.services.drafts import close_draft, draft_of, drop_draft, keep_draft, open_form, read_token
from tests import factories
from tests.at_once import at_once


def opened_by(person, form="comment", row=7):
    return open_form(person, form=form, object=row)[0]


def test_what_was_typed_is_kept_and_found_when_the_form_is_opened_again(reporter):
    keep_draft(opened_by(reporter), [("text", "Half a th")])
    keep_draft(opened_by(reporter), [("text", "Half a thought")])

    assert draft_of(opened_by(reporter)).data == [["text", "Half a thought"]]
    assert Draft.objects.count() == 1


def test_nobody_elses_draft_is_found(reporter, editor):
    keep_draft(opened_by(reporter), [("text", "Mine")])

    assert draft_of(opened_by(editor)) is None


def test_drafts_of_different_rows_and_forms_stand_apart(reporter):
    keep_draft(opened_by(reporter), [("text", "7")])
    keep_draft(opened_by(reporter, row=8), [("text", "8")])
    keep_draft(opened_by(reporter, form="outreach"), [("whom", "o")])

    assert [draft.data[0][1] for draft in Draft.objects.order_by("pk")] == ["7", "8", "o"]


def test_a_saved_form_keeps_nothing_and_what_arrives_late_from_it_is_left_alone(reporter):
    opened = opened_by(reporter)
    keep_draft(opened, [("text", "Typed")])

    close_draft(opened)
    late = keep_draft(opened, [("text", "Typed, and late")])

    assert late is None
    assert draft_of(opened).data is None


def test_a_form_that_was_saved_before_anything_was_kept_leaves_what_arrives_late_alone_too(reporter):
    opened = opened_by(reporter)

    close_draft(opened)

    assert keep_draft(opened, [("text", "late")]) is None


def test_a_form_saved_twice_in_a_row_is_closed_for_its_last_opening(reporter):
    first, second = opened_by(reporter), opened_by(reporter)
    close_draft(first)
    close_draft(second)

    assert draft_of(first).opening == second.opening
    assert keep_draft(second, [("text", "late")]) is None


def test_saving_in_one_window_keeps_what_another_one_has_typed(reporter):
    one, other = opened_by(reporter), opened_by(reporter)
    keep_draft(one, [("text", "one")])
    keep_draft(other, [("text", "other")])

    close_draft(one)

    assert draft_of(one).data == [["text", "other"]]


def test_of_two_windows_the_newer_text_is_kept_and_that_is_said(reporter):
    one, other = opened_by(reporter), opened_by(reporter)

    first = keep_draft(one, [("text", "one")])
    second = keep_draft(other, [("text", "other")])

    assert (first.before, second.before) == ("", one.opening)
    assert draft_of(one).data == [["text", "other"]]


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_make_one_draft():
    person = factories.make_user()

    kept = at_once(*[lambda n=n: keep_draft(opened_by(person), [("text", f"{n}")]) for n in range(4)])

    assert all(isinstance(one, drafts.Kept) for one in kept)
    assert Draft.objects.count() == 1


def test_at_most_100000_characters_are_kept_and_more_is_said(reporter):
    opened = opened_by(reporter)

    whole = keep_draft(opened, [("text", "x" * 99_996)]).draft
    cut = keep_draft(opened, [("text", "x" * 99_997), ("more", "y")]).draft

    assert (whole.cut, cut.cut) == (False, True)
    assert sum(len(name) + len(value) for name, value in cut.data) == 100_000


@pytest.mark.parametrize("letter", ["\x01", "\U0001f600", "\u202e", '"', "\\"])
def test_a_full_draft_fits_the_database_whatever_it_is_made_of(reporter, letter):
    keep_draft(opened_by(reporter), [("t", letter * 99_999)])

    assert Draft.objects.get().data[0][1] == letter * 99_999


def test_the_database_refuses_an_endless_draft(reporter):
    fields = {"form": "x", "opening": "x", "data": [["t", "x" * 1_000_001]], "saved_at": timezone.now()}

    with pytest.raises(IntegrityError, match="draft_is_not_endless"), transaction.atomic():
        Draft.objects.create(user=reporter, **fields)


def test_thousands_of_fields_are_cut(reporter):
    kept = keep_draft(opened_by(reporter), [(f"f{n}", "") for n in range(5000)])

    assert (len(kept.draft.data), kept.draft.cut) == (2000, True)


def test_what_the_database_cannot_take_is_left_out(reporter):
    keep_draft(opened_by(reporter), [("te\x00xt", "a\x00b\ud800c")])

    assert Draft.objects.get().data == [["text", "abc"]]


def test_a_person_has_at_most_200_drafts_and_the_oldest_goes(reporter, monkeypatch):
    monkeypatch.setattr(drafts, "PER_PERSON", 3)
    for row in range(5):
        keep_draft(opened_by(reporter, row=row), [("text", str(row))])

    assert [draft.object for draft in Draft.objects.order_by("pk")] == [2, 3, 4]


def test_a_saved_form_is_forgotten_after_a_day(reporter):
    close_draft(opened_by(reporter))
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=2))

    keep_draft(opened_by(reporter, row=8), [("text", "x")])

    assert Draft.objects.get().object == 8


def test_a_draft_is_thrown_away(reporter):
    keep_draft(opened_by(reporter), [("text", "Typed")])

    drop_draft(opened_by(reporter))

    assert not Draft.objects.exists()


def test_nothing_is_kept_for_a_person_whose_log_in_was_switched_off(reporter):
    reporter.is_active = False
    reporter.save()

    assert keep_draft(opened_by(reporter), [("text", "x")]) is None
    assert not Draft.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00", "W10:1abc:xyz"])
def test_what_is_no_token_of_ours_is_none(token):
    assert read_token(token) is None
    assert read_token(signing.dumps([1, "a", 2, "b"], salt="other")) is None


def test_a_token_is_good_for_two_weeks(reporter, monkeypatch):
    token = open_form(reporter, form="comment")[1]

    good = read_token(token)
    monkeypatch.setattr(drafts, "GOOD_FOR", timedelta(seconds=-1))

    assert good.user_id == reporter.pk
    assert read_token(token) is None
