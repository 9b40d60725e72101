"""Lists of claims out and in: the same claims come back, and what cannot be used is named by row and column."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.interchange import CLAIM, PUBLISHED, READ, ListError, csv_lines, read_list
from claims.models import Claim, Claimant, Source, SourceCopy, Topic, Verdict
from claims.services.importing import import_claims, plan_import
from people.models import RecordEntry
from tests import factories
from tests.conftest import empty_tables

HEADER = "id,text,claimant,claimed_on,topics\n"


def exported(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_claims", *arguments, stdout=out)
    return out.getvalue()


def objects(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in exported(*arguments).splitlines()]


def imported(body: str | bytes, sources: str | bytes = b"", *, by=None) -> int:
    body, sources = (part.encode() if isinstance(part, str) else part for part in (body, sources))
    plan = plan_import(body, sources)
    return import_claims(plan, digest=plan.digest, by=by)


def problems(body: str | bytes, sources: str = "") -> list[tuple[int, str, str]]:
    body = body.encode() if isinstance(body, str) else body
    return [(one.row, one.column, one.said) for one in plan_import(body, sources.encode()).problems]


def make_rich_claim() -> Claim:
    """A claim with everything that a list can hold, and what could go wrong on the way."""
    claim = factories.make_claim(
        text='=SUM(A1) was "said", twice; in Köln 🙂',
        claimant=factories.make_claimant("Maria Müller", named_publicly=False),
        claimed_on=date(2026, 2, 28),
        due_on=date(2026, 4, 1),
        importance=3,
        modality="alleged",
    )
    for name in ("Bridges; and ferries", 'The "sea"', "Häfen"):
        claim.topics.add(Topic.objects.create(name=name, slug=str(len(name))))
    factories.make_source(
        claim, title="@Account", quote="+1\n\t-2 percent\r\n=", translation="-", interest="'=", locator="p. 3"
    )
    factories.make_source(claim, url="", no_url_reason="A phone call", title="Call", retrieved_on=None)
    return claim


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_what_is_exported_from_one_desk_and_imported_into_another_is_the_same(form):
    make_rich_claim()
    factories.make_claim(text="Plain.", claimant=None)
    factories.make_published_claim(text="Published.")
    files = exported("--format", form), exported("--format", form, "--sources") if form == "csv" else ""
    before = objects()
    empty_tables()

    assert imported(*files) == 3

    def kept(rows):
        return [{name: row[name] for name in (*READ, "sources") if name != "id"} for row in rows]

    assert kept(objects()) == kept(before)
    assert Claimant.objects.get(name="Maria Müller").named_publicly is False
    again = objects()
    empty_tables()
    imported("".join(json.dumps(row) + "\n" for row in again))
    assert [{**row, "created_at": ""} for row in objects()] == [{**row, "created_at": ""} for row in again]


@pytest.mark.django_db
def test_imported_claims_are_candidates_that_say_so_on_the_record(reporter):
    imported(HEADER + "7,The bridge cost 84 million.,Jutta Brandt,2026-03-02,Bridges; Money\n", by=reporter)

    claim = Claim.objects.get()
    assert (claim.status, claim.origin, claim.claimed_on) == ("detected", "imported", date(2026, 3, 2))
    assert set(claim.topics.values_list("name", flat=True)) == {"Bridges", "Money"}
    entry = RecordEntry.objects.about(claim).get()
    assert (entry.actor_name, entry.reason) == ("rosa", "imported from a list")


@pytest.mark.django_db
def test_a_claim_the_desk_has_is_known_and_nothing_of_it_changes():
    claim = factories.make_claim(text="The bridge cost 84 million.")

    plan = plan_import(HEADER.encode() + b"1,The bridge  cost 84 million.,jutta brandt,,\n2,Other.,,,\n3,Other.,,,\n")

    assert [(one.row, str(one.state), one.said) for one in plan.rows] == [
        (2, "known", f"Claim {claim.pk} says this."), (3, "new", ""), (4, "known", "Row 3 says this.")
    ]  # fmt: skip
    assert import_claims(plan, digest=plan.digest, by=None) == 1


@pytest.mark.django_db
def test_a_known_claimant_stays_named_as_they_are():
    factories.make_claimant("Jutta Brandt")

    imported("text,claimant,named_publicly\nOne.,Jutta Brandt,no\nTwo.,Nina Neu,no\nThree.,Nina Neu,yes\n")

    assert dict(Claimant.objects.values_list("name", "named_publicly")) == {"Jutta Brandt": True, "Nina Neu": False}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("1,,Brandt,,", "text", "There is no claim here."),
        (f"1,{'x' * 1001},,,", "text", "longer than 1000 characters"),
        (f"1,One.,{'x' * 201},,", "claimant", "longer than 200 characters"),
        ("1,One.,,3/2/2026,", "claimed_on", "“3/2/2026” is not a day written as 2026-03-31"),
        ("1,One.,,2.3.2026,", "claimed_on", "“2.3.2026” is not a day"),
        ("1,One.,,46083,", "claimed_on", "“46083” is not a day"),
        ("1,One.,,20260302,", "claimed_on", "is not a day"),
        ("1,One.,,2026-02-30,", "claimed_on", "is not a day"),
        ("1,One.,,٢٠٢٦-٠٣-٠٢,", "claimed_on", "is not a day"),
        (f"1,One.,,,{'x' * 101}", "topics", "at most 100 characters"),
        (f"1,One.,,,{';'.join('abcdefghijklmnopqrstu')}", "topics", "At most 20 topics"),
        ("1,One.,", "", "The row has 3 cells, and the header 5."),
        ("1,One.,,,,,", "", "The row has 7 cells, and the header 5."),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_column_and_nothing_is_imported(row, column, said):
    body = f"{HEADER}0,Good.,,,\n{row}\n"

    ((number, where, why),) = problems(body)

    assert (number, where) == (3, column)
    assert said in why
    with pytest.raises(NotReady, match="Nothing is imported"):
        imported(body)
    assert not Claim.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        ({"text": 5}, "text", "not text"),
        ({"text": ["a"]}, "text", "not text"),
        ({"text": None}, "text", "no claim"),
        ({"kind": "rumour"}, "kind", "“rumour” is none of quantity"),
        ({"kind": ["event"]}, "kind", "is none of"),
        ({"importance": 4}, "importance", "1 for low"),
        ({"importance": True}, "importance", "1 for low"),
        ({"named_publicly": "perhaps"}, "named_publicly", "yes, or no"),
        ({"topics": {"a": 1}}, "topics", "not a list"),
        ({"topics": [1]}, "topics", "not a list"),
        ({"sources": "a"}, "sources", "not a list"),
        ({"sources": [5]}, "sources 1", "not a source"),
        ({"sources": [{"title": "A"}]}, "sources 1, url", "no_url_reason"),
        (
            {"sources": [{"title": "A", "publisher": "B", "url": "javascript:alert(1)"}]},
            "sources 1, url",
            "begins with",
        ),
        ({"sources": [{"title": "A", "publisher": "B", "url": "https://"}]}, "sources 1, url", "valid URL"),
        ({"sources": [{"publisher": "B", "url": "https://a.example"}]}, "sources 1, title", "cannot be blank"),
        ({"sources": [{"title": 5, "url": "https://a.example"}]}, "sources 1, title", "not text"),
        ({"due_on": "soon"}, "due_on", "not a day"),
        ({"claimed_on": {}}, "claimed_on", "not a day"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(values, column, said):
    ((number, where, why),) = problems(json.dumps({"text": "One.", **values}))

    assert (number, where) == (1, column)
    assert said in why


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1, 2]", "it has no names"),
        ('{"text": "a"', "delimiter"),
        ('{"text": "a", "text": "b"}', "text is there twice"),
        ('{"text": "\\ud800"}', "lone surrogate"),
        ('{"text": "\\u0000"}', "NUL"),
        ('{"text": NaN}', "NaN is no JSON"),
        ("[" * 100_000, "recursion"),
        ('{"id": ' + "9" * 5_000 + "}", "digits"),
        ('{"sources": [{"a": "\\u0000"}]}', "NUL"),
    ],
)
def test_a_line_that_is_no_object_is_named(line, said):
    ((number, column, why),) = problems(f'{{"text": "Good."}}\n{line}')

    assert (number, column) == (2, "")
    assert said in why


def test_a_backslash_before_u0000_is_text():
    assert read_list(b'{"text": "\\\\u0000"}', columns=READ, needs=["text"]).rows[0].values == {"text": "\\u0000"}


@pytest.mark.parametrize(
    "body",
    [
        "id,text\n1,Köln\n".encode(),
        "id,text\n1,Köln\n".encode("utf-8-sig"),
        "id,text\n1,Köln\n".encode("utf-16"),
        b"\xfe\xff" + "id,text\n1,Köln\n".encode("utf-16-be"),
        "ID;Text\r\n1;Köln\r\n".encode(),
        "id\ttext\n1\tKöln".encode(),
        'id,text\n\n1,"Köln"\n\n,\n'.encode(),
        '{"id": "1", "text": "Köln"}\r\n\r\n'.encode(),
        '\ufeff{"id": "1", "text": "K\\u00f6ln"}'.encode(),
    ],
)
def test_files_as_programs_write_them_are_read(body):
    assert [row.values for row in read_list(body, columns=READ, needs=["text"]).rows] == [{"id": "1", "text": "Köln"}]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("id,text\n1,Köln\n".encode("latin-1"), r"Byte 12 \(0xF6\) is not UTF-8"),
        (b"\xff\xfea\x00\x00\xd8", r"Byte 5 \(0x00\) is not UTF-16"),
        (b"\xef\xbb\xbfid,text\n\xff", r"Byte 12 \(0xFF\) is not UTF-8"),
        ("id,text\n1,a".encode("utf-16-le"), "Line 1 has a NUL"),
        ("id,text\n1,a".encode("utf-32"), "Line 1 has a NUL"),
        (b"id,text\n1,a\x00b", "Line 2 has a NUL"),
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"id,claim\n1,a", "no column text"),
        (b"text,Text \na,b", "text is there twice"),
        (b'text\n"a"b\n', "From row 2 on the quoting is wrong"),
        (b'text\nok\n"never closed\n', "From row 3 on the quoting is wrong"),
        (b"text\n" + b"x" * 200_000, "From row 2 on"),
        (b"text\n" + b"a\n" * 100_001, "more than 100,000 rows"),
        (b"\xff\xd8\xff\xe0JFIF", "Byte 1"),
        (b"x" * 50_000_001, "larger than 50 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(body, said):
    with pytest.raises(ListError, match=said):
        read_list(body, columns=READ, needs=["text"])


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "'=1", "''=1", "it's", "'quoted'", "1=1"])
def test_no_cell_begins_like_a_formula_and_each_comes_back_as_it_was(cell):
    written = "".join(csv_lines([{"text": cell, "id": "1"}], ["id", "text"]))

    (row,) = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert row[1][0] not in "=+-@\t\r"
    assert read_list(written.encode(), columns=READ, needs=["text"]).rows[0].values["text"] == cell


@pytest.mark.django_db
def test_sources_of_a_second_file_go_to_their_claims_and_lost_ones_are_named():
    claims = "id,text\na,One.\nb,Two.\n"
    sources = "claim,title,publisher,url\na,Account,City,https://a.example/1\na,Call,City,https://a.example/2\n"

    assert problems(claims, sources + "c,Lost,City,https://a.example/3\n") == [
        (4, "claim", "No claim of the first file has this id.")
    ]
    imported(claims, sources)

    assert list(Source.objects.values_list("claim__text", "title")) == [("One.", "Account"), ("One.", "Call")]


@pytest.mark.django_db
def test_a_copy_of_each_imported_source_with_an_address_is_asked_for():
    sources = "claim,title,publisher,url,no_url_reason\na,Account,City,https://a.example/1,\na,Call,City,,A call\n"

    imported("id,text\na,One.\n", sources)

    assert list(SourceCopy.objects.values_list("source__title", "url", "state")) == [
        ("Account", "https://a.example/1", "waiting")
    ]


@pytest.mark.django_db
def test_the_same_id_twice_is_a_problem_of_the_second_row():
    assert problems("id,text\n1,One.\n1,Two.\n") == [(3, "id", "Row 2 has this id already.")]


@pytest.mark.django_db
def test_another_file_than_the_one_shown_is_refused(reporter):
    shown, other = plan_import(b"text\nOne.\n"), plan_import(b"text\nTwo.\n")

    with pytest.raises(StaleClaim, match="not what you were shown"):
        import_claims(other, digest=shown.digest, by=reporter)
    factories.make_claim(text="One.", claimant=None)
    with pytest.raises(StaleClaim):
        import_claims(plan_import(b"text\nOne.\n"), digest=shown.digest, by=reporter)


@pytest.mark.django_db
def test_who_may_not_make_claims_imports_none(administrator):
    plan = plan_import(b"text\nOne.\n")

    with pytest.raises(NotAllowed):
        import_claims(plan, digest=plan.digest, by=administrator)


@pytest.mark.django_db
def test_published_claims_are_exported_as_readers_see_them():
    private = factories.make_claimant("Maria Müller", named_publicly=False)
    claim = factories.make_published_claim(claimant=private, verdict={"summary": "As it was."}, slug="one")
    Claim.objects.filter(pk=claim.pk).update(text="Reworded since.")
    factories.make_source(claim, title="Not cited", interest="secret")
    factories.make_claim_with_verdict(text="In the making.")

    (row,) = objects("--published")
    table = exported("--published", "--format", "csv")

    assert list(row) == [*PUBLISHED, "sources"]
    assert (row["text"], row["claimant"], row["rating"]) == (factories.CLAIM, "a private person", "Mostly true")
    assert [source["title"] for source in row["sources"]] == ["Final account of the bridge"]
    for hidden in ("Müller", "Reworded", "Not cited", "making", "secret"):
        assert hidden not in json.dumps(row, ensure_ascii=False) + table


@pytest.mark.django_db
def test_a_finding_in_the_making_is_in_no_export():
    claim = factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW, verdict={"summary": "Not yet said."})
    assert Verdict.objects.get(claim=claim).rating

    assert "Not yet said." not in exported() + exported("--format", "csv")
    assert objects()[0]["rating"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [[], ["--format", "csv"], ["--format", "csv", "--sources"], ["--published"]])
def test_an_export_asks_as_many_queries_for_10_claims_as_for_1(arguments, django_assert_max_num_queries):
    counts = []
    for more in (1, 9):
        for _ in range(more):
            make = factories.make_published_claim()
            factories.make_source(make)
        with django_assert_max_num_queries(12) as caught:
            exported(*arguments)
        counts.append(len(caught))

    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_the_command_tells_of_each_row_and_imports_all_or_nothing(tmp_path, reporter, capsys):
    file = tmp_path / "list.csv"
    file.write_text("text,claimed_on,colour\nOne.,2026-03-02,red\nTwo.,3/2/2026,red\n")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="1 rows have a problem") as error:
        call_command("import_claims", str(file), stdout=out, stderr=err)
    assert error.value.returncode == 1
    assert "Row 3, claimed_on: problem. “3/2/2026” is not a day" in err.getvalue()
    assert "Not read: colour." in err.getvalue()

    file.write_text("text,claimed_on\nOne.,2026-03-02\n")
    call_command("import_claims", str(file), "--dry-run", stdout=out, stderr=err)
    assert not Claim.objects.exists()
    assert "Row 2: new." in err.getvalue()
    call_command("import_claims", str(file), "--by", "rosa", stdout=out, stderr=err)
    assert json.loads(out.getvalue().splitlines()[-1]) == {"new": 1, "known": 0, "dry_run": False}
    assert RecordEntry.objects.about(Claim.objects.get()).get().actor_name == "rosa"


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["no-such-file.csv"], ["-", "--by", "nobody"]])
def test_the_command_says_what_is_not_there(arguments):
    with pytest.raises(CommandError) as error:
        call_command("import_claims", *arguments)

    assert error.value.returncode == 2


def test_the_columns_that_are_read_are_written_first():
    assert CLAIM[: len(READ)] == READ
