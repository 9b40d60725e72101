"""/data/claimreview.json: every published record, streamed (shared/checklists/claimreview.md, F01 to F08)."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ExternalFactCheck
from claims.services.retraction import retract_at_once
from claims.site import data_feed
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
ADDRESS = "/data/claimreview.json"


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False


def feed(client) -> dict:
    return json.loads(client.get(ADDRESS).getvalue())


def test_f01_f02_f06_it_has_the_record_of_each_page_with_its_address(client):
    claims = [factories.make_published_claim(text=f"Claim {n}.") for n in range(3)]
    factories.make_claim(text="Merged.", status=Claim.Status.MERGED, merged_into=claims[0])

    found = feed(client)

    assert (found["@context"], found["@type"]) == ("https://schema.org", "DataFeed")
    for claim, element in zip(claims, found["dataFeedElement"], strict=True):
        assert element["@type"] == "DataFeedItem"
        assert element["url"] == element["item"][0]["url"] == f"https://desk.example{claim.get_absolute_url()}"
        assert element["item"] == [pages.claim_review(client.get(claim.get_absolute_url()))]


def test_f03_f05_its_date_is_that_of_the_newest_element_and_a_correction_raises_it(client):
    claim = factories.make_published_claim()
    factories.make_published_claim(text="Other.")
    before = feed(client)
    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC))

    after = feed(client)

    assert before["dateModified"] == "2026-03-02T12:00:00+00:00"
    assert after["dateModified"] == max(one["dateModified"] for one in after["dataFeedElement"])
    assert after["dateModified"] == "2026-04-01T00:00:00+00:00"


def test_f04_it_has_nothing_that_is_not_published(client, editor):
    gone = factories.make_published_claim()
    retract_at_once(gone, why="Wrong.", by=editor)
    factories.make_claim_with_verdict(status=Claim.Status.APPROVED)

    found = feed(client)

    assert found["dataFeedElement"] == []
    assert "dateModified" not in found


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7])
def test_f07_however_many_lots_there_are_it_is_one_valid_file(client, monkeypatch, number):
    monkeypatch.setattr(data_feed, "AT_ONCE", 3)
    for n in range(number):
        factories.make_published_claim(text=f"Claim {n}.")

    assert len(feed(client)["dataFeedElement"]) == number


def test_f07_it_is_written_while_it_is_sent_and_holds_one_lot_at_a_time(client, monkeypatch):
    monkeypatch.setattr(data_feed, "AT_ONCE", 3)
    for n in range(9):
        factories.make_published_claim(text=f"Claim {n}.")

    response = client.get(ADDRESS)
    assert response.streaming
    pieces = iter(response.streaming_content)
    with CaptureQueriesContext(connection) as head:
        next(pieces)
    with CaptureQueriesContext(connection) as lot:
        next(pieces)
    with CaptureQueriesContext(connection) as nothing:
        next(pieces)

    assert len(head) == 1
    assert 0 < len(lot) < 20
    assert len(nothing) == 0


@pytest.mark.parametrize("rows", [1, 10])
def test_a_lot_takes_as_many_queries_whatever_its_length(client, rows):
    for n in range(rows):
        factories.make_published_claim(text=f"Claim {n}.")

    with CaptureQueriesContext(connection) as captured:
        feed(client)

    # the version; the newest date; a lot of claims with all that hangs on them and places, and that there is no more
    assert len(captured) == 8


def test_f08_it_is_not_sent_again_until_something_changes(client):
    claim = factories.make_published_claim()
    first = client.get(ADDRESS)

    for header, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
        assert client.get(ADDRESS, headers={header: first[name]}).status_code == 304
    factories.make_verdict(claim, published_at=datetime(2026, 4, 1, tzinfo=UTC))

    assert client.get(ADDRESS, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_it_goes_out_compressed_and_head_writes_nothing(client):
    factories.make_published_claim()

    packed = client.get(ADDRESS, headers={"accept-encoding": "gzip"})
    with CaptureQueriesContext(connection) as captured:
        assert client.head(ADDRESS).status_code == 200

    assert json.loads(gzip.decompress(packed.getvalue()))["@type"] == "DataFeed"
    assert len(captured) == 1
    assert client.post(ADDRESS).status_code == 405


def test_another_desk_of_ours_can_import_it(client, tmp_path):
    text = "“5 < 6” & more, said the mayor of Łódź."
    factories.make_published_claim(text=text)
    file = tmp_path / "feed.json"
    file.write_bytes(client.get(ADDRESS).getvalue())

    call_command("import_claimreviews", str(file))

    assert ExternalFactCheck.objects.get().claim_text == text
