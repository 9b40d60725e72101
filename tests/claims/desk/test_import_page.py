"""Lists of claims at the desk: out as the list is narrowed, in after a look at each row."""

import io
import json
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Claim, Source
from people.models import RecordEntry
from tests import factories

pytestmark = pytest.mark.django_db

EXPORT, IMPORT = "/admin/claims/claim/export/", "/admin/claims/claim/import/"


def body_of(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def look(client, claims: str | bytes, sources: str = "") -> str:
    files = {"claims": SimpleUploadedFile("claims.csv", claims.encode() if isinstance(claims, str) else claims)}
    if sources:
        files["sources"] = SimpleUploadedFile("sources.csv", sources.encode())
    return client.post(IMPORT, files).content.decode()


def hidden(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'name="(kept|digest)" value="([^"]*)"', page)}


def test_the_list_leads_to_an_export_of_what_it_is_narrowed_to(as_reporter):
    factories.make_claim(text="Waits.")
    factories.make_claim(text="Chosen.", status=Claim.Status.SHORTLISTED)

    page = as_reporter.get("/admin/claims/claim/?status=shortlisted&q=Chosen").content.decode()
    address = unescape(re.search(r'href="(/admin/claims/claim/export/[^"]*)"', page)[1])
    offer = as_reporter.get(address).content.decode()
    file = unescape(re.search(r'href="([^"]*claims\.jsonl[^"]*)"', offer)[1])

    assert "What the list was narrowed to: 1 claim." in offer
    (row,) = map(json.loads, body_of(as_reporter.get(file)).splitlines())
    assert row["text"] == "Chosen."


@pytest.mark.parametrize("name", ["claims.jsonl", "claims.csv", "sources.csv"])
def test_each_file_is_sent_as_a_download_that_nobody_keeps(as_reporter, name):
    factories.make_source(factories.make_claim(text="=1+1"), title="=2")

    answer = as_reporter.get(f"{EXPORT}{name}")

    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    text = body_of(answer)
    assert text.startswith("\ufeff") == name.endswith("csv")
    assert not re.search(r"(^|,)=", text, re.M)


@pytest.mark.parametrize("address", ["nothing.csv", "claims.csv?no_such_field=1", "?no_such_field=1"])
def test_what_cannot_be_exported_is_not_there(as_reporter, address):
    assert as_reporter.get(EXPORT + address).status_code in {302, 404}


def test_a_list_is_shown_row_by_row_and_then_imported_under_the_persons_name(as_reporter, reporter):
    factories.make_claim(text="Known.", claimant=None)
    page = look(
        as_reporter, "id,text\n1,Known.\n2,New <b>one</b>.\n", "claim,title,publisher,url\n2,A,B,https://a.example\n"
    )

    assert "New &lt;b&gt;one&lt;/b&gt;." in page
    assert "with 1 source" in page
    assert Claim.objects.count() == 1

    done = as_reporter.post(IMPORT, hidden(page), follow=True).content.decode()

    assert "1 claim imported." in done
    claim = Claim.objects.get(origin="imported")
    assert Source.objects.get().claim == claim
    assert RecordEntry.objects.about(claim).get().actor_id == reporter.pk
    again = as_reporter.post(IMPORT, hidden(page)).content.decode()
    assert "not what you were shown" in again
    assert Claim.objects.count() == 2


def test_a_list_with_a_problem_offers_no_import_and_names_the_row(as_reporter):
    page = look(as_reporter, "text,claimed_on\nGood.,\nBad.,3/2/2026\n")

    assert "“3/2/2026” is not a day" in page
    assert hidden(page) == {}
    assert "Mend these rows" in page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("text\nKöln\n".encode("latin-1"), "Byte 7 (0xF6) is not UTF-8."),
        (b"", "The submitted file is empty."),
        (b"a,b\n1,2\n", "There is no column text."),
        (b"text\n" + b"a\n" * 2_001, "more than 2,000 rows"),
        (b"text\n" + b"a" * 5_000_000, "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(as_reporter, body, said):
    page = unescape(look(as_reporter, body))

    assert said in page
    assert "Nothing is stored" in page


@pytest.mark.parametrize("kept", ["", "x", "eA==.eA==", "a.b.c", "eJwDAAAAAAE="])
def test_files_that_did_not_come_back_whole_are_asked_for_again(as_reporter, kept):
    answer = as_reporter.post(IMPORT, {"kept": kept, "digest": ""}, follow=True)

    assert "Choose them again" in answer.content.decode()
    assert not Claim.objects.exists()


def test_a_bomb_in_the_hidden_field_is_not_unpacked(as_reporter):
    import base64
    import zlib

    bomb = base64.b64encode(zlib.compress(b"\0" * 50_000_000)).decode()

    assert "Choose them again" in as_reporter.post(IMPORT, {"kept": f"{bomb}.{bomb}"}, follow=True).content.decode()


def test_who_may_not_make_claims_sees_no_import(as_administrator):
    assert "Import a list" not in as_administrator.get("/admin/claims/claim/").content.decode()
    assert as_administrator.get(IMPORT).status_code == 403
    assert as_administrator.post(IMPORT, {"kept": "a.b"}).status_code == 403


def test_utf_16_from_a_spreadsheet_is_read(as_reporter):
    out = io.StringIO("text\tclaimant\nKöln hat drei Brücken.\tMaria Müller\n")

    assert "Köln hat drei Brücken." in look(as_reporter, out.read().encode("utf-16"))
