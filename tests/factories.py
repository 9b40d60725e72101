"""Rows with fixed values; name the fields that matter to the test."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone as django_timezone

from articles.models import Article, ArticleAddress, Publisher, Revision
from articles.parsing import fingerprint
from claims.models import (
    Appearance,
    Citation,
    Claim,
    Claimant,
    ClaimMatch,
    Comment,
    Correction,
    Decision,
    ExternalFactCheck,
    ExternalMatch,
    ExtractionRun,
    GateException,
    Outreach,
    Rating,
    Review,
    Slug,
    Source,
    Verdict,
)
from claims.services.review import approve_verdict, rate_verdict
from people.models import Role, User

NUMBERS = count(1)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT = (
    "The new bridge over the Aller opened on 2 March 2026. "
    "It cost 84 million euros, the mayor of Verden, Jutta Brandt, said. "
    "The old bridge had been closed for 14 months."
)
QUOTE = "It cost 84 million euros"
CLAIM = "The new bridge over the Aller cost 84 million euros."


def make_user(username: str = "rosa", *, role: Role | None = Role.REPORTER, **fields: Any) -> User:
    """A person with a log-in; made once under its name. The password is "plumb-line-42"."""
    if known := User.objects.filter(username=username).first():
        return known
    fields = {"first_name": username.title(), "last_name": "Example", "is_staff": True, **fields}
    user = User.objects.create_user(username, password="plumb-line-42", **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_publisher(domain: str = "verdener-bote.example", **fields: Any) -> Publisher:
    return Publisher.objects.get_or_create(domain=domain, defaults={"name": "Verdener Bote", **fields})[0]


def make_article(*, text: str = "", url: str = "", **fields: Any) -> Article:
    """An article that was read, with one revision and one address; pending or failed ones have no revision."""
    n = next(NUMBERS)
    fields = {"status": Article.Status.READ, "title": "Bridge over the Aller opened", "language": "en", **fields}
    if fields["status"] == Article.Status.PENDING:
        fields.setdefault("next_try_at", django_timezone.now())
    if fields["status"] == Article.Status.FAILED:
        fields.setdefault("failure", "The page answered 404: it does not exist.")
    fields.setdefault("publisher", make_publisher())
    fields.setdefault("published_on", date(2026, 3, 2))
    article = Article.objects.create(**fields)
    ArticleAddress.objects.create(article=article, url=url or f"https://verdener-bote.example/{n}")
    if article.status == Article.Status.READ:
        make_revision(article, text=text)
    return article


def make_revision(article: Article | None = None, *, text: str = "", **fields: Any) -> Revision:
    """A revision of its own article, or the next one of `article`."""
    if article is None:
        return make_article(text=text).revisions.get()
    text = text or f"{TEXT} Edition {next(NUMBERS)}."
    fields = {"n": article.revisions.count() + 1, "read_at": NOON, "text_hash": fingerprint(text), **fields}
    return Revision.objects.create(article=article, text=text, **fields)


def make_run(revision: Revision | None = None, **fields: Any) -> ExtractionRun:
    fields = {"extractor_version": "test", "next_try_at": NOON, **fields}
    return ExtractionRun.objects.create(revision=revision or make_revision(), **fields)


def make_claimant(name: str = "Jutta Brandt", **fields: Any) -> Claimant:
    fields = {"slug": name.lower().replace(" ", "-"), "kind": Claimant.Kind.PERSON, **fields}
    return Claimant.objects.get_or_create(name=name, defaults=fields)[0]


def make_appearance(claim: Claim, *, revision: Revision | None = None, quote: str = QUOTE, **fields: Any) -> Appearance:
    revision = revision or make_revision()
    start = fields.pop("start", revision.text.index(quote))
    end = start + len(quote)
    fields = {
        "sentence_start": start,
        "sentence_end": end,
        "claimant_text": "Jutta Brandt",
        "claimant": claim.claimant,
        "made_on": date(2026, 3, 2),
        **fields,
    }
    return Appearance.objects.create(claim=claim, revision=revision, start=start, end=end, quote=quote, **fields)


def make_claim(*, revision: Revision | None = None, appears: bool = True, **fields: Any) -> Claim:
    """A claim of Jutta Brandt's with one appearance; in DETECTED unless a status is given."""
    fields = {
        "text": CLAIM,
        "kind": Claim.Kind.QUANTITY,
        "check_worthiness": 0.83,
        "reasons": [
            {"signal": "a sum of money", "weight": 1.2},
            {"signal": "a named person says it", "weight": 0.4},
        ],
        **fields,
    }
    if "claimant" not in fields:
        fields["claimant"] = make_claimant()
    claim = Claim.objects.create(**fields)
    if appears:
        make_appearance(claim, revision=revision)
    return claim


