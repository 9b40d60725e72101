"""Asking the claimant, and keeping what they say."""

from datetime import date

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Claim, Outreach
from claims.services.lifecycle import require
from claims.services.typed import typed_line, typed_text
from people.models import User
from people.record import recorded

ANSWER_LIMIT = 5_000


@transaction.atomic
def ask_claimant(
    claim: Claim, *, whom: str, channel: str, asked_on: date, deadline: date | None = None, by: User
) -> Outreach:
    """Keep that the claimant was asked. Raises NotReady for what cannot be so, or no longer be added."""
    require(by, "claims.check_claim")
    unsaid = _("Say whom you asked, in at most 200 characters, and how.")
    whom = typed_line(whom, most=200, otherwise=unsaid)
    if channel not in Outreach.Channel.values:
        raise NotReady(unsaid)
    if asked_on > timezone.localdate():
        raise NotReady(_("This day is still to come. Keep it here once you have asked."))
    if deadline and deadline < asked_on:
        raise NotReady(_("The deadline is before the day of asking."))
    published_on = _published_on(_locked(claim))
    if published_on and asked_on < published_on:
        raise NotReady(_("This claim was published on %(day)s. What was asked before cannot be added any more.")
                       % {"day": published_on.isoformat()})  # fmt: skip
    with recorded(by=by):
        return Outreach.objects.create(
            claim=claim, whom=whom, channel=channel, asked_on=asked_on, deadline=deadline, by=by
        )


@transaction.atomic
def record_answer(asked: Outreach, *, answer: str, answered_on: date, by: User) -> None:
    """Keep what the claimant said. It can be corrected until the claim is published, and then no more.

    Raises NotReady for no answer or an impossible day, StaleClaim once readers have read another answer.
    """
    require(by, "claims.check_claim")
    answer = typed_text(answer, most=ANSWER_LIMIT, otherwise=_("Write the answer in at most 5,000 characters."))
    if not asked.asked_on <= answered_on <= timezone.localdate():
        raise NotReady(_("The answer came between the day of asking and today."))
    published = _published_on(_locked(asked.claim))
    asked = Outreach.objects.get(pk=asked.pk)
    if published and asked.answer and (asked.answer, asked.answered_on) != (answer, answered_on):
        raise StaleClaim(
            _("Readers have this answer already. What came later is a question of its own, or a correction.")
        )
    with recorded(by=by):
        Outreach.objects.filter(pk=asked.pk).update(answer=answer, answered_on=answered_on)


@transaction.atomic
def remove_outreach(asked: Outreach, *, by: User) -> None:
    """Remove what was entered by mistake; the record keeps it. Raises StaleClaim once the claim is published."""
    require(by, "claims.check_claim")
    if _published_on(_locked(asked.claim)):
        raise StaleClaim(_("This claim is published: whom we asked and when is told to readers and stays."))
    with recorded(by=by):
        Outreach.objects.filter(pk=asked.pk).delete()


def _locked(claim: Claim) -> Claim:
    """So that a publication under way is waited for."""
    return Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)


def _published_on(claim: Claim) -> date | None:
    first = claim.verdicts.aggregate(at=Min("published_at"))["at"]
    return timezone.localdate(first) if first else None
