"""How somebody else logs in, for administrators: second factor, sessions, locks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people.exceptions import PeopleError
from people.forms import ReasonForm
from people.models import DeskSession, LoginLock, User
from people.models.user import ADMINISTER
from people.pages.shell import PersonRequest, show
from people.services.factors import has_factor, needs_factor, reset_factors
from people.services.locks import lift_lock
from people.services.sessions import end_sessions


def access_page(request: PersonRequest, pk: int, form: ReasonForm | None = None) -> HttpResponse:
    """What there is, and what an administrator can do about it."""
    person = _person(request, pk)
    context = {
        "person": person,
        "form": form or ReasonForm(),
        "has_factor": has_factor(person),
        "needs_factor": needs_factor(person),
        "lock": LoginLock.objects.in_force().filter(person=person).first(),
        "sessions": DeskSession.objects.filter(person=person).open(),
        "is_self": person == request.user,
        "title": _("How %(name)s logs in") % {"name": person.byline},
    }
    return show(request, "people/access.html", context)


@require_POST
def take_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Reset the second factor, end the sessions or lift the lock, and say what happened."""
    person, form = _person(request, pk), ReasonForm(request.POST)
    if step == "reset" and not form.is_valid():
        return access_page(request, pk, form)
    try:
        messages.success(request, _step(person, step, by=request.user, why=request.POST.get("why", "")))
    except PeopleError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("account:access", args=[pk]))


def _step(person: User, step: str, *, by: User, why: str) -> str:
    if step == "reset":
        reset_factors(person, by=by, why=why)
        return _("The second factor is removed, and the sessions have ended.")
    if step == "sessions":
        ended = end_sessions(person, by=by, why="ended by an administrator")
        return ngettext("%(n)d session has ended.", "%(n)d sessions have ended.", ended) % {"n": ended}
    if step == "lock":
        lift_lock(person, by=by)
        return _("The lock is lifted.")
    raise Http404


def _person(request: PersonRequest, pk: int) -> User:
    person = get_object_or_404(User, pk=pk)
    if not request.user.has_perm(ADMINISTER) or (person.is_superuser and not request.user.is_superuser):
        raise PermissionDenied(_("Your role does not include this person."))
    return person
