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
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles.fetching import FetchedPage
from articles.models import Article, Publisher, Revision
from articles.services import submit_address, submit_file
from claims import sample
from claims.claimreviews import read_claimreviews
from claims.models import Claim, ClaimEntry, Rating
from claims.services import corrections, gate, lifecycle, publication, retraction, review, verdicts
from claims.services.claims import claimant_named, enter_claim, reword_claim
from claims.services.copies import keep_given
from claims.services.detection import is_extracted
from claims.services.discussion import post_comment
from claims.services.externals import import_claimreviews
from claims.services.facts import Facts, describe_claim
from claims.services.legal import file_legal_request
from claims.services.matching import current_stamp, wait_for_turn
from claims.services.merging import merge_claim
from claims.services.outreach import ask_claimant, record_answer
from claims.services.parts import link_part, state_parts_rule
from claims.services.requests import close_request, propose_outcome, receive_correction_request
from claims.services.sources import Evidence
from claims.services.submissions import receive_submission
from claims.tasks import read_soon
from people.models import Role, User
from people.record import recorded

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
        for claimant in plan["claimants"]:
            describe_claimant(claimant, by=staff.reporter)
        for step in plan["claims"]:
            carry(step, staff)
        later = [submit(article, by=staff.reporter) for article in plan["articles"] if "later" in article]
        wait_for(later, seconds=options["wait"])
        articles += later
        write_letters(plan, staff)
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


def describe_claimant(planned: dict[str, Any], *, by: User) -> None:
    with recorded(by=by):
        claimant = claimant_named(planned["name"])
        if claimant is None:
            return
        claimant.kind = planned["kind"]
        claimant.save(update_fields=["kind"])
        for name in planned["other_names"]:
            claimant.aliases.get_or_create(name=name)
        for role in planned["roles"]:
            claimant.roles.create(title=role["title"], from_on=iso(role["from_on"]), to_on=iso(role.get("to_on")))


@transaction.atomic
def carry(step: dict[str, Any], staff: Staff) -> None:
    """Take one claim through the services as far as `until` says. Matching waits meanwhile: it could count the claim
    with another one between two steps. One that it did count with another goes the way of that.
    """
    wait_for_turn()
    claim = enter_by_hand(step, by=staff.reporter) if "by_hand" in step else claim_with(step["words"])
    if claim.status != Claim.Status.DETECTED:
        return
    if "reword" in step:
        reword_claim(claim, text=step["reword"], claimant_name=str(claim.claimant or ""), by=staff.reporter)
    if "facts" in step:
        describe(claim, step["facts"], by=staff.reporter)
    if "outreach" in step:
        ask(claim, step["outreach"], by=staff.reporter)
    if step["until"] == "declined":
        lifecycle.decline_claim(claim, reason=step["why"], by=staff.reporter)
    elif step["until"] == "merged":
        merge_claim(claim, into=claim_with(step["why"]), by=staff.reporter)
    else:
        for status, take in LINE.items():
            take(claim, step, staff)
            if status == step["until"]:
                break
    if "correction" in step:
        correct(claim, step, staff)


def enter_by_hand(step: dict[str, Any], *, by: User) -> Claim:
    """A claim that the extractor did not make, with the parts it has."""
    planned = step["by_hand"]
    revision = Revision.objects.get(article__title=planned["article"])
    start = revision.text.index(planned["quote"])
    whole = enter_claim(
        text=planned["text"],
        claimant_name=planned["claimant"],
        revision=revision,
        start=start,
        end=start + len(planned["quote"]),
        by=by,
    )
    for words in step["parts"]:
        link_part(claim_with(words), whole=whole, by=by)
    state_parts_rule(whole, step["parts_rule"], by=by)
    return whole


def describe(claim: Claim, facts: dict[str, Any], *, by: User) -> None:
    days = {name: iso(facts.get(name)) for name in ("claimed_on", "due_on")}
    importance = facts.get("importance", Claim.Importance.NORMAL)
    describe_claim(claim, Facts(tuple(facts["topics"]), importance=importance, **days), by=by)


def ask(claim: Claim, planned: dict[str, str], *, by: User) -> None:
    day = date.fromisoformat(planned["asked_on"])
    asked = ask_claimant(claim, whom=planned["whom"], channel=planned["channel"], asked_on=day, by=by)
    record_answer(asked, answer=planned["answer"], answered_on=date.fromisoformat(planned["answered_on"]), by=by)


def begin(claim: Claim, step: dict[str, Any], staff: Staff) -> None:
    lifecycle.start_claim(claim, by=staff.reporter)
    write_verdict(claim, step, by=staff.reporter)


def correct(claim: Claim, step: dict[str, Any], staff: Staff) -> None:
    """The next version: what the correction does not say stays as it was."""
    change = step["correction"]
    corrections.open_correction(claim, kind=change["kind"], note=change["note"], by=staff.reporter)
    again = {"verdict": {**step["verdict"], **change}, "evidence": step["evidence"]}
    write_verdict(claim, again, by=staff.reporter)
    send(claim, step, by=staff.reporter)
    second_look(claim, again, by=staff.reviewer)
    publication.publish_claim(claim, by=staff.editor)