def rating(code: str = "mostly-true") -> Rating:
    return Rating.objects.get(scale__name="Plumbline", scale__version=1, code=code)


def make_source(claim: Claim, **fields: Any) -> Source:
    n = next(NUMBERS)
    fields = {
        "url": f"https://verden.example/budget/{n}",
        "title": "Final account of the bridge",
        "publisher": "City of Verden",
        "kind": Source.Kind.PRIMARY,
        "quote": "Total: 84,112,000 euros",
        "retrieved_on": date(2026, 3, 5),
        **fields,
    }
    return Source.objects.create(claim=claim, **fields)


# From which rules of the gate a verdict made here is excepted, so that one source and an unasked claimant will do.
EXCEPTED = {"independent-sources": "The account is the only one.", "claimant-asked": "She has left office."}


def make_verdict(claim: Claim, *, cites: bool = True, excepted: bool = True, **fields: Any) -> Verdict:
    """A complete draft by Rosa that cites one primary source, with the exceptions that this needs."""
    fields = {
        "rating": rating(),
        "summary": "The final account puts the bridge at 84.1 million euros.",
        "explanation": "The city's **final account** lists every item.",
        "evidence_as_of": date(2026, 3, 5),
        "version": claim.verdicts.count() + 1,
        **fields,
    }
    fields.setdefault("by", None)
    fields["by"] = fields["by"] or make_user("rosa")
    published_at = fields.pop("published_at", None)
    verdict = Verdict.objects.create(claim=claim, **fields)
    if cites:
        Citation.objects.create(verdict=verdict, source=make_source(claim), stance=Citation.Stance.SUPPORTS, n=1)
    for rule, reason in EXCEPTED.items() if excepted else ():
        GateException.objects.create(verdict=verdict, rule=rule, reason=reason, by=verdict.by)
    if published_at:  # after the citation: from here on both are frozen
        approve(verdict)
        with transaction.atomic():  # a later version and its correction are out at once
            if verdict.version > 1:
                make_correction(verdict, published_at=published_at)
            Verdict.objects.filter(pk=verdict.pk).update(
                published_at=published_at,
                claim_text=claim.text,
                claimant_name=claim.claimant.name if claim.claimant else "",
            )
        verdict.refresh_from_db()
    return verdict


def make_claim_with_verdict(*, verdict: dict[str, Any] | None = None, **fields: Any) -> Claim:
    """A claim with a complete draft verdict; approved by Ravi where its status says so."""
    claim = make_claim(**{"status": Claim.Status.IN_PROGRESS, **fields})
    draft = make_verdict(claim, **(verdict or {}))
    if claim.status == Claim.Status.APPROVED:
        approve(draft)
    return claim


def approve(draft: Verdict, *, by: User | None = None) -> Review:
    """Ravi's approval of a draft as it stands, which he rated blind and as it is rated."""
    given = draft.rating or rating()
    return Review.objects.create(
        verdict=draft,
        reviewer=by or make_user("ravi", role=Role.REVIEWER),
        rating=given,
        first_rating=draft.rating,
        rated_at=NOON,
        outcome=Review.Outcome.APPROVED,
        note="" if draft.rating else "It will do.",
        saves=draft.saves,
        approved_at=NOON,
    )


def approve_as(reviewer: User, claim: Claim, *, note: str = "") -> None:
    """Rate the draft as it is rated, and approve it, through the services."""
    rate_verdict(claim, by=reviewer, rating=claim.verdicts.get(published_at=None).rating)
    approve_verdict(claim, by=reviewer, note=note)


