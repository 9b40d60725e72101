"""Getting text in: one row per text, whatever way it came."""

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import fetching, parsing
from articles.exceptions import ArticleError, RefusedText, TransientFetchError
from articles.models import Article, ArticleAddress, Publisher, Revision, Snapshot, snapshot_path
from articles.parsing import ParsedArticle
from people.models import User
from people.record import recorded

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=30)  # doubled with each attempt


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a submission. duplicate: the article was known already, by its address or its text."""

    article: Article
    duplicate: bool


@dataclass(frozen=True, slots=True)
class _Received:
    """Bytes as they came, to be kept under their hash."""

    body: bytes
    content_type: str
    at: datetime


def submit_address(url: str, *, title: str = "", published_on: date | None = None, by: User | None = None) -> Submitted:
    """Take in the article at `url`; a worker fetches it. An address that failed before is tried again.

    Raises RefusedAddress for what is not a public web page.
    """
    url = fetching.normalise_address(url, private_hosts=settings.FETCH_PRIVATE_HOSTS)
    if known := _article_at(url):
        retry_article(known, by=by)
        return Submitted(known, duplicate=True)
    try:
        with recorded(by=by):
            article = Article.objects.create(
                title=title[:300], published_on=published_on, submitted_by=by, next_try_at=timezone.now()
            )
            ArticleAddress.objects.create(article=article, url=url)
    except IntegrityError:  # somebody submitted the same address at this moment
        return Submitted(ArticleAddress.objects.get(url=url).article, duplicate=True)
    return Submitted(article, duplicate=False)


def submit_text(
    text: str, *, url: str = "", title: str = "", published_on: date | None = None, by: User | None = None
) -> Submitted:
    """Take in pasted text. Raises RefusedText for text that is empty or over the limit."""
    parsed = parsing.parse_text(text.encode("utf-8", "replace"), charset="utf-8")
    return _submit_parsed(parsed, None, url=url, title=title, published_on=published_on, by=by)


def submit_file(
    name: str,
    body: bytes,
    *,
    url: str = "",
    title: str = "",
    published_on: date | None = None,
    by: User | None = None,
) -> Submitted:
    """Take in a file, its kind told by its name and content. Raises RefusedText for what cannot be read."""
    parsed = parsing.parse_file(name, body)
    received = _Received(body, "", timezone.now())
    return _submit_parsed(parsed, received, url=url, title=title, published_on=published_on, by=by)


def _submit_parsed(
    parsed: ParsedArticle,
    received: _Received | None,
    *,
    url: str,
    title: str,
    published_on: date | None,
    by: User | None,
) -> Submitted:
    url = fetching.normalise_address(url, private_hosts=settings.FETCH_PRIVATE_HOSTS) if url else ""
    known = _article_at(url)
    if known and known.status == Article.Status.READ:
        return Submitted(known, duplicate=True)
    # An address that could not be read, or not yet, is read now: somebody pasted its text.
    article = known or Article(submitted_by=by)
    article.title, article.published_on = title[:300] or article.title, published_on or article.published_on
    try:
        with recorded(by=by):
            _store_reading(article, parsed, received, url=url)
            if url and not known:
                ArticleAddress.objects.create(article=article, url=url)
    except IntegrityError:  # the text, or just now the address, is known
        first = _article_with(parsed) or _article_at(url)
        if first is None:
            raise
        _add_address(first, url, instead_of=known, by=by)
        return Submitted(first, duplicate=True)
    return Submitted(article, duplicate=False)


def _add_address(article: Article, url: str, *, instead_of: Article | None, by: User | None) -> None:
    """The text at `url` is that of `article`: it is one more address of it, and no article of its own."""
    if instead_of is not None and instead_of != article:
        _fold(instead_of, article)
    elif url:
        with recorded(by=by):
            ArticleAddress.objects.bulk_create([ArticleAddress(article=article, url=url)], ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What stood at an address at one moment. text: "" where it is of a kind that cannot be read as text."""

    snapshot: Snapshot
    retrieved_at: datetime
    text: str


def keep_page(url: str) -> KeptPage:
    """Fetch whatever stands at `url`, a page or a file, and keep its bytes under their hash. Raises ArticleError."""
    return keep_fetched(
        fetching.fetch(
            url, user_agent=settings.FETCH_USER_AGENT, private_hosts=settings.FETCH_PRIVATE_HOSTS, any_kind=True
        )
    )


