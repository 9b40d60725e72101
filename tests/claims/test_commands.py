import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from claims.models import Claim
from tests.articles.test_services import STORY
from tests.factories import NOON, make_article, make_claim_with_verdict, make_published_claim, make_run

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    printed = io.StringIO()
    call_command(*arguments, stdout=printed)
    return printed.getvalue()


def test_add_article_prints_what_became_of_it_as_one_line(tmp_path):
    file = tmp_path / "ferry.txt"
    file.write_text(STORY)

    first = json.loads(
        run("add_article", str(file), "--url", "https://weserpost.example/ferry", "--published-on", "2026-03-01")
    )
    again = json.loads(run("add_article", str(file)))

    article = Article.objects.get()
    assert first == {
        "id": article.pk,
        "status": "read",
        "url": "https://weserpost.example/ferry",
        "claims": 0,
        "duplicate": False,
    }
    assert again == {**first, "duplicate": True}


def test_add_article_with_an_address_is_pending_until_a_worker_reads_it():
    line = json.loads(run("add_article", "https://weserpost.example/ferry"))

    assert (line["status"], line["url"]) == ("pending", "https://weserpost.example/ferry")


@pytest.mark.parametrize(
    ("source", "code"),
    [("http://127.0.0.1/", 1), ("ftp://weserpost.example/ferry", 1), ("no-such-file.txt", 2), (".", 1)],
)
def test_add_article_refuses_with_one_sentence_and_a_code(source, code):
    with pytest.raises(CommandError) as refusal:
        run("add_article", source)

    assert refusal.value.returncode == code
    assert str(refusal.value).endswith(".")
    assert not Article.objects.exists()


def test_add_article_refuses_an_empty_file(tmp_path):
    (tmp_path / "empty.txt").write_text(" \n")

    with pytest.raises(CommandError) as refusal:
        run("add_article", str(tmp_path / "empty.txt"))

    assert refusal.value.returncode == 1
    assert not Article.objects.exists()


def test_publish_check_prints_a_line_for_each_unmet_rule_and_exits_with_1(capsys):
    claim = make_claim_with_verdict(verdict={"cites": False, "summary": ""})

    with pytest.raises(SystemExit) as ended:
        call_command("publish_check", str(claim.pk))

    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "Write a summary.",
        "Cite at least one source.",
        "A second person has to approve the verdict.",
    ]


def test_publish_check_says_nothing_when_nothing_is_missing():
    ready = make_claim_with_verdict(status=Claim.Status.APPROVED)
    published = make_published_claim(slug="the-bridge")

    assert run("publish_check", str(ready.pk)) == ""
    assert run("publish_check", "the-bridge") == ""
    assert published.slug == "the-bridge"


@pytest.mark.parametrize("name", ["999999", "no-such-claim", "99999999999999999999"])
def test_publish_check_of_a_claim_that_is_not_there_exits_with_2(name):
    with pytest.raises(CommandError) as refusal:
        run("publish_check", name)

    assert refusal.value.returncode == 2


def test_read_again_says_how_far_the_new_version_is_and_takes_an_article_before_its_turn():
    articles = [make_article() for _ in range(2)]
    for article in articles:
        make_run(article.revisions.get(), extractor_version="old", finished_at=NOON)

    assert "has read 0 texts (0 in vain), is at 0, and 2 wait" in run("read_again")
    first, again = run("read_again", str(articles[0].pk)), run("read_again", str(articles[0].pk))

    assert first.startswith(f"Article {articles[0].pk}: 1 to be read.")
    assert "is at 1, and 1 wait" in first
    assert again.startswith(f"Article {articles[0].pk}: this version is at it.")


def test_read_again_of_an_article_that_is_not_there_exits_with_2_and_opens_nothing():
    article = make_article()

    with pytest.raises(CommandError) as refusal:
        run("read_again", str(article.pk), "999999")

    assert refusal.value.returncode == 2
    assert not article.revisions.get().runs.exists()
