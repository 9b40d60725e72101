"""A reviewer who tries to see the first rating before giving their own cannot, whatever address they try."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from claims.models import Citation, Claim, Review, Verdict
from claims.services.blindness import readable
from claims.services.corrections import open_correction
from claims.services.discussion import post_comment
from claims.services.review import ask_third_person, rate_verdict, return_verdict
from claims.services.verdicts import Evidence, record_verdict, send_for_review
from people.models import Notice, RecordEntry, Role, User
from people.models.notices import Kind
from tests import factories
from tests.claims.desk.conftest import as_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_encoder")]
Status = Claim.Status
SECRETS = (
    "Zanzibar-summary",
    "Quokka-explanation",
    "Walrus-note",
    "Speaks against the claim",
    "Narwhal-exception",
    "Okapi-comment",
    "Jaguar-method",
)


def person(name: str) -> User:
    """Everybody who may review is bound, whatever else they may do."""
    if name == "superuser":
        return User.objects.create_superuser("root", password="plumb-line-42")
    user = factories.make_user(name, role=Role.ADMINISTRATOR if name == "administrator" else Role(name))
    if name == "administrator":
        user.groups.add(factories.Group.objects.get(name=Role.REVIEWER))
    return user


VARIES = (  # times, what was said about the visit before, and tokens of forms
    r"<time.*?</time>",
    r'<ul class="messages".*?</ul>',
    r"hx-vals='[^']*'",
    r"<updated>.*?</updated>",
    r'<input type="hidden" name="(?!saves)[^>]*>',
    r'data-opening="[^"]*"',
    r"<option (?![^>]*selected).*?</option>",  # what could be chosen tells nothing
)
BOUND = ["reviewer", "editor", "administrator", "superuser"]


@pytest.fixture
def claim(reporter) -> Claim:
    """A claim in review, written by the services, with a third rating asked for: every place has something to tell."""
    claim = factories.make_claim(status=Status.IN_PROGRESS)
    factories.make_outreach(claim)
    rows = [
        Evidence(title="Account", publisher="City", url="https://a.example", stance=Citation.Stance.REFUTES),
        Evidence(title="Report", publisher="Bote", url="https://b.example", stance=Citation.Stance.REFUTES),
    ]
    said = {"summary": SECRETS[0], "explanation": SECRETS[1], "how_we_checked": SECRETS[6], "evidence": rows}
    record_verdict(claim, by=reporter, rating=factories.rating("half-true"), **said)
    record_verdict(claim, by=reporter, rating=factories.rating("false"), **{**said, "evidence": rows[:1] + rows[1:]})
    factories.GateException.objects.create(
        verdict=claim.verdicts.get(), rule="claimed-on", reason=SECRETS[4], by=reporter
    )
    send_for_review(claim, by=reporter)
    rita = factories.make_user("rita", role=Role.REVIEWER)
    calls = " ".join(f"@{name}" for name in ("reviewer", "editor", "administrator", "root"))
    post_comment(claim, text=f"{SECRETS[5]} {calls}", by=reporter)
    rate_verdict(claim, by=rita, rating=factories.rating("true"), note=SECRETS[2])
    ask_third_person(claim, by=rita, note=SECRETS[2])
    return claim


def addresses(claim: Claim) -> list[str]:
    file, record = f"/admin/claims/claim/{claim.pk}", "/admin/people/recordentry/"
    telling = ("claims_verdict", "claims_review", "claims_gateexception", "claims_comment", "claims_correction")
    entries = RecordEntry.objects.filter(table_name__in=telling).values_list("pk", flat=True)
    return [
        *(f"{file}/{page}/" for page in ("change", "review", "publication", "history", "delete")),
        *(f"{file}/{page}/" for page in ("record", "discussion", "parts", "versions")),
        f"{file}/record/?kind=verdict",
        f"{file}/audit.zip",
        f"/preview/{claim.pk}/",
        *(
            "/admin/notices/",
            "/admin/",
            "/admin/approved/",
            "/admin/agreement/",
            "/admin/interests/",
            "/admin/triage/",
            "/admin/matches/",
        ),
        "/admin/find/?q=bridge+over+the+Aller",
        "/admin/claims/claim/?q=bridge",
        "/admin/claims/claim/?q=Zanzibar",
        "/admin/claims/claim/?verdicts__rating__code=false",
        "/admin/claims/claim/?verdicts__summary__contains=Zanzibar",
        "/admin/claims/claimant/?claims__verdicts__rating__code=false",
        "/admin/people/user/?verdicts__rating__code=false",
        "/admin/claims/verdict/",
        "/admin/claims/review/",
        f"/admin/claims/verdict/{claim.verdicts.drafts().get().pk}/change/",
        record,
        f"{record}?q=Walrus",
        *(
            f"{record}?table=claims_{name}"
            for name in ("verdict", "review", "citation", "gateexception", "claim", "comment")
        ),
        f"{record}?after__rating_id={claim.verdicts.drafts().get().rating_id}",
        *(f"{record}?after__summary__startswith={word}" for word in ("Z", "Q")),
        *(f"{record}{pk}/change/" for pk in entries),
        *("/", "/search/?q=bridge", "/feeds/claims.atom", "/sitemap.xml", "/?rating=false", "/statistics/"),
        *("/claimants/jutta-brandt/", "/publishers/verdener-bote.example/"),
        f"/articles/{claim.appearances.get().revision.article_id}/",
    ]


def body(response) -> str:
    """The answer without what differs from one request to the next."""
    text = response.content.decode(errors="replace")
    for varies in VARIES:
        text = re.sub(varies, "", text, flags=re.DOTALL)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return f"{response.status_code} {response.headers.get('Location', '')} {text}"


def look(client: Client, claim: Claim) -> dict[str, str]:
    return {address: body(client.get(address)) for address in addresses(claim)}


@pytest.mark.parametrize("name", BOUND)
def test_no_address_tells_what_was_found(name, claim):
    seen = look(as_person(person(name)), claim)

    assert {address for address, text in seen.items() for secret in SECRETS if secret in text} == set()


def test_what_calls_a_reviewer_by_name_leads_to_them_without_its_words(claim, reporter):
    rita, ravi = User.objects.get(username="rita"), factories.make_user("ravi", role=Role.REVIEWER)

    post_comment(claim, text="Okapi-comment for @rita and @ravi", by=reporter)

    assert Notice.objects.get(user=rita, kind=Kind.MENTIONED).note == "Okapi-comment for @rita and @ravi"
    assert Notice.objects.get(user=ravi, kind=Kind.MENTIONED).note == ""


def test_of_comments_one_reads_ones_own_until_one_has_rated(claim, reviewer, as_reviewer):
    discussion = f"/admin/claims/claim/{claim.pk}/discussion/"
    post_comment(claim, text="What is the date of the budget?", by=reviewer)

    before = as_reviewer.get(discussion).content.decode()
    rate_verdict(claim, by=reviewer, rating=factories.rating("true"))
    after = as_reviewer.get(discussion).content.decode()

    assert "What is the date of the budget?" in before
    assert "You read it once you have rated the claim." in before
    assert "Okapi-comment" not in before
    assert "Okapi-comment" in after


def test_a_correction_tells_neither_its_class_nor_its_note(reporter):
    claim = factories.make_published_claim()
    open_correction(claim, kind="verdict_change", note="Walrus-note", by=reporter)
    client = as_person(factories.make_user("otto", role=Role.REVIEWER))

    seen = look(client, claim)

    telling = ("Walrus-note", "Changed verdict")
    assert {address for address, text in seen.items() for secret in telling if secret in text} == set()
    assert "Walrus-note" in as_person(reporter).get(f"/admin/claims/claim/{claim.pk}/versions/").content.decode()


def test_every_page_is_the_same_to_the_letter_whatever_the_first_rating_is(claim):
    client, draft = as_person(person("reviewer")), Verdict.objects.filter(claim=claim)
    before = look(client, claim)
    count = RecordEntry.objects.count()

    draft.update(rating=factories.rating("true"))
    after = {address: body(client.get(address)) for address in before}

    assert RecordEntry.objects.count() > count
    assert {address for address in before if before[address] != after[address]} == set()


@pytest.mark.parametrize("name", BOUND)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "file"}])
def test_saving_over_a_verdict_does_not_show_it(name, headers, claim):
    client = as_person(person(name))
    typed = {"summary": "Typed.", "saves": "0", "sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}
    file = f"/admin/claims/claim/{claim.pk}"
    answers = []
    for status in (Status.IN_REVIEW, Status.IN_PROGRESS):
        Claim.objects.update(status=status)
        answers += [
            client.post(f"{file}/verdict/", typed, headers=headers),
            client.post(f"{file}/verdict/", {**typed, "preview": "1"}, headers=headers),
            client.post(f"{file}/exception/claimant-asked/", {"reason": ""}, headers=headers),
            client.post(f"{file}/review/rate/", {"rating": "", "saves": "99"}, headers=headers),
            client.post(f"{file}/review/rate/", {"rating": factories.rating().pk, "saves": "99"}, headers=headers),
        ]
        for step in ("approve", "return", "third", "publish", "back"):
            sent = {"saves": "99", "note": "", "seen": status}
            answers.append(client.post(f"{file}/step/{step}/", sent, headers=headers))

    said = " ".join(body(answer) for answer in answers)
    assert [secret for secret in SECRETS if secret in said] == []
    assert not Review.objects.filter(reviewer__username=name).exists()


def test_publish_check_does_not_tell(claim):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("publish_check", str(claim.pk), stdout=out)

    assert out.getvalue() == "A second person has to approve the verdict.\n"


def test_what_is_hidden_opens_with_ones_own_rating(as_reviewer, reviewer, claim):
    review = f"/admin/claims/claim/{claim.pk}/review/"
    shown = as_reviewer.get(review).content.decode()

    saves = re.search(r'name="saves" value="(\d+)"', shown)[1]
    answer = as_reviewer.post(f"{review}rate/", {"rating": factories.rating("true").pk, "saves": saves}, follow=True)

    page = answer.content.decode()
    assert Review.objects.get(reviewer=reviewer).blind
    assert "They differ." in page
    assert all(secret in page for secret in SECRETS[:4])
    assert "/step/approve/" in page


def test_those_who_cannot_review_see_a_colleagues_draft(claim):
    otto = factories.make_user("otto", role=Role.REPORTER)

    assert SECRETS[0] in as_person(otto).get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()


def test_a_visitor_sees_nothing_but_what_is_published(claim):
    factories.make_published_claim()

    assert Verdict.objects.visible_to(None).count() == 1
    assert Verdict.objects.visible_to(factories.make_user("nobody", role=None)).count() == 1


@pytest.mark.parametrize("change", ["stance", "removed"])
def test_the_record_keeps_quiet_on_citations_that_were_changed_or_removed(change, reporter, reviewer):
    claim = factories.make_claim(status=Status.IN_PROGRESS)
    row = Evidence(title="Account", publisher="City", url="https://a.example", stance=Citation.Stance.REFUTES)
    draft = record_verdict(claim, by=reporter, evidence=[row])
    source = draft.citations.get().source_id
    kept = Evidence(title="Account", publisher="City", url="https://a.example", stance="context", source_id=source)
    record_verdict(claim, by=reporter, evidence=[kept] if change == "stance" else [])

    told = readable(RecordEntry.objects.all(), to=reviewer)

    assert RecordEntry.objects.filter(table_name="claims_citation").exists()
    assert not told.filter(table_name="claims_citation").exists()
    assert told.filter(table_name="claims_source").exists()


def test_the_record_of_other_claims_is_whole(claim, reviewer):
    other = factories.make_published_claim()

    told = readable(RecordEntry.objects.all(), to=reviewer)

    for row in (other, other.verdicts.get(), other.verdicts.get().citations.get(), other.verdicts.get().reviews.get()):
        assert told.filter(pk__in=RecordEntry.objects.about(row)).count() == RecordEntry.objects.about(row).count()


def test_a_note_that_went_back_to_the_author_is_hidden_from_the_next_reviewer(as_editor, claim):
    rita = User.objects.get(username="rita")
    return_verdict(claim, by=rita, note="Walrus-note")

    page = as_editor.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()

    assert "Walrus-note" not in page
    assert "hidden from you" in page
    assert "/step/join/" in page
