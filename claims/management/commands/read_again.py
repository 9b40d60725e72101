"""`manage.py read_again`: how far a new version of the extractor is with old texts, and an article before its turn."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from claims.services import detection
from claims.tasks import read_soon


class Command(BaseCommand):
    help = (
        "Say how many texts the present version of the extractor has read. With numbers of articles, have those read "
        "by it now; the others follow by themselves, a few at a time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("articles", nargs="*", type=int, metavar="ARTICLE", help="number of an article")

    def handle(self, *_args: Any, **options: Any) -> None:
        for article in [find_article(pk) for pk in options["articles"]]:
            opened = detection.read_again(article)
            self.stdout.write(
                f"Article {article.pk}: {opened} to be read." if opened else f"Article {article.pk}: {said(article)}"
            )
            read_soon(article)
        done = detection.progress()
        self.stdout.write(
            f"Version {done.version} of the extractor has read {done.read} texts ({done.failed} in vain), is at "
            f"{done.under_way}, and {done.waiting} wait; at most {detection.REREAD_AT_ONCE} old ones are under way "
            "at a time."
        )


def find_article(pk: int) -> Article:
    """The article of this number. Exits with 2 where there is none."""
    article = Article.objects.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if article is None:
        raise CommandError(f"There is no article {pk}.", returncode=2)
    return article


def said(article: Article) -> str:
    """Why nothing was to be opened."""
    if article.status != Article.Status.READ:
        return "it has no text yet."
    return "this version has read it." if detection.is_extracted(article) else "this version is at it."
