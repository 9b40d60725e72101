"""What readers ask us to check: into an article, onto a claim, or declined with a reason."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.exceptions import ArticleError
from articles.models import Article
from articles.services import submit_address, submit_text
from claims.exceptions import NotReady, StaleClaim
from claims.models import Claim, Decline, Submission
from claims.models.corrections import NOTE_LIMIT
from claims.models.requests import TEXT_MAX
from claims.services.codes import hash_of
from claims.services.lifecycle import require
from claims.services.typed import typed_text
from people.models import User
from people.record import recorded

Status = Submission.Status


def receive_submission(*, text: str, url: str = "", email: str = "", code: str) -> Submission:
    """Keep what a reader asks us to check. The same code again is the same letter."""
    if not (text or url) or len(text) > TEXT_MAX:
        raise NotReady(_("Write the claim, of at most %(most)s characters, or give its address.") % {"most": TEXT_MAX})
    try:
        with recorded(by=None):
            return Submission.objects.create(text=text, url=url[:2000], email=email, code_hash=hash_of(code))
    except IntegrityError:
        return Submission.objects.get(code_hash=hash_of(code))


@transaction.atomic
def make_article(submission: Submission, *, by: User) -> Article:
    """Bring in the article at the reader's address, or else their words. Raises NotReady where it is refused."""
    require(by, "articles.add_article")
    waiting = _open(submission, by=by)
    try:
        if waiting.url:
            made = submit_address(waiting.url, by=by)
        else:
            made = submit_text(waiting.text, title=_("From a reader"), by=by)
    except ArticleError as error:
        raise NotReady(str(error)) from error
    waiting.article, waiting.status = made.article, Status.LOOKING
    _save(waiting, "article", "status", by=by)
    return made.article


@transaction.atomic
def take_up(submission: Submission, *, by: User) -> None:
    """Say that somebody looks at it."""
    waiting = _open(submission, by=by)
    waiting.status = Status.LOOKING
    _save(waiting, "status", by=by)


@transaction.atomic
def link_claim(submission: Submission, claim: Claim, *, by: User) -> None:
    """Say which claim it became. The reader is led to its page once it is published."""
    waiting = _open(submission, by=by)
    waiting.claim, waiting.status, waiting.decided_by, waiting.closed_at = claim, Status.CLAIM, by, timezone.now()
    _save(waiting, "claim", "status", "decided_by", "closed_at", by=by)


@transaction.atomic
def decline_submission(submission: Submission, *, reason: str, note: str = "", by: User) -> None:
    """Say that it is not checked, and why. The reader sees both."""
    waiting = _open(submission, by=by)
    if reason not in Decline.Reason.values:
        raise NotReady(_("Choose why it is not checked."))
    too_long = _("The note has at most %(number)s characters.") % {"number": NOTE_LIMIT}
    waiting.note = typed_text(note, most=NOTE_LIMIT, least=0, otherwise=too_long)
    waiting.reason, waiting.status = reason, Status.DECLINED
    waiting.decided_by, waiting.closed_at = by, timezone.now()
    _save(waiting, "reason", "note", "status", "decided_by", "closed_at", by=by)


def _open(submission: Submission, *, by: User) -> Submission:
    require(by, "claims.triage_claim")
    waiting = Submission.objects.open().select_for_update().filter(pk=submission.pk).first()
    if waiting is None:
        raise StaleClaim(_("Somebody has decided on this submission already. Reload it and see what they decided."))
    return waiting


def _save(submission: Submission, *fields: str, by: User) -> None:
    with recorded(by=by):
        submission.save(update_fields=fields)