def retract(claim: Claim, why: str, staff: Staff) -> None:
    asked = retraction.request_retraction(claim, why=why, by=staff.reporter)
    retraction.approve_retraction(asked, by=staff.editor)
    claim.refresh_from_db()


# What takes a claim to each status, in the order of its life.
LINE: dict[str, Callable[[Claim, dict[str, Any], Staff], None]] = {
    "shortlisted": lambda claim, _step, staff: lifecycle.shortlist_claim(claim, by=staff.reporter),
    "in_progress": begin,
    "in_review": lambda claim, step, staff: send(claim, step, by=staff.reporter),
    "approved": lambda claim, step, staff: second_look(claim, step, by=staff.reviewer),
    "published": lambda claim, _step, staff: publication.publish_claim(claim, by=staff.editor),
    "retracted": lambda claim, step, staff: retract(claim, step["why"], staff),
}


def send(claim: Claim, step: dict[str, Any], *, by: User) -> None:
    """Send the verdict for review, with an exception from each rule that it does not meet and that allows one."""
    for unmet in gate.unmet_rules(claim):
        if unmet.rule in step.get("exceptions", {}):
            verdicts.except_from_rule(claim, rule=unmet.rule, reason=step["exceptions"][unmet.rule], by=by)
    verdicts.send_for_review(claim, by=by)


def second_look(claim: Claim, step: dict[str, Any], *, by: User) -> None:
    rating = Rating.objects.usable().get(code=step.get("second_rating", step["verdict"]["rating"]))
    review.rate_verdict(claim, by=by, rating=rating)
    review.approve_verdict(claim, by=by, note=step.get("second_note", "I agree."))


def claim_with(words: str) -> Claim:
    """The claim that has these words, the most check-worthy one first; the one it counts with, if it is merged."""
    claims = Claim.objects.filter(text__contains=words).select_related("merged_into__claimant", "claimant")
    claim = claims.order_by("-check_worthiness").first()
    if claim is None:
        raise CommandError(f"The extractor found no claim with the words “{words}” in the sample.", returncode=2)
    return claim.merged_into or claim


def write_letters(plan: dict[str, Any], staff: Staff) -> None:
    """What people of the desk say to each other, and what readers and lawyers write."""
    for planned in plan["talk"]:
        post_comment(claim_with(planned["words"]), text=planned["text"], by=getattr(staff, planned["who"]))
    for planned in plan["requests"]:
        report(planned, staff)
    for planned in plan["submissions"]:
        receive_submission(**planned, code=get_random_string(20))
    for planned in plan["legal"]:
        file_legal_request(
            claim=claim_with(planned["words"]),
            sender=planned["sender"],
            asked=planned["asked"],
            received_on=date.fromisoformat(planned["received_on"]),
            deadline=iso(planned["deadline"]),
            by=staff.editor,
        )


def report(planned: dict[str, Any], staff: Staff) -> None:
    """A reader's report as far as it is answered: one with an outcome waits for the second person, or is closed."""
    claim = claim_with(planned["words"])
    found = receive_correction_request(claim, text=planned["text"], code=get_random_string(20))
    if "outcome" in planned:
        propose_outcome(found, outcome=planned["outcome"], note=planned["note"], by=staff.reporter)
    if planned.get("outcome") == "corrected":
        close_request(found, by=staff.reviewer)


def write_verdict(claim: Claim, step: dict[str, Any], *, by: User) -> None:
    written, known = step["verdict"], dict(claim.sources.values_list("title", "pk"))
    draft = verdicts.record_verdict(
        claim,
        by=by,
        rating=Rating.objects.usable().get(code=written["rating"]) if "rating" in written else None,
        summary=written["summary"],
        explanation=written["explanation"],
        how_we_checked=written.get("how_we_checked", ""),
        evidence_as_of=iso(written.get("evidence_as_of")),
        look_again_by=iso(written.get("look_again_by")),
        evidence=[evidence_of(item, known) for item in step["evidence"]],
    )
    for n, item in enumerate(step["evidence"], start=1):
        if "copy" in item and item["title"] not in known:
            keep_given(draft.citations.get(n=n).source.copy, page_of(item))


def evidence_of(item: dict[str, Any], known: dict[str, int]) -> Evidence:
    """known: numbers of the sources that the claim has, by their titles."""
    fields = {name: value for name, value in item.items() if name != "copy"}
    days = {"retrieved_on": iso(item.get("retrieved_on"))}
    return Evidence(**{**fields, **days}, source_id=known.get(item["title"]))


def page_of(item: dict[str, Any]) -> FetchedPage:
    """What stands in our folder as if it had been fetched: the sites of the sample are not there."""
    return FetchedPage(
        url=item["url"],
        final_url=item["url"],
        status=200,
        content_type="text/plain",
        charset="utf-8",
        body=(FOLDER / item["copy"]).read_bytes(),
        retrieved_at=timezone.now(),
    )


def iso(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
