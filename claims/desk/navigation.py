"""The menu at the side of every desk page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.desk.after_menu import waiting
from claims.desk.pages import DeskRequest
from claims.models import Claim, ClaimMatch
from people.models import User

Line = tuple[str, str, str, str, int | None]  # name, label, address, permission, how much waits


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu. count: how much waits there; None shows none."""

    name: str
    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    entries: list[Entry]


def menu(request: DeskRequest) -> list[Group]:
    """What this person may open, in the order of the work. Three queries."""
    user = request.user
    proposed = ClaimMatch.objects.proposed().count()
    sizes = Claim.objects.queue_sizes(user)
    listed = _list("claims_claim")
    work: list[Line] = [
        ("triage", _("Triage"), reverse("admin:triage"), "claims.triage_claim", sizes["detected"]),
        ("matches", _("Matches"), reverse("admin:matches"), "claims.triage_claim", proposed),
        ("shortlisted", _("Shortlisted"), f"{listed}?status=shortlisted", "claims.check_claim", sizes["shortlisted"]),
        ("mine", _("My claims"), f"{listed}?who=me", "claims.check_claim", sizes["mine"]),
        ("in_progress", _("In progress"), f"{listed}?status=in_progress", "claims.view_claim", sizes["in_progress"]),
        ("in_review", _("In review"), f"{listed}?status=in_review", "claims.view_claim", sizes["in_review"]),
        ("approved", _("Approved"), f"{listed}?status=approved", "claims.view_claim", sizes["approved"]),
    ]
    waits = waiting()
    after: list[Line] = [
        ("requests", _("Correction requests"), reverse("admin:requests"), "claims.check_claim", waits["requests"]),
        ("submissions", _("Submissions"), reverse("admin:submissions"), "claims.triage_claim", waits["submissions"]),
        ("looks", _("Second looks"), reverse("admin:second_looks"), "claims.review_claim", waits["second_looks"]),
        ("legal", _("Legal requests"), reverse("admin:legal"), "claims.publish_claim", waits["legal"]),
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


def _list(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def _allowed(lines: list[Line], user: User, here: str) -> list[Entry]:
    return [
        Entry(name, label, url, here == url, count)
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
