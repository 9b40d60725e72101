"""`manage.py sample_desk`: fills an empty desk, so that every page has something to show.

The articles and verdicts in claims/sample/ are ours. They go the way that every article goes: the running
worker extracts and matches their claims, and the services move them, in the names of the log-ins of this machine.
What comes in later repeats some of it.
"""

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.models import Article, Publisher
from articles.services import submit_address, submit_file
from claims import sample
from claims.claimreviews import read_claimreviews
from claims.models import Claim, ClaimEntry, Rating
from claims.services import lifecycle, publication, retraction, review, verdicts
from claims.services.claims import reword_claim
from claims.services.detection import is_extracted
from claims.services.externals import import_claimreviews
from claims.services.matching import current_stamp, wait_for_turn
from claims.services.merging import merge_claim
from claims.services.verdicts import Evidence
from claims.tasks import read_soon
from people.models import Role, User

FOLDER = Path(sample.__file__).parent


class Command(BaseCommand):
    help = "Fill an empty desk with sample articles and claims in every state. Needs a running worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wait", type=float, default=120, metavar="S", help="seconds to wait for the worker")

    def handle(self, *_args: Any, **options: Any) -> None:
        if Article.objects.exists():
            self.stdout.write("The desk has articles already; the sample is left out.")
            return
        plan = json.loads((FOLDER / "plan.json").read_text())
        staff = Staff()
        articles = [submit(article, by=staff.reporter) for article in plan["articles"] if "later" not in article]
        read_soon(submit_address(plan["unreachable"], title="Ferry closed for repairs", by=staff.reporter).article)
        with (FOLDER / "others.jsonl").open("rb") as others:
            import_claimreviews(read_claimreviews(others))
        wait_for(articles, seconds=options["wait"])
        for step in plan["claims"]:
            carry(step, staff)
        later = [submit(article, by=staff.reporter) for article in plan["articles"] if "later" in article]
        wait_for(later, seconds=options["wait"])
        articles += later
        self.stdout.write(f"{len(articles)} sample articles, {Claim.objects.count()} claims.")


class Staff:
    """The log-ins that the sample is written in the names of."""

    def __init__(self) -> None:
        self.reporter = first_with(Role.REPORTER)
        self.reviewer = first_with(Role.REVIEWER)
        self.editor = first_with(Role.EDITOR)


def first_with(role: Role) -> User:
    person = User.objects.filter(groups__name=role).order_by("pk").first()
    if person is None:
        raise CommandError(f"Nobody has the role {role}. Run manage.py local_logins first.")
    return person


def submit(planned: dict[str, Any], *, by: User) -> Article:
    domain = urlsplit(planned["url"]).hostname or ""
    Publisher.objects.get_or_create(domain=domain, defaults={"name": planned["publisher"]})
    article = submit_file(
        planned["file"],
        (FOLDER / planned["file"]).read_bytes(),
        url=planned["url"],
        title=planned["title"],
        published_on=date.fromisoformat(planned["published_on"]),
        by=by,
    ).article
    read_soon(article)
    return article


def wait_for(articles: list[Article], *, seconds: float) -> None:
    """Return when the worker is done with all of them, and has matched what came out."""
    deadline = time.monotonic() + seconds
    while not all(is_extracted(article) for article in articles) or still_to_match():
        if time.monotonic() > deadline:
            raise CommandError(f"No worker read the sample within {seconds:g} seconds.", returncode=3)
        time.sleep(0.2)


def still_to_match() -> bool:
    return ClaimEntry.objects.exclude(stamp=current_stamp()).exists()


@transaction.atomic
def carry(step: dict[str, Any], staff: Staff) -> None:
    """Take one claim through the services as far as `until` says. Matching waits meanwhile: it could count the claim
    with another one between two steps. One that it did count with another goes the way of that.
    """
    wait_for_turn()
    claim = claim_with(step["words"])
    if claim.status != Claim.Status.DETECTED:
        return
    if "reword" in step:
        reword_claim(claim, text=step["reword"], claimant_name=str(claim.claimant or ""), by=staff.reporter)
    if step["until"] == "declined":
        lifecycle.decline_claim(claim, reason=step["why"], by=staff.reporter)
    elif step["until"] == "merged":
        merge_claim(claim, into=claim_with(step["why"]), by=staff.reporter)
    else:
        for status, take in LINE.items():
            take(claim, step, staff)
            if status == step["until"]:
                break


def begin(claim: Claim, step: dict[str, Any], staff: Staff) -> None:
    lifecycle.start_claim(claim, by=staff.reporter)
    write_verdict(claim, step, by=staff.reporter)


def retract(claim: Claim, why: str, staff: Staff) -> None:
    asked = retraction.request_retraction(claim, why=why, by=staff.reporter)
    retraction.approve_retraction(asked, by=staff.editor)
    claim.refresh_from_db()


# What takes a claim to each status, in the order of its life.
LINE: dict[str, Callable[[Claim, dict[str, Any], Staff], None]] = {
    "shortlisted": lambda claim, _step, staff: lifecycle.shortlist_claim(claim, by=staff.reporter),
    "in_progress": begin,
    "in_review": lambda claim, _step, staff: verdicts.send_for_review(claim, by=staff.reporter),
    "approved": lambda claim, _step, staff: review.approve_verdict(claim, by=staff.reviewer, note="I agree."),
    "published": lambda claim, _step, staff: publication.publish_claim(claim, by=staff.editor),
    "retracted": lambda claim, step, staff: retract(claim, step["why"], staff),
}


def claim_with(words: str) -> Claim:
    """The claim that has these words, the most check-worthy one first; the one it counts with, if it is merged."""
    claims = Claim.objects.filter(text__contains=words).select_related("merged_into__claimant", "claimant")
    claim = claims.order_by("-check_worthiness").first()
    if claim is None:
        raise CommandError(f"The extractor found no claim with the words “{words}” in the sample.", returncode=2)
    return claim.merged_into or claim


def write_verdict(claim: Claim, step: dict[str, Any], *, by: User) -> None:
    written = step["verdict"]
    verdicts.record_verdict(
        claim,
        by=by,
        rating=Rating.objects.usable().get(code=written["rating"]) if "rating" in written else None,
        summary=written["summary"],
        explanation=written["explanation"],
        evidence_as_of=iso(written.get("evidence_as_of")),
        evidence=[Evidence(**{**item, "retrieved_on": iso(item.get("retrieved_on"))}) for item in step["evidence"]],
    )


def iso(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
