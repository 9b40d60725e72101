"""`manage.py add_article`: one article in, from an address, a file or standard input."""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from django.db.models.functions import Coalesce

from articles.exceptions import ArticleError
from articles.models import Article, ArticleAddress
from articles.services import Submitted, submit_address, submit_file
from articles.tasks import sweep_articles
from claims.models import Claim
from claims.services.detection import is_extracted, read_again
from claims.tasks import read_soon, sweep_revisions

REFUSED, FAILED, RAN_OUT = 1, 2, 3


class Command(BaseCommand):
    help = "Take in one article and print what became of it as one line of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="URL|FILE|-", help="an address, a txt or html file, or - for input")
        parser.add_argument("--url", default="", help="where a file or standard input was published")
        parser.add_argument("--title", default="", help="its title")
        parser.add_argument(
            "--published-on", type=iso_date, metavar="D", help="the day it was published, as 2026-03-02"
        )
        parser.add_argument("--wait", type=float, metavar="S", help="wait up to S seconds for its claims")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            submitted = submit(options)
        except ArticleError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        article, url = submitted.article, submitted.article.url
        read_again(article)  # one that an older version has read waits its turn no longer
        sent = read_soon(article)
        in_time = True
        if options["wait"] is not None:
            with nullcontext() if has_worker() else own_worker():
                article, in_time = wait_for(article, url, seconds=options["wait"])
        elif not sent or not has_worker():
            self.stderr.write("It is kept, and read when a worker runs: start one with make run, or use --wait.")
        duplicate = submitted.duplicate or article != submitted.article
        self.stdout.write(json.dumps(described(article, duplicate=duplicate), ensure_ascii=False))
        if article.status == Article.Status.FAILED:
            raise CommandError(article.failure, returncode=FAILED)
        if not in_time:
            raise CommandError(f"Not done after {options['wait']:g} seconds. It goes on.", returncode=RAN_OUT)


def submit(options: dict[str, Any]) -> Submitted:
    """Hand the article to the service that its source calls for."""
    source = options["source"]
    given = {"title": options["title"], "published_on": options["published_on"]}
    if "://" in source:
        return submit_address(source, **given)
    name, body = ("input.txt", read_input()) if source == "-" else (source, read_file(source))
    return submit_file(name, body, url=options["url"], **given)


def read_input() -> bytes:
    return sys.stdin.buffer.read(settings.ARTICLE_MAX_BYTES + 1)


def read_file(name: str) -> bytes:
    """The bytes of the file, and one more than is taken when it is too large, so that the parser says so."""
    try:
        with Path(name).open("rb") as file:
            return file.read(settings.ARTICLE_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise CommandError(f"There is no file {name}.", returncode=FAILED) from error
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=REFUSED) from error


def wait_for(article: Article, url: str, *, seconds: float) -> tuple[Article, bool]:
    """Wait until the article has failed or its claims are stored. Returns it as it is then, and whether in time.

    Sweeps are sent on the way, because nobody may be running the schedule.
    """
    started, last_sweep = time.monotonic(), time.monotonic()
    while True:
        article = current(article, url)
        if article.status == Article.Status.FAILED or is_extracted(article):
            return article, True
        if time.monotonic() - started > seconds:
            return article, False
        if time.monotonic() - last_sweep > 2:
            last_sweep = time.monotonic()
            sweep_articles.delay()
            sweep_revisions.delay()
        time.sleep(0.1)


def current(article: Article, url: str) -> Article:
    """The article's row; where it turned out to be one we had, that one, found by the address that moved."""
    row = Article.objects.filter(pk=article.pk).first()
    return row or ArticleAddress.objects.select_related("article").get(url=url).article


def has_worker() -> bool:
    return bool(current_app.control.ping(timeout=1.0, limit=1))


@contextmanager
def own_worker() -> Iterator[None]:
    """A worker for as long as the block runs."""
    # Celery's warning about root is about pickled messages; ours are JSON.
    python = [sys.executable, "-W", "ignore:You're running the worker"]
    options = ["--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    worker = subprocess.Popen(
        [*python, "-m", "celery", "-A", "config.celery", "worker", *options], stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def described(article: Article, *, duplicate: bool) -> dict[str, Any]:
    """The line that contract.md promises."""
    here = Claim.objects.filter(appearances__revision__article=article)
    claims = here.aggregate(number=Count(Coalesce("merged_into", "pk"), distinct=True))["number"]
    return {
        "id": article.pk,
        "status": article.status,
        "url": article.url,
        "claims": claims,
        "duplicate": duplicate,
    }


def iso_date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is not a date; write it as 2026-03-02") from error
