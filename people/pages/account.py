"""Your account: name, password, sessions."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people.exceptions import LockedOut, PeopleError
from people.forms import AccountForm, ChangePasswordForm
from people.models import DeskSession
from people.pages.shell import PersonRequest, address_of, browser_of, show
from people.record import recorded
from people.services.factors import has_factor, needs_factor
from people.services.log_ins import change_password, check_password
from people.services.sessions import begin_session, end_session, end_sessions


def account_page(request: PersonRequest) -> HttpResponse:
    """Name, e-mail and time zone, and the way to the rest."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        with recorded(by=request.user, why="changed the account"):
            form.save()
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("account:home"))
    context = {
        "form": form,
        "has_factor": has_factor(request.user),
        "needs_factor": needs_factor(request.user),
        "sessions": DeskSession.objects.filter(person=request.user).open().count(),
        "title": _("Your account"),
    }
    return show(request, "people/account.html", context)


@sensitive_post_parameters()
def password_page(request: PersonRequest) -> HttpResponse:
    """Change the password. Every other session ends."""
    form = ChangePasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and _knows_old_one(request, form):
        change_password(request.user, form.cleaned_data["password1"], keep=request.session.session_key or "")
        _go_on(request)
        messages.success(request, _("Your password is changed. All your other sessions have ended."))
        return HttpResponseRedirect(reverse("account:home"))
    return show(request, "people/password.html", {"form": form, "title": _("Change password")})


def _knows_old_one(request: PersonRequest, form: ChangePasswordForm) -> bool:
    try:
        check_password(request.user.username, form.cleaned_data["old"], address=address_of(request))
    except LockedOut as error:
        form.add_error("old", str(error))
    except PeopleError:
        form.add_error("old", _("This is not your password."))
    return form.is_valid()


def _go_on(request: PersonRequest) -> None:
    """Stay logged in, in a session with a new key."""
    with recorded(by=request.user, why="changed the password"):
        update_session_auth_hash(request, request.user)
        key = request.session.session_key or ""
        begin_session(request.user, key=key, browser=browser_of(request), address=address_of(request))


def sessions_page(request: PersonRequest) -> HttpResponse:
    """Where the person is logged in."""
    sessions = DeskSession.objects.filter(person=request.user).open()
    context = {"sessions": sessions, "here": request.session.session_key, "title": _("Your sessions")}
    return show(request, "people/sessions.html", context)


@require_POST
def end_one(request: PersonRequest, pk: int) -> HttpResponse:
    """End one session; this one too, which is logging out."""
    try:
        end_session(request.user, pk)
    except PeopleError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("That session has ended."))
    return HttpResponseRedirect(reverse("account:sessions"))


@require_POST
def end_others(request: PersonRequest) -> HttpResponse:
    """End all sessions but this one."""
    ended = end_sessions(request.user, by=request.user, why="ended by its owner", keep=request.session.session_key)
    said = ngettext("%(n)d other session has ended.", "%(n)d other sessions have ended.", ended) % {"n": ended}
    messages.success(request, said if ended else _("There was no other session."))
    return HttpResponseRedirect(reverse("account:sessions"))
