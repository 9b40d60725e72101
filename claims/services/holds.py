"""Who has which candidate before them, so that two people never look at the same one."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from claims.models import Claim, TriageHold
from claims.models.claim import ClaimQuerySet
from people.models import User

HELD_FOR = timedelta(minutes=4)  # renewed each minute while the page is open: three may fail before it is lost
LEFT_FOR = timedelta(seconds=10)

# One statement decides it. The row of the claim is read as it is at that moment, after whoever decides on it has
# finished; the hold goes to whoever has it already, or to anybody once its time is over.
TAKE = """
INSERT INTO claims_triagehold (claim_id, person_id, until)
    SELECT id, %(person)s, statement_timestamp() + make_interval(secs => %(lasts)s)
    FROM claims_claim WHERE id = %(claim)s AND status = 'detected' FOR SHARE
ON CONFLICT (claim_id) DO UPDATE SET person_id = EXCLUDED.person_id, until = EXCLUDED.until
    WHERE claims_triagehold.until <= statement_timestamp() OR claims_triagehold.person_id = EXCLUDED.person_id
RETURNING claim_id
"""


def free_for(claims: ClaimQuerySet, person: User) -> ClaimQuerySet:
    """Of these claims those that no colleague of the person is looking at."""
    return claims.exclude(Exists(TriageHold.objects.of_others(person).filter(claim=OuterRef("pk"))))


def hold_claim(claim: int, *, by: User) -> bool:
    """Take or renew the hold on a candidate. Returns False if a colleague has it, or if it is a candidate no more."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"claim": claim, "person": by.pk, "lasts": HELD_FOR.total_seconds()})
        return cursor.fetchone() is not None


def hold_first(stretches: Sequence[ClaimQuerySet], *, by: User) -> Claim | None:
    """The first candidate of these QuerySets, one after another, that is free, held for the person from here on.

    Whoever is first at the same moment gets it, and the other the next one: nobody waits, and none is skipped.
    """
    for claims in stretches:
        while (claim := free_for(claims, by).first()) is not None:
            if hold_claim(claim.pk, by=by):
                return claim
    return None


def release_claim(claim: int, *, by: User) -> None:
    """Let go of a candidate, and of all that this person let run out. What others hold stays theirs."""
    own = TriageHold.objects.filter(person=by)
    own.filter(claim=claim).delete()
    own.exclude(pk__in=TriageHold.objects.standing()).delete()


def leave_claim(claim: int, *, by: User) -> None:
    """Let a hold run out soon: the page was closed, or is being loaded anew and takes the hold again."""
    TriageHold.objects.filter(person=by, claim=claim, until__gt=Now() + LEFT_FOR).update(until=Now() + LEFT_FOR)


def holder_of(claim: int, *, beside: User) -> User | None:
    """The colleague who looks at this candidate now, if it is somebody else than `beside`."""
    hold = TriageHold.objects.of_others(beside).filter(claim=claim).select_related("person").first()
    return hold.person if hold else None