def keep_fetched(page: fetching.FetchedPage) -> KeptPage:
    """Keep the bytes of a page, whichever way it came."""
    snapshot = _snapshot(_Received(page.body, page.content_type, page.retrieved_at))
    return KeptPage(snapshot, page.retrieved_at, _text_of(page))


def _text_of(page: fetching.FetchedPage) -> str:
    """The words of a page or of any kind of plain text, "" of all other files."""
    if page.content_type not in fetching.READABLE:
        page = replace(page, content_type="text/plain" if page.content_type.startswith("text/") else "")
    try:
        return parsing.parse_page(page).text
    except RefusedText:
        return ""


def due_articles() -> list[int]:
    """Take every article that waits: its number is in the list, and it waits for nobody else for a while."""
    now = timezone.now()
    due = Article.objects.due(now)
    later = now + timedelta(seconds=settings.LEASE_SECONDS)
    return [pk for pk in due.values_list("pk", flat=True)[:1000] if due.filter(pk=pk).update(next_try_at=later)]


def fetch_article(article_id: int) -> None:
    """Fetch and read one article. Safe to repeat: an article that is not pending is left alone.

    Afterwards it is READ, or FAILED with its reason, or still PENDING with a later time to try again. Where the
    text is that of an article we have, the address moves to that one and this row goes.
    """
    article = Article.objects.filter(pk=article_id, status=Article.Status.PENDING).first()
    if article is None:
        return
    later = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    Article.objects.filter(pk=article.pk).update(attempts=F("attempts") + 1, next_try_at=later)
    article.attempts += 1
    if article.attempts > MAX_ATTEMPTS:  # whatever stopped the workers before said nothing
        _fail(article, ArticleError(_("Reading this page was broken off again and again. Paste its text instead.")))
        return
    try:
        page = fetching.fetch(
            article.url, user_agent=settings.FETCH_USER_AGENT, private_hosts=settings.FETCH_PRIVATE_HOSTS
        )
        parsed = parsing.parse_page(page)
    except TransientFetchError as error:
        _try_again(article, error)
    except ArticleError as error:
        _fail(article, error)
    else:
        _keep(article, parsed, _Received(page.body, page.content_type, page.retrieved_at), page.final_url)


def retry_article(article: Article, *, by: User | None) -> bool:
    """Try a failed article again from the start. False if it is not failed, or no longer."""
    fresh = {"status": Article.Status.PENDING, "failure": "", "attempts": 0, "next_try_at": timezone.now()}
    with recorded(by=by, why=_("tried again by hand")):
        if not Article.objects.filter(pk=article.pk, status=Article.Status.FAILED).update(**fresh):
            return False
    article.status, article.failure = Article.Status.PENDING, ""
    return True


def _try_again(article: Article, error: TransientFetchError) -> None:
    if article.attempts >= MAX_ATTEMPTS:
        _fail(article, error)
        return
    pause = FIRST_PAUSE * 2 ** (article.attempts - 1)
    if error.retry_after:
        pause = max(pause, timedelta(seconds=error.retry_after))
    _pending(article).update(next_try_at=timezone.now() + pause)


def _fail(article: Article, error: ArticleError) -> None:
    with recorded(by=None):
        _pending(article).update(status=Article.Status.FAILED, failure=str(error))
    logger.info("Article %s could not be read: %s", article.pk, error)


def _pending(article: Article) -> QuerySet[Article]:
    """The row, if nobody finished it in the meantime."""
    return Article.objects.filter(pk=article.pk, status=Article.Status.PENDING)


def _unread(article: Article) -> QuerySet[Article]:
    """The row, if it has no text."""
    return Article.objects.filter(pk=article.pk).exclude(status=Article.Status.READ)


