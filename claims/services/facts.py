"""What a claim is about, when it was said, and how urgent it is."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import Claim, ClaimantRole, Topic
from claims.services.claims import free_slug, require_not_reviewed, withdraw_approvals
from claims.services.conflicts import refuse_interested
from claims.services.lifecycle import lock_claim, require
from people.models import User
from people.record import recorded

MOST_TOPICS = 20


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a claim beside its wording and claimant. topics: by name, in the order of the alphabet."""

    topics: tuple[str, ...] = ()
    claimed_on: date | None = None
    importance: int = Claim.Importance.NORMAL
    due_on: date | None = None

    @property
    def stamp(self) -> str:
        """Tells whether they are still as somebody saw them."""
        told = (self.topics, self.claimed_on, int(self.importance), self.due_on)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def facts_of(claim: Claim) -> Facts:
    """The facts as stored. Prefetch `topics`."""
    topics = tuple(sorted(topic.name for topic in claim.topics.all()))
    return Facts(topics, claim.claimed_on, claim.importance, claim.due_on)


@transaction.atomic
def describe_claim(claim: Claim, facts: Facts, *, by: User, seen: str | None = None) -> None:
    """Store the facts of a claim that nobody has reviewed yet; topics that are new are made.

    seen: `Facts.stamp` of what the person saw; None does not ask.
    Raises NotReady for what cannot be stored, StaleClaim once the claim is in review or if the facts were changed.
    """
    require(by, "claims.check_claim")
    claim = lock_claim(claim)
    require_not_reviewed(claim)
    refuse_interested(claim, by)
    before = facts_of(claim)
    if seen is not None and seen != before.stamp:
        raise StaleClaim(_("Someone else changed these facts while you were writing. Compare and save again."))
    _check(facts)
    with recorded(by=by):
        claim.topics.set([topic_named(name) for name in facts.topics])
        claim.claimed_on, claim.importance, claim.due_on = facts.claimed_on, facts.importance, facts.due_on
        claim.save(update_fields=["claimed_on", "importance", "due_on"])
        if facts.claimed_on != before.claimed_on:
            withdraw_approvals(claim)


def _check(facts: Facts) -> None:
    if facts.claimed_on and facts.claimed_on > timezone.localdate():
        raise NotReady(_("The day on which it was claimed lies ahead. Check the year."))
    if facts.importance not in Claim.Importance.values:
        raise NotReady(_("Choose how important the claim is."))
    if len(facts.topics) > MOST_TOPICS:
        raise NotReady(_("A claim has at most %(number)s topics.") % {"number": MOST_TOPICS})
    for name in facts.topics:
        if not 0 < len(" ".join(name.split())) <= 100:
            raise NotReady(_("The name of a topic has at most 100 characters."))


def topic_named(name: str) -> Topic:
    """The topic of this name, made where there is none. Two people may make the same one at once."""
    name = " ".join(name.split())
    known = Topic.objects.filter(name__iexact=name).first()
    if known:
        return known
    slug = free_slug(name, taken=Topic.objects.values_list("slug", flat=True), otherwise="topic")
    try:
        with transaction.atomic():
            return Topic.objects.create(name=name, slug=slug)
    except IntegrityError:
        return topic_named(name)


def role_then(claim: Claim, made_on: date | None) -> ClaimantRole | None:
    """The claimant's role on the day of the claim, or None where day or role is not known. Prefetch their `roles`.

    made_on: when the places say that it was said, for a claim whose own day nobody has found out.
    """
    day = claim.claimed_on or made_on
    if claim.claimant is None or day is None:
        return None
    return next((role for role in claim.claimant.roles.all() if role.held_on(day)), None)


def role_in_words(role: ClaimantRole) -> str:
    """A role as one says it today: "then" where it is over."""
    if role.to_on and role.to_on < timezone.localdate():
        return _("then %(role)s") % {"role": role.title}
    return role.title
