"""The menu at the side of every desk page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.after_menu import waiting_after
from claims.desk.counts import Counted
from claims.desk.pages import DeskRequest
from claims.models import Claim, ClaimMatch
from people.lists import in_menu
from people.models import User

Status = Claim.Status
WAITING = (Status.DETECTED, Status.SHORTLISTED, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED)

Line = tuple[str, str, str, str, int | None]  # name, label, address, permission, how much waits


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu. count: how much waits there, as people read it; "" shows none."""

    name: str
    label: str
    url: str
    current: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: list[Entry]


def menu(request: DeskRequest) -> list[Group]:
    """What this person may open, in the order of the work. One query, however much waits."""
    user = request.user
    sizes = _sizes(user)
    listed = _list("claims_claim")
    work: list[Line] = [
        ("triage", _("Triage"), reverse("admin:triage"), "claims.triage_claim", sizes["detected"]),
        ("matches", _("Matches"), reverse("admin:matches"), "claims.triage_claim", sizes["proposed"]),
        ("shortlisted", _("Shortlisted"), f"{listed}?status=shortlisted", "claims.check_claim", sizes["shortlisted"]),
        ("mine", _("My claims"), f"{listed}?who=me", "claims.check_claim", sizes["mine"]),
        ("in_progress", _("In progress"), f"{listed}?status=in_progress", "claims.view_claim", sizes["in_progress"]),
        ("in_review", _("In review"), f"{listed}?status=in_review", "claims.view_claim", sizes["in_review"]),
        ("approved", _("Approved"), f"{listed}?status=approved", "claims.view_claim", sizes["approved"]),
        ("publish", _("Publish"), reverse("admin:approved"), "claims.publish_claim", None),
    ]
    after: list[Line] = [
        ("requests", _("Correction requests"), reverse("admin:requests"), "claims.check_claim", sizes["requests"]),
        ("submissions", _("Submissions"), reverse("admin:submissions"), "claims.triage_claim", sizes["submissions"]),
        ("looks", _("Second looks"), reverse("admin:second_looks"), "claims.review_claim", sizes["looks"]),
        ("legal", _("Legal requests"), reverse("admin:legal"), "claims.publish_claim", sizes["legal"]),
    ]
    files: list[Line] = [
        ("find", _("Find"), reverse("admin:find"), "claims.view_claim", None),
        ("articles", _("Articles"), _list("articles_article"), "articles.view_article", None),
        ("claims", _("All claims"), listed, "claims.view_claim", None),
        ("published", _("Published"), f"{listed}?status=published", "claims.view_claim", None),
        ("claimants", _("Claimants"), _list("claims_claimant"), "claims.view_claimant", None),
        (
            "externals",
            _("Fact-checks of others"),
            _list("claims_externalfactcheck"),
            "claims.view_externalfactcheck",
            None,
        ),
    ]
    desk: list[Line] = [
        ("people", _("People"), _list("people_user"), "people.view_user", None),
        (
            "publishers",
            _("Publishers"),
            _list("articles_publisher"),
            "articles.view_publisher",
            None,
        ),
        (
            "ratings",
            _("Rating scales"),
            _list("claims_ratingscale"),
            "claims.view_ratingscale",
            None,
        ),
        (
            "methodology",
            _("Methodology"),
            _list("claims_methodologyversion"),
            "claims.view_methodologyversion",
            None,
        ),
        ("standing", _("Pages for readers"), _list("claims_standingpage"), "claims.view_standingpage", None),
        ("agreement", _("Agreement"), reverse("admin:agreement"), "claims.review_claim", None),
        ("interests", _("My interests"), reverse("admin:interests"), "claims.view_claim", None),
        ("webhooks", _("Webhooks"), _list("claims_webhook"), "claims.view_webhook", None),
        ("tokens", _("API tokens"), _list("people_apitoken"), "people.view_apitoken", None),
        ("mails", _("E-mails"), _list("people_mail"), "people.view_mail", None),
        ("ranking", _("Ranking"), reverse("admin:ranking"), "claims.decide_triageweights", None),
        ("record", _("Record"), _list("people_recordentry"), "people.view_recordentry", None),
    ]
    groups: list[tuple[str, list[Line]]] = [
        (_("Work"), work),
        (_("After publication"), after),
        (_("Files"), files),
        (_("Desk"), desk),
    ]
    return [Group(label, entries) for label, lines in groups if (entries := _allowed(lines, user, _here(request)))]


def _sizes(user: User) -> dict[str, int]:
    """How much waits in each queue, counted no further than people are told; "mine": what this person has in hand."""
    queues: dict[str, Any] = {status.value: Claim.objects.filter(status=status) for status in WAITING}
    queues["mine"] = Claim.objects.filter(assigned_to=user, status__in=Claim.MINE)
    queues["proposed"] = ClaimMatch.objects.proposed()
    queues |= waiting_after()
    sizes = User.objects.filter(pk=user.pk).values_list(*map(Counted, queues.values()))[0]
    return dict(zip(queues, sizes, strict=True))


def _list(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def _allowed(lines: list[Line], user: User, here: str) -> list[Entry]:
    return [
        Entry(name, label, url, here == url, "" if count is None else in_menu(count))
        for name, label, url, permission, count in lines
        if user.has_perm(permission)
    ]


def _here(request: DeskRequest) -> str:
    """The address as the menu writes it: a list is told by its first filter, whatever else is asked for."""
    matches = reverse("admin:matches")
    path = matches if request.path.startswith(matches) else request.path
    for name in ("who", "status"):
        if request.GET.get(name):
            return f"{path}?{name}={request.GET[name]}"
    return path
