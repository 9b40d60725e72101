"""`match_claims` alone, as people run it: in files, standard input, exit codes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CLAIMS = [
    {"id": "dam", "text": "The dam in Porto was closed for 4 months.", "title": "How long was it closed?"},
    {"id": 7, "text": "The law bans smoking in restaurants.", "title": None},
]


@pytest.fixture
def collection(tmp_path):
    return written(tmp_path / "claims.jsonl", *map(json.dumps, CLAIMS))


def written(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def run(*arguments: str) -> list[dict]:
    printed = io.StringIO()
    call_command("match_claims", *arguments, stdout=printed)
    return [json.loads(line) for line in printed.getvalue().splitlines()]


def test_each_query_gets_a_line_in_order_the_best_match_first(collection, tmp_path):
    queries = written(
        tmp_path / "queries.jsonl",
        '{"id": 1, "text": "Smoking in restaurants is banned by the law."}',
        '{"id": "2", "text": "For 14 months the dam in Porto stayed closed."}',
        '{"id": 1, "text": ""}',
    )

    first, second, third = run("--against", collection, queries)

    assert (first["id"], [match["id"] for match in first["matches"]]) == (1, [7, "dam"])
    assert set(first["matches"][0]) == {"id", "similarity", "decision", "differences"}
    assert first["matches"][0]["similarity"] > 0.9 > first["matches"][1]["similarity"]
    assert (second["id"], second["matches"][0]["decision"]) == ("2", "different")
    assert second["matches"][0]["differences"] == [{"kind": "number", "query": "14 months", "candidate": "4 months"}]
    assert third == {"id": 1, "matches": []}


def test_no_more_than_top_matches_are_printed(collection, tmp_path):
    queries = written(tmp_path / "queries.jsonl", '{"id": 1, "text": "The dam"}')

    (line,) = run("--against", collection, "--top", "1", queries)

    assert [match["id"] for match in line["matches"]] == ["dam"]


@pytest.mark.parametrize("lines", [[], ["", "  "]], ids=["nothing", "empty lines"])
def test_no_queries_print_nothing(collection, tmp_path, lines):
    assert run("--against", collection, written(tmp_path / "queries.jsonl", *lines)) == []


def test_a_collection_of_one_claim_or_none_is_no_mistake(tmp_path):
    query = written(tmp_path / "queries.jsonl", json.dumps(CLAIMS[0]))

    (of_one,) = run("--against", query, query)
    (of_none,) = run("--against", written(tmp_path / "none.jsonl"), query)

    assert of_one["matches"][0]["decision"] == "same"
    assert of_none["matches"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dam",
        "dam " * 5_000,
        "Le pont est resté fermé pendant quatre mois.",
        "大坝关闭了四个月",
        "\x00",
        "\ud83d dam",
    ],
    ids=["empty", "one word", "5,000 words", "French", "Chinese", "null", "half a pair"],
)
def test_an_odd_query_gets_its_line(collection, tmp_path, text):
    queries = written(tmp_path / "queries.jsonl", json.dumps({"id": "odd", "text": text}))

    (line,) = run("--against", collection, queries)

    assert line["id"] == "odd"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1, 2]", "not an object"),
        ('"text"', "not an object"),
        ('{"text": "The dam was closed."}', 'no "id"'),
        ('{"id": null, "text": "The dam was closed."}', '"id" is not a string'),
        ('{"id": true, "text": "The dam was closed."}', '"id" is not a string'),
        ('{"id": 1.5, "text": "The dam was closed."}', '"id" is not a string'),
        ('{"id": 2}', 'no "text"'),
        ('{"id": 2, "text": null}', '"text" is not a string'),
        ('{"id": 2, "text": ["The dam was closed."]}', '"text" is not a string'),
        ('{"id": 2, "text": "The dam was closed.", "title": 3}', '"title" is not a string'),
        ('{"id": ' + "9" * 5_000 + ', "text": "The dam was closed."}', "too many digits"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_printed(collection, tmp_path, line, reason):
    queries = written(tmp_path / "queries.jsonl", '{"id": 1, "text": "The dam was closed."}', "", line)
    printed = io.StringIO()

    with pytest.raises(CommandError, match=reason) as refusal:
        call_command("match_claims", "--against", collection, queries, stdout=printed)

    assert refusal.value.returncode == 1
    assert str(refusal.value).startswith(f"Line 3 of {queries} cannot be read: ")
    assert printed.getvalue() == ""


def test_a_collection_with_an_id_twice_is_refused(tmp_path):
    collection = written(tmp_path / "claims.jsonl", *map(json.dumps, [*CLAIMS, CLAIMS[0]]))

    with pytest.raises(CommandError, match=r'Line 3 .* line 1 has the id "dam" already') as refusal:
        run("--against", collection, collection)

    assert refusal.value.returncode == 1


@pytest.mark.parametrize("missing", ["collection", "queries"])
def test_a_file_that_is_not_there_is_named(collection, missing):
    files = {"collection": collection, "queries": collection, missing: "no-such-file.jsonl"}

    with pytest.raises(CommandError, match=r"no-such-file\.jsonl cannot be read") as refusal:
        run("--against", files["collection"], files["queries"])

    assert refusal.value.returncode == 1


def test_both_from_standard_input_is_refused():
    with pytest.raises(CommandError, match="both") as refusal:
        run("--against", "-", "-")

    assert refusal.value.returncode == 1


@pytest.mark.parametrize("top", ["0", "-1", "five", "1.5"])
def test_a_top_that_is_no_count_is_refused(collection, top):
    with pytest.raises(CommandError, match="not a whole number from 1 up"):
        run("--against", collection, f"--top={top}", collection)


def test_without_the_encoder_it_works_on_words_alone_and_says_so(collection):
    answer = subprocess.run(
        [sys.executable, "manage.py", "match_claims", "--against", collection, "-"],
        input=b'{"id": 1, "text": "The law bans smoking in restaurants \\ud83d"}\n',
        env={**os.environ, "PLUMBLINE_ENCODER": "off"},
        capture_output=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr.decode()
    assert json.loads(answer.stdout)["matches"][0]["id"] == 7
    assert answer.stderr.decode().strip().endswith("claims are matched by their words alone.")


def test_queries_in_another_language_are_counted_on_standard_error(collection, tmp_path):
    warned = io.StringIO()
    query = {"id": 1, "text": "Le pont est resté fermé pendant quatre mois parce que la ville n’avait pas payé."}

    call_command(
        "match_claims",
        "--against",
        collection,
        written(tmp_path / "q.jsonl", json.dumps(query)),
        stdout=io.StringIO(),
        stderr=warned,
    )

    assert warned.getvalue().strip().endswith(": 1.")
