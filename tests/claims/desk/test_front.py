"""The front page of the desk."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from claims.charts import HEIGHT, bar_chart
from claims.models import Claim, Correction, Outreach
from claims.services.output import WEEKS, output_charts
from claims.services.retraction import give_second_look
from tests import factories


def today() -> date:
    return timezone.localdate()


def shown(client: Client) -> str:
    return re.sub(r"\s+", " ", client.get("/admin/").content.decode())


def section(page: str, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}-title">(.*?)</section>', page)
    return found[1] if found else ""


def make_everything(n: int) -> None:
    for number in range(n):
        factories.make_claim_with_verdict(
            status=Claim.Status.IN_REVIEW, verdict={"by": factories.make_user("otto")}, due_on=today()
        )
        claim = factories.make_claim(status=Claim.Status.IN_PROGRESS, due_on=today() - timedelta(days=number))
        factories.make_published_claim(verdict={"look_again_by": today()}, published_at=timezone.now())
        factories.make_article(status=Article.Status.FAILED)
        ask(claim)
        retracted_at_once("The bridge is new.", days_ago=2)


def retracted_at_once(text: str, *, days_ago: int) -> Correction:
    claim = factories.make_published_claim(text=text, status=Claim.Status.RETRACTED)
    return factories.make_retraction(claim, emergency=True, published_at=timezone.now() - timedelta(days=days_ago))


def ask(claim: Claim, *, days_ago: int = 1, **fields) -> Outreach:
    day = today() - timedelta(days=days_ago)
    fields = {"whom": "Town hall", "channel": "email", "asked_on": day, "deadline": day, **fields}
    return Outreach.objects.create(claim=claim, by=factories.make_user("rosa"), **fields)


def test_the_front_page_asks_the_same_number_of_queries_at_1_and_at_10(as_editor, django_assert_max_num_queries):
    counts = []
    for n in (1, 9):
        make_everything(n)
        with django_assert_max_num_queries(30) as counted:
            as_editor.get("/admin/")
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_what_is_late_comes_first_with_the_longest_on_top(as_editor):
    for days, text in ((3, "Three days late."), (9, "Nine days late."), (0, "Due today."), (-1, "Due tomorrow.")):
        factories.make_claim(text=text, status=Claim.Status.SHORTLISTED, due_on=today() - timedelta(days=days))
    factories.make_claim(text="Published.", status=Claim.Status.PUBLISHED, due_on=today() - timedelta(days=9))

    late = section(shown(as_editor), "late")

    assert re.findall(r"<bdi>(.*?)</bdi>", late) == ["Nine days late.", "Three days late.", "Due today."]


def test_a_question_without_an_answer_is_late_and_one_with_an_answer_is_not(as_editor):
    ask(factories.make_claim(text="Asked.", status=Claim.Status.IN_PROGRESS))
    ask(
        factories.make_claim(text="Answered.", status=Claim.Status.IN_PROGRESS),
        answer="Yes.",
        answered_on=today(),
    )

    late = section(shown(as_editor), "late")

    assert "Asked." in late
    assert "answer of Town hall" in late
    assert "Answered." not in late


def test_a_second_look_is_late_from_the_day_it_is_due_until_somebody_looked(as_editor, reviewer):
    retracted_at_once("Long ago.", days_ago=2)
    retracted_at_once("Just now.", days_ago=0)
    give_second_look(retracted_at_once("Looked at.", days_ago=2), agrees=True, by=reviewer)

    late = section(shown(as_editor), "late")

    assert re.findall(r"<bdi>(.*?)</bdi>", late) == ["Long ago."]
    assert "second look" in late


def test_what_a_person_wrote_on_does_not_wait_for_their_review(as_editor, editor):
    factories.make_claim_with_verdict(text="By others.", status=Claim.Status.IN_REVIEW)
    factories.make_claim_with_verdict(text="By me.", status=Claim.Status.IN_REVIEW, verdict={"by": editor})
    shared = factories.make_claim_with_verdict(text="By me too.", status=Claim.Status.IN_REVIEW)
    shared.verdicts.get().writers.add(editor)

    page = shown(as_editor)

    assert ["By others." in page, "By me." in page, "By me too." in page] == [True, False, False]


def test_nothing_late_takes_no_room(as_editor):
    factories.make_claim(status=Claim.Status.SHORTLISTED)

    assert "late-title" not in shown(as_editor)


def test_what_goes_stale_within_two_weeks_is_shown_by_its_current_verdict(as_reporter):
    factories.make_published_claim(text="Soon.", verdict={"look_again_by": today() + timedelta(days=14)})
    factories.make_published_claim(text="Later.", verdict={"look_again_by": today() + timedelta(days=15)})
    looked_at = factories.make_published_claim(text="Looked at.", verdict={"look_again_by": today()})
    factories.make_verdict(looked_at, published_at=timezone.now())

    stale = section(shown(as_reporter), "stale")

    assert re.findall(r"<bdi>(.*?)</bdi>", stale) == ["Soon."]


def test_what_came_in_since_yesterday_is_counted(as_reporter):
    factories.make_claim()
    old = factories.make_claim()
    Claim.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    Article.objects.filter(revisions__appearances__claim=old).update(submitted_at=timezone.now() - timedelta(days=3))

    assert "Since yesterday: articles 1, claims 1" in shown(as_reporter)


def test_an_article_that_failed_says_why_and_can_be_tried_again(as_reporter):
    factories.make_article(status=Article.Status.FAILED)

    failed = section(shown(as_reporter), "failed")

    assert "The page answered 404: it does not exist." in failed
    assert "Retry" in failed


def published(*, weeks_ago: float, took: float | None = 4.0, **fields) -> Claim:
    at = timezone.now() - timedelta(weeks=weeks_ago)
    shortlisted = None if took is None else at - timedelta(days=took)
    return factories.make_published_claim(published_at=at, shortlisted_at=shortlisted, **fields)


def test_the_output_counts_first_publications_week_by_week(db):
    published(weeks_ago=0)
    corrected = published(weeks_ago=1)
    published(weeks_ago=1)
    published(weeks_ago=27)
    factories.make_verdict(corrected, published_at=timezone.now())

    chart, _time = output_charts(timezone.now())

    assert len(chart.bars) == WEEKS
    assert [bar.shown for bar in chart.bars[-2:]] == ["2", "1"]
    assert chart.said == "3 in 26 weeks; at least one in 2 of them."


def test_the_time_to_a_verdict_is_a_median_and_says_where_it_is_not_known(db):
    for took in (2, 4, 90):
        published(weeks_ago=0, took=took)
    published(weeks_ago=1, took=None)

    _throughput, chart = output_charts(timezone.now())

    assert [bar.shown for bar in chart.bars[-2:]] == ["–", "4"]
    assert chart.said == "Half of them within 4 days of being shortlisted."


def test_weeks_begin_on_monday_in_the_zone_of_the_desk(db, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    with timezone.override("Asia/Tokyo"):
        monday_in_tokyo = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
        factories.make_published_claim(published_at=monday_in_tokyo)

        chart, _time = output_charts(monday_in_tokyo + timedelta(days=1))

    assert chart.bars[-1].shown == "1"


def test_bars_stand_on_the_ground_and_anything_shows():
    chart = bar_chart("x", title="", said="", of="", heading="", labels=list("abcd"), values=[0, 1, 1000, None])

    assert [bar.height for bar in chart.bars] == [0, 1, HEIGHT, 0]
    assert all(bar.y + bar.height == HEIGHT for bar in chart.bars)
    assert [bar.shown for bar in chart.bars] == ["0", "1", "1000", "–"]


def test_nothing_at_all_is_a_chart_without_bars():
    chart = bar_chart("x", title="", said="", of="", heading="", labels=["a"], values=[None])

    assert [bar.height for bar in chart.bars] == [0]


def test_each_chart_has_a_name_a_description_and_a_table(as_editor):
    published(weeks_ago=0)

    page = shown(as_editor)

    for name in ("published", "time"):
        assert f'aria-labelledby="chart-{name}-title chart-{name}-desc"' in page
        assert f'<title id="chart-{name}-title">' in page
        assert f'<desc id="chart-{name}-desc">' in page
    assert page.count("<tr>") == 2 * (WEEKS + 1)


def test_an_administrator_sees_the_desk_and_is_told_that_nothing_waits_for_them(as_administrator):
    factories.make_claim()

    page = shown(as_administrator)

    assert "Your role looks after people and settings" in page
    assert "output-title" in page


def test_a_person_without_a_role_sees_nothing_of_the_desk(db):
    factories.make_claim(text="Secret.", status=Claim.Status.SHORTLISTED, due_on=today())
    client = Client()
    client.force_login(factories.make_user("nobody", role=None))

    assert "Secret." not in shown(client)


def test_hostile_text_stays_text(as_editor):
    factories.make_claim(text="<script>x</script>", status=Claim.Status.SHORTLISTED, due_on=today())

    assert "<script>x" not in shown(as_editor)


@pytest.mark.parametrize(("made", "told"), [(3, "3"), (1001, "999+")])
def test_the_menu_counts_no_further_than_anybody_reads(as_reporter, made, told):
    Claim.objects.bulk_create([Claim(text=f"Claim {n}.") for n in range(made)])

    assert f'<span class="count" id="count-triage">{told}</span>' in as_reporter.get("/admin/").content.decode()
