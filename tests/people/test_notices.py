"""Who is told, how often, and in which way."""

import pytest
from django.db import IntegrityError, transaction

from people.models import Notice, NoticeChoice, RecordEntry, User
from people.models.notices import Kind, Way
from people.services.notifying import choose_ways, mark_read, notify, people_who_may, settle, ways_of
from tests import factories
from tests.at_once import at_once


def tell(*people: User, by: User | None = None, **said: object) -> None:
    given = {"kind": Kind.ASSIGNED, "event": "assigned:1", "about": "The bridge.", "address": "/admin/", **said}
    notify(*people, by=by, **given)


def test_an_event_tells_a_person_once(reporter, editor):
    tell(reporter, by=editor)
    tell(reporter, editor)

    assert list(Notice.objects.order_by("pk").values_list("user", flat=True)) == [reporter.pk, editor.pk]


@pytest.mark.django_db(transaction=True)
def test_an_event_that_two_workers_see_at_once_tells_a_person_once():
    rosa = factories.make_user("rosa")

    results = at_once(lambda: tell(rosa), lambda: tell(rosa))

    assert results == [None, None]
    assert Notice.objects.count() == 1


def test_nobody_is_told_of_what_they_did_themselves(reporter, editor):
    tell(reporter, editor, by=editor)

    assert Notice.objects.get().user == reporter


def test_a_person_who_is_switched_off_is_not_told(reporter):
    reporter.is_active = False

    tell(reporter)

    assert not Notice.objects.exists()


def test_a_notice_goes_with_what_happened_if_that_is_taken_back(reporter):
    with transaction.atomic():
        tell(reporter)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_a_notice_leads_into_the_desk_and_nowhere_else(reporter):
    for address in ("https://evil.example/", "//evil.example/", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            tell(reporter, address=address)


def test_a_long_text_is_cut_and_kept(reporter):
    tell(reporter, about="x" * 5000, note="y" * 5000)

    notice = Notice.objects.get()
    assert (len(notice.about), len(notice.note)) == (500, 500)
    assert notice.about.endswith("…")


def test_what_several_were_asked_is_settled_when_one_has_done_it(reporter, reviewer):
    tell(reporter, reviewer, event="review_asked:1:1")
    tell(reporter, event="review_asked:2:1")

    settle("review_asked:1:1")

    assert Notice.objects.unread().get().event == "review_asked:2:1"


def test_nobody_reads_the_notices_of_another(reporter, editor):
    tell(reporter)

    mark_read(editor, Notice.objects.get().pk)
    mark_read(editor)

    assert Notice.objects.unread().count() == 1


def test_by_default_only_what_is_said_to_one_person_goes_into_the_digest(reporter):
    by_mail = {kind: way for kind, way in ways_of(reporter).items() if way != Way.DESK}

    assert by_mail == dict.fromkeys((Kind.ASSIGNED, Kind.MENTIONED, Kind.RETURNED), Way.DIGEST)


def test_a_person_who_wants_no_notices_of_a_kind_gets_none(reporter, editor):
    choose_ways(reporter, {Kind.ASSIGNED: Way.OFF})

    tell(reporter, editor)

    assert Notice.objects.get().user == editor


def test_a_choice_is_on_the_record_under_the_person(reporter):
    choose_ways(reporter, {Kind.ASSIGNED: Way.MAIL})
    choose_ways(reporter, {Kind.ASSIGNED: Way.OFF})

    entries = RecordEntry.objects.about(NoticeChoice.objects.get())
    assert [(entry.actor_id, entry.after["way"]) for entry in entries] == [(reporter.pk, "mail"), (reporter.pk, "off")]


def test_what_waits_for_an_e_mail_that_is_not_wanted_any_more_stays_in_the_desk(reporter):
    tell(reporter)

    choose_ways(reporter, {Kind.ASSIGNED: Way.OFF})

    assert Notice.objects.unread().get().way == Way.DESK
    assert not Notice.objects.to_mail().exists()


def test_what_is_in_the_desk_already_is_not_mailed_after_the_fact(reporter):
    tell(reporter, kind=Kind.PUBLISHED)

    choose_ways(reporter, {Kind.PUBLISHED: Way.MAIL})

    assert not Notice.objects.to_mail().exists()


def test_who_may_do_something_is_told_by_role_and_superusers_are_left_alone(reporter, reviewer, editor):
    User.objects.create_superuser("root")
    factories.make_user("gone", role="editor", is_active=False)

    assert set(people_who_may("claims.review_claim")) == {reviewer, editor}
    assert set(people_who_may("claims.publish_claim")) == {editor}