def _keep(article: Article, parsed: ParsedArticle, received: _Received, final_url: str) -> None:
    """Store what was fetched: in `article`, or in the article whose address it led to, if that has no text yet."""
    final_url = _normal_or_empty(final_url)
    led_to = _article_at(final_url)
    home = led_to or article
    try:
        _store_fetched(home, parsed, received, new_url="" if led_to else final_url)
        logger.info("Article %s is read: %s", home.pk, final_url)
    except IntegrityError as error:  # the text, or the address it led to, is another article's
        first = _article_with(parsed) or _article_at(final_url)
        if first is None:
            raise RuntimeError(f"Article {article.pk} breaks a rule that is not about text or address.") from error
        home = first
    if home != article:
        _fold(article, home)


def _store_fetched(article: Article, parsed: ParsedArticle, received: _Received, *, new_url: str) -> None:
    with recorded(by=None):
        if not _unread(article).select_for_update().exists():
            return
        _store_reading(article, parsed, received, url=article.url)
        if new_url:
            ArticleAddress.objects.create(article=article, url=new_url)


def _fold(article: Article, known: Article) -> None:
    """The same text at another address is one article: move the address, drop the empty row."""
    with recorded(by=None, why=f"same article as {known.pk}"):
        if _unread(article).select_for_update().exists():
            article.addresses.update(article=known)
            Article.objects.filter(pk=article.pk).delete()


def _store_reading(article: Article, parsed: ParsedArticle, received: _Received | None, *, url: str) -> None:
    """Save `article` with what was read and its first revision. What a person gave beforehand stays."""
    article.status, article.failure = Article.Status.READ, ""
    article.title = article.title or parsed.title
    article.byline = article.byline or parsed.byline
    article.publisher = article.publisher or _publisher(url, parsed)
    article.published_on = article.published_on or _day(parsed, article.publisher)
    article.language = parsed.language
    article.next_try_at = None
    article.save()
    Revision.objects.create(
        article=article,
        text=parsed.text,
        text_hash=parsing.fingerprint(parsed.text),
        notes=list(parsed.notes),
        snapshot=_snapshot(received) if received else None,
        read_at=received.at if received else timezone.now(),
    )


def _day(parsed: ParsedArticle, publisher: Publisher | None) -> date | None:
    """The day of publication where the publisher is; as the page writes it where either is not known."""
    if parsed.published_at is None or publisher is None or not publisher.timezone:
        return parsed.published_on
    return parsed.published_at.astimezone(ZoneInfo(publisher.timezone)).date()


def _publisher(url: str, parsed: ParsedArticle) -> Publisher | None:
    domain = (urlsplit(url).hostname or "").removeprefix("www.")
    if not domain:
        return None
    publisher, _created = Publisher.objects.get_or_create(
        domain=domain, defaults={"name": parsed.site_name[:200] or domain}
    )
    return publisher


def keep_bytes(body: bytes, *, content_type: str) -> Snapshot:
    """Keep what a person handed us, once under its hash."""
    return _snapshot(_Received(body, content_type, timezone.now()))


def _snapshot(received: _Received) -> Snapshot:
    digest = hashlib.sha256(received.body).hexdigest()
    if known := Snapshot.objects.filter(hash=digest).first():
        return known
    snapshot = Snapshot(
        hash=digest,
        size=len(received.body),
        content_type=received.content_type[:100],
        retrieved_at=received.at,
    )
    snapshot.file.name = _kept_bytes(snapshot, received.body)
    try:
        with transaction.atomic():
            snapshot.save()
    except IntegrityError:  # another worker received the same bytes at this moment
        return Snapshot.objects.get(hash=digest)
    return snapshot


def _kept_bytes(snapshot: Snapshot, body: bytes) -> str:
    """Write the bytes under their hash and return where. A file cut short by a crash is written again."""
    path, storage = snapshot_path(snapshot, ""), snapshot.file.storage
    if storage.exists(path) and storage.size(path) != len(body):
        storage.delete(path)
    if not storage.exists(path):
        storage.save(path, ContentFile(body))
    return path


def _article_at(url: str) -> Article | None:
    address = ArticleAddress.objects.filter(url=url).select_related("article").first()
    return address.article if address else None


def _article_with(parsed: ParsedArticle) -> Article | None:
    first = Revision.objects.with_text(parsing.fingerprint(parsed.text)).select_related("article").first()
    return first.article if first else None


def _normal_or_empty(url: str) -> str:
    try:
        return fetching.normalise_address(url, private_hosts=settings.FETCH_PRIVATE_HOSTS)
    except ArticleError:
        return ""
