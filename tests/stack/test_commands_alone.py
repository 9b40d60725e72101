"""Commands beside no running desk: they start what they need and stop it again."""

import json

import pytest

from tests.articles.test_services import STORY
from tests.desk_process import DeskProcess

pytestmark = pytest.mark.stack


def test_add_article_makes_the_tables_starts_a_worker_and_leaves_no_process(tmp_path):
    desk = DeskProcess(tmp_path)

    first = desk.manage("add_article", "--wait", "120", "-", stdin=STORY.encode())
    again = desk.manage("add_article", "--wait", "120", "-", stdin=STORY.encode())

    assert first.returncode == 0, first.stderr.decode()
    line = json.loads(first.stdout)
    assert (line["status"], line["duplicate"]) == ("read", False)
    assert line["claims"] >= 2
    assert json.loads(again.stdout) == {**line, "duplicate": True}
    desk.wait_until(lambda: not desk.processes(""), seconds=20, what="the services to stop")


def test_a_fetch_that_fails_exits_with_2_and_leaves_the_article_with_its_reason(tmp_path):
    desk = DeskProcess(tmp_path)

    failed = desk.manage("add_article", "--wait", "60", "http://no-such-name.invalid/article")

    assert json.loads(failed.stdout)["status"] == "failed"
    assert failed.returncode == 2
    assert failed.stderr.decode().strip().endswith(".")
