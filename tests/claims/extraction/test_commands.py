import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command


def output(name: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes("Chile sold 20 ships last week.\r\nWho bought the café?\r\n".encode())
    return str(path)


def test_each_candidate_is_a_json_line(article):
    (line,) = output("extract_claims", article, "--published-on", "2023-08-02", "--speaker", "Ann Lee").splitlines()

    candidate = json.loads(line)
    assert (candidate["text"], candidate["claimant"]) == ("Chile sold 20 ships last week.", "Ann Lee")
    assert candidate["dates"][0]["to"] == "2023-07-24/2023-07-30"


def test_low_candidates_can_be_left_out(article):
    assert output("extract_claims", article, "--min-score", "0.99") == ""


def test_rejected_sentences_come_with_their_reason(article):
    (line,) = output("extract_claims", article, "--rejected").splitlines()

    assert json.loads(line)["rejected"] == "question"
    assert "café" in line


def test_each_line_gets_its_score_and_an_empty_line_an_empty_one(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_bytes(b"Chile sold 20 ships in 1999.\n\nI love it.\n")

    first, second, third = output("score_sentences", str(path)).splitlines()

    assert float(first.split("\t")[0]) > 0.5
    assert second == "\t"
    assert third.endswith("\tI love it.")


@pytest.mark.parametrize("command", ["extract_claims", "score_sentences"])
@pytest.mark.parametrize("content", [None, b"caf\xe9", b"\xff\xfe\x00"])
def test_input_that_cannot_be_read_is_one_sentence_and_exit_1(tmp_path, command, content):
    path = tmp_path / "input.txt"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        output(command, str(path))

    assert refused.value.returncode == 1
    assert str(refused.value).count("\n") == 0


def test_standard_input_is_read_as_it_is(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Chile sold 20 ships to Perú.".encode())))

    assert json.loads(output("extract_claims", "-"))["text"] == "Chile sold 20 ships to Perú."
