"""Fact-checks of others come in once, again only what changed, and wait to be matched."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from claims.claimreviews import read_claimreviews
from claims.models import Decision, ExternalFactCheck, ExternalMatch, State
from claims.services.externals import LOT, Tally, import_claimreviews
from claims.services.matching import match_waiting
from tests.at_once import at_once
from tests.claims.externals.feeds import feed, item, record
from tests.claims.externals.test_feeds import JSON
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def bring_in(*records, **options) -> Tally:
    return import_claimreviews(read_claimreviews(io.BytesIO(feed(*map(item, records)).encode())), **options)


def matched(row: ExternalFactCheck) -> None:
    """As if the matching had been at it."""
    ExternalFactCheck.objects.filter(pk=row.pk).update(
        stamp="rules 1, words", attempts=2, next_try_at=timezone.now() + timedelta(days=1)
    )


def test_what_is_new_is_stored_and_waits_to_be_matched():
    tally = bring_in(record(1), record(2))

    assert tally.counts() == {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "repeated": 0, "broken": 0}
    row = ExternalFactCheck.objects.get(url="https://harben-checks.example/1")
    assert (row.publisher, row.rating, row.claimant) == ("Harben Checks", "False", "Pia Lund")
    assert (row.stamp, row.attempts, row.next_try_at <= timezone.now()) == ("", 0, True)


def test_the_same_feed_again_changes_nothing():
    bring_in(record(1), record(2))
    before = list(ExternalFactCheck.objects.values())

    tally = bring_in(record(1), record(2))

    assert tally.counts() == {"read": 2, "new": 0, "changed": 0, "unchanged": 2, "repeated": 0, "broken": 0}
    assert list(ExternalFactCheck.objects.values()) == before


def test_a_new_wording_waits_to_be_matched_anew_and_another_rating_does_not():
    bring_in(record(1), record(2), record(3))
    for row in ExternalFactCheck.objects.all():
        matched(row)

    tally = bring_in(
        record(1, claimReviewed="It cost more."), record(2, reviewRating={"alternateName": "True"}), record(3)
    )

    assert (tally.changed, tally.unchanged) == (2, 1)
    worded, rated, same = ExternalFactCheck.objects.order_by("url")
    assert (worded.claim_text, worded.stamp, worded.attempts) == ("It cost more.", "", 0)
    assert worded.next_try_at <= timezone.now()
    assert (rated.rating, rated.stamp) == ("True", "rules 1, words")
    assert same.stamp == "rules 1, words"


def test_unchanged_and_changed_entries_keep_their_matches():
    bring_in(record(1), record(2))
    claim = make_claim()
    for row in ExternalFactCheck.objects.all():
        ExternalMatch.objects.create(
            claim=claim, external=row, similarity=0.9, decision=Decision.SAME, rules="1", state=State.CONFIRMED
        )

    bring_in(record(1), record(2, claimReviewed="It cost more."))

    assert ExternalMatch.objects.filter(state=State.CONFIRMED).count() == 2


def test_several_claims_checked_on_one_page_are_kept_apart_and_said_twice_once():
    page = "https://harben-checks.example/week"
    week = [record(url=page, claimReviewed=f"Claim {n}.") for n in (1, 2, 1, 3, 2)]

    tally = bring_in(*week)
    again = bring_in(*week)

    assert (tally.new, tally.repeated, again.new, again.changed, again.repeated) == (3, 2, 0, 0, 2)
    urls = dict(ExternalFactCheck.objects.values_list("claim_text", "url"))
    assert urls["Claim 1."] == page
    assert urls["Claim 2."].startswith(f"{page}#claim-")
    assert len(set(urls.values())) == 3


def test_broken_entries_are_counted_and_the_first_ones_told():
    tally = bring_in(record(1), *[{"@type": "ClaimReview"}] * 30, record(2))

    assert (tally.read, tally.new, tally.broken) == (32, 2, 30)
    assert [str(fault) for fault in tally.faults[:1]] == ["Entry 2 (line 1): It has no address."]
    assert len(tally.faults) == 20


def test_a_feed_of_several_lots_tells_how_far_it_is():
    told = []

    bring_in(*[record(n) for n in range(LOT + 1)], told=lambda tally: told.append(tally.read))

    assert told == [LOT, LOT + 1]
    assert ExternalFactCheck.objects.count() == LOT + 1


def test_an_import_that_broke_off_goes_on_where_it_was():
    def stop(tally: Tally) -> None:
        raise KeyboardInterrupt

    records = [record(n) for n in range(LOT + 100)]
    with pytest.raises(KeyboardInterrupt):
        bring_in(*records, told=stop)

    tally = bring_in(*records)

    assert (tally.unchanged, tally.new) == (LOT, 100)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
def test_whatever_a_record_holds_is_stored_and_found_unchanged_again(anything):
    bring_in(record(1, extra=anything))

    assert bring_in(record(1, extra=anything)).unchanged == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_feed_at_once_store_it_once():
    records = [record(n) for n in range(LOT + 200)]
    bring_in(*records[:300])

    at_once(lambda: bring_in(*records), lambda: bring_in(*[record(n, name="x") for n in reversed(range(LOT + 200))]))

    assert ExternalFactCheck.objects.count() == LOT + 200


def run(*arguments: str) -> tuple[str, str]:
    printed, said = io.StringIO(), io.StringIO()
    call_command("import_claimreviews", *arguments, stdout=printed, stderr=said)
    return printed.getvalue(), said.getvalue()


def test_the_command_prints_one_line_and_names_what_is_broken(tmp_path):
    file = tmp_path / "feed.json"
    file.write_text(feed(item(record(1)), 42, item(record(2)), *[{"item": None}] * 22))

    printed, said = run(str(file))
    again, quiet = run(str(file))

    assert json.loads(printed) == {"read": 25, "new": 2, "changed": 0, "unchanged": 0, "repeated": 0, "broken": 23}
    assert "Entry 2 (line 1): It is no object.\n" in said
    assert "And 3 more that are broken." in said
    assert "in the background" in said
    assert json.loads(again)["unchanged"] == 2
    assert "in the background" not in quiet


def test_the_command_reads_json_lines_from_standard_input(monkeypatch):
    lines = "\n".join(json.dumps(record(n)) for n in (1, 2))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))

    assert json.loads(run("-")[0])["new"] == 2


@pytest.mark.parametrize(
    ("name", "code"), [("there-is-none.json", 2), (".", 1), ("nul\x00", 1), ("empty.json", 1), ("broken.json", 1)]
)
def test_the_command_refuses_with_a_sentence_and_a_code(tmp_path, monkeypatch, name, code):
    monkeypatch.chdir(tmp_path)
    Path("empty.json").touch()
    Path("broken.json").write_text(feed(42, {"item": None}))

    with pytest.raises(CommandError) as refusal:
        run(name)

    assert refusal.value.returncode == code
    assert str(refusal.value).endswith(".")
    assert not ExternalFactCheck.objects.exists()


@pytest.mark.stack
@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_can_be_run_again_also_without_a_broker(tmp_path):
    file = tmp_path / "feed.jsonl"
    file.write_text("\n".join(json.dumps(record(n)) for n in range(8_000)))
    environment = {**os.environ, "DATABASE_URL": database_address(), "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "manage.py", "import_claimreviews", str(file)]

    first = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: ExternalFactCheck.objects.exists())
    first.send_signal(signal.SIGKILL)
    first.wait()
    stored = ExternalFactCheck.objects.count()
    second = subprocess.run(command, env=environment, capture_output=True, check=True)

    tally = json.loads(second.stdout)
    assert 0 < stored < 8_000
    assert (tally["unchanged"], tally["new"], tally["changed"]) == (stored, 8_000 - stored, 0)
    assert b"matched with your claims when a worker runs" in second.stderr


def database_address() -> str:
    """Of the test's database, for a process of its own."""
    from urllib.parse import quote

    said = connection.settings_dict
    host = f"{quote(said['HOST'], safe='')}:{said['PORT'] or 5432}"
    return f"postgresql://{quote(said['USER'])}:{quote(said['PASSWORD'])}@{host}/{said['NAME']}"


def wait_until(holds, *, within: float = 60) -> None:
    ends = time.monotonic() + within
    while not holds():
        assert time.monotonic() < ends, f"not so after {within} seconds"
        time.sleep(0.02)


def test_a_fact_check_of_others_is_matched_with_our_claims():
    claim = make_claim(text="The new bridge over the Aller cost 84 million euros.")
    match_waiting()
    bring_in(record(1, claimReviewed="The new bridge over the Aller cost 84 million euros."), record(2))

    match_waiting()

    match = ExternalMatch.objects.get()
    assert (match.claim, match.external.url) == (claim, "https://harben-checks.example/1")
    assert match.similarity > 0.9
