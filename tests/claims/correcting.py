"""Steps of a correction, as tests take them."""

import pytest
from django.db import DatabaseError, connection

from claims.services import review
from claims.services.corrections import (
    open_correction,
)
from claims.services.publication import publish_claim
from claims.services.verdicts import record_verdict, send_for_review


def opened(claim, by, kind="factual", note="The account was not final."):
    return open_correction(claim, kind=kind, note=note, by=by)


def write(claim, by, **changes):
    draft = claim.verdicts.drafts().get()
    fields = ("rating", "summary", "explanation", "evidence_as_of")
    return record_verdict(claim, by=by, **({name: getattr(draft, name) for name in fields} | changes))


def carried(claim, *, by, reviewer, editor):
    """From a written draft to publication."""
    send_for_review(claim, by=by)
    approve_verdict(claim, by=reviewer)
    publish_claim(claim, by=editor)


def rate(claim, by):
    review.rate_verdict(claim, by=by, rating=claim.verdicts.drafts().get().rating)


def approve_verdict(claim, *, by):
    """Rate as it is rated, then approve."""
    rate(claim, by)
    review.approve_verdict(claim, by=by)


def current(claim):
    return claim.verdicts.current().get()


def violates(trigger_or_sentence):
    return pytest.raises(DatabaseError, match=trigger_or_sentence)


def check_deferred():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
