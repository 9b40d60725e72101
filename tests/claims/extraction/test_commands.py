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


FRENCH = "Le maire a ouvert le pont sur la rivière samedi, et il a coûté trois millions d’euros à la ville.\n"


def test_a_text_in_another_language_gives_nothing_and_a_sentence_that_says_so(tmp_path):
    path, err = tmp_path / "article.txt", io.StringIO()
    path.write_text(FRENCH * 2)

    call_command("extract_claims", str(path), stdout=(out := io.StringIO()), stderr=err)

    assert out.getvalue() == ""
    assert err.getvalue().strip() == "The text is in French. The extractor reads English; no claims were looked for."
    rejected = [json.loads(line)["rejected"] for line in output("extract_claims", str(path), "--rejected").splitlines()]
    assert rejected == ["language", "language"]


def test_a_line_in_another_language_gets_an_empty_score(tmp_path):
    path, err = tmp_path / "lines.txt", io.StringIO()
    path.write_text("Chile sold 20 ships in 1999.\n" + FRENCH)

    call_command("score_sentences", str(path), stdout=(out := io.StringIO()), stderr=err)

    assert out.getvalue().splitlines()[1] == "\t" + FRENCH.strip()
    assert err.getvalue().strip().endswith(": 1.")


def test_an_english_text_leaves_standard_error_empty(article):
    err = io.StringIO()

    call_command("extract_claims", article, stdout=io.StringIO(), stderr=err)

    assert err.getvalue() == ""


def test_a_speaker_with_a_label_stands_before_the_speaker_of_the_command(tmp_path):
    path = tmp_path / "transcript.txt"
    path.write_text("VALE: Chile sold 20 ships in 1999.\nLOW: Peru sold 30 ships in 1999.\n")

    lines = [json.loads(line) for line in output("extract_claims", str(path), "--speaker", "Ann Lee").splitlines()]

    assert [line["claimant"] for line in lines] == ["Vale", "Low"]