def make_outreach(claim: Claim, **fields: Any) -> Outreach:
    """Rosa asked the claimant's office by e-mail; nobody has answered."""
    fields = {"whom": "The mayor's office", "channel": Outreach.Channel.EMAIL, "asked_on": date(2026, 3, 3), **fields}
    return Outreach.objects.create(claim=claim, **{"by": fields.pop("by", None) or make_user("rosa"), **fields})


def make_published_claim(
    *, slug: str = "", published_at: datetime = NOON, verdict: dict[str, Any] | None = None, **fields: Any
) -> Claim:
    """A claim as readers see it: approved by Ravi, one published verdict by Rosa, one address."""
    n = next(NUMBERS)
    claim = make_claim(**{"status": Claim.Status.PUBLISHED, **fields})
    draft = make_verdict(claim, **(verdict or {}))
    approve(draft)
    Verdict.objects.filter(pk=draft.pk).update(
        published_at=published_at, claim_text=claim.text, claimant_name=claim.claimant.name if claim.claimant else ""
    )
    Slug.objects.create(claim=claim, slug=slug or f"the-bridge-cost-84-million-{n}")
    return claim


def make_correction(verdict: Verdict, **fields: Any) -> Correction:
    """The correction that a later version comes with, of the class that fits, published and approved by Ravi."""
    old = verdict.claim.verdicts.get(version=verdict.version - 1)
    same = old.rating_id == verdict.rating_id
    fields = {
        "kind": Correction.Kind.FACTUAL if same else Correction.Kind.VERDICT_CHANGE,
        "note": "The account was not final.",
        "state": Correction.State.PUBLISHED,
        "by": verdict.by,
        "approved_by": make_user("ravi", role=Role.REVIEWER),
        "published_at": NOON,
        **fields,
    }
    return Correction.objects.create(claim=verdict.claim, old_verdict=old, new_verdict=verdict, **fields)


def make_retraction(claim: Claim, **fields: Any) -> Correction:
    """What the log says of a retraction that Rosa asked for and Edith approved. The claim's status is the caller's."""
    fields = {
        "kind": Correction.Kind.VOID,
        "note": "It was another bridge.",
        "state": Correction.State.PUBLISHED,
        "by": make_user("rosa"),
        "approved_by": None if fields.get("emergency") else make_user("edith", role=Role.EDITOR),
        "published_at": NOON,
        "old_verdict": claim.verdicts.current().first() or make_verdict(claim, published_at=NOON),
        **fields,
    }
    return Correction.objects.create(claim=claim, **fields)


def make_match(one: Claim, other: Claim, **fields: Any) -> ClaimMatch:
    """A pair that matching takes for the same, not certain enough to join it by itself."""
    low, high = sorted([one, other], key=lambda claim: claim.pk)
    fields = {"similarity": 0.9, "decision": Decision.SAME, "rules": "test", "encoder": "test 1", **fields}
    return ClaimMatch.objects.create(low=low, high=high, **fields)


def make_comment(claim: Claim | None = None, **fields: Any) -> Comment:
    """What Rosa says to the desk."""
    fields = {"by": None, "text": "The account is not final.", **fields}
    fields["by"] = fields["by"] or make_user("rosa")
    return Comment.objects.create(claim=claim or make_claim(), **fields)


def make_external(**fields: Any) -> ExternalFactCheck:
    """A fact-check of others about the bridge."""
    n = next(NUMBERS)
    fields = {
        "url": f"https://factcheck.example/bridge/{n}",
        "publisher": "Aller Factcheck",
        "publisher_site": "factcheck.example",
        "title": "No, the bridge did not cost 94 million",
        "claim_text": "The new bridge over the Aller cost 94 million euros.",
        "claimant": "Jutta Brandt",
        "rating": "False",
        "reviewed_on": date(2026, 3, 9),
        "raw": {},
        **fields,
    }
    return ExternalFactCheck.objects.create(**fields)


def make_external_match(claim: Claim, external: ExternalFactCheck | None = None, **fields: Any) -> ExternalMatch:
    fields = {"similarity": 0.8, "decision": Decision.RELATED, "rules": "test", "encoder": "test 1", **fields}
    return ExternalMatch.objects.create(claim=claim, external=external or make_external(), **fields)
