"""In and out of the desk: password, second step, and the password again before something serious."""

import time
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people import passkeys
from people.exceptions import LockedOut, PeopleError
from people.forms import ConfirmForm, LogInForm, SecondStepForm
from people.models import Authenticator, User
from people.pages.shell import CONFIRMED, SEEN, PersonRequest, address_of, browser_of, next_page, origin_of, show
from people.record import recorded
from people.services.factors import check_code, check_passkey, credentials_of, has_factor
from people.services.locks import clear, tell_locks
from people.services.log_ins import check_password
from people.services.sessions import begin_session

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half_logged_in"  # in the session: who gave the right password and owes the second step
HALF_FOR = 10 * 60  # seconds
QUESTION = "passkey_question"  # in the session: what the browser was asked, until it answers


@sensitive_post_parameters()
@never_cache
@csrf_protect
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for username and password."""
    if request.method == "GET" and admin.site.has_permission(request):
        return HttpResponseRedirect(next_page(request))
    form = LogInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            person = check_password(**form.cleaned_data, address=address_of(request))
        except PeopleError as error:
            form.add_error(None, str(error))
            status = 429 if isinstance(error, LockedOut) else 200
        else:
            return _second_or_in(request, person)
    return show(request, "admin/login.html", {"form": form, "next": next_page(request)}, status=status)


def _second_or_in(request: HttpRequest, person: User) -> HttpResponse:
    if not has_factor(person):
        clear(person)
        return _let_in(request, person, to=next_page(request))
    request.session.flush()  # nothing of whoever was here before
    request.session[HALF] = {"person": person.pk, "proof": person.get_session_auth_hash(), "at": time.time()}
    request.session["next"] = next_page(request)
    return HttpResponseRedirect(reverse("account:second_step"))


@sensitive_post_parameters()
@never_cache
@csrf_protect
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a passkey, within ten minutes of the password."""
    person = _half_logged_in(request)
    if person is None:
        messages.warning(request, _("That took too long. Type your password again."))
        return HttpResponseRedirect(reverse("account:log_in"))
    has_app = Authenticator.objects.filter(person=person).exists()
    form = SecondStepForm(request.POST if "code" in request.POST else None, has_app=has_app)
    refusal, status = None, 200
    if request.method == "POST" and ("answer" in request.POST or form.is_valid()):
        try:
            _prove(request, person, form)
        except PeopleError as error:
            refusal, status = str(error), 429 if isinstance(error, LockedOut) else 200
        else:
            return _let_in(request, person, to=request.session.get("next", reverse("admin:index")))
    context = {
        "form": form,
        "refusal": refusal,
        "has_app": has_app,
        "title": _("Second step"),
        **_question(request, person),
    }
    return show(request, "people/second_step.html", context, status=status)


def _half_logged_in(request: HttpRequest) -> User | None:
    half = request.session.get(HALF)
    if not half or time.time() - half["at"] > HALF_FOR:
        return None
    person = User.objects.filter(pk=half["person"], is_active=True, is_staff=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), half["proof"]):
        return None
    return person


def _prove(request: HttpRequest, person: User, form: SecondStepForm) -> None:
    address = address_of(request)
    if "answer" in request.POST:
        state = request.session.pop(QUESTION, None)  # each question takes one answer
        answer = request.POST["answer"]
        check_passkey(person, origin=origin_of(request), state=state, answer=answer, address=address)
    else:
        check_code(person, form.cleaned_data["code"], address=address)


def _question(request: HttpRequest, person: User) -> dict[str, Any]:
    """What the browser is asked, for a person who has passkeys."""
    known = credentials_of(person)
    if not known or not passkeys.are_possible(origin_of(request)):
        return {}
    question = passkeys.ask_for_known(origin_of(request), known=known)
    request.session[QUESTION] = question.state
    return {"options": question.options}


def _let_in(request: HttpRequest, person: User, *, to: str) -> HttpResponse:
    for kept in (HALF, QUESTION, "next"):
        request.session.pop(kept, None)
    with recorded(by=person, why="logged in"):
        login(request, person, backend=BACKEND)
        request.session[CONFIRMED] = request.session[SEEN] = time.time()
        key = request.session.session_key or ""
        begin_session(person, key=key, browser=browser_of(request), address=address_of(request))
    for lock in tell_locks(person):
        said = _(
            "On %(when)s somebody failed to log in as you so often that your account was locked for a while. "
            "If it was not you, change your password."
        )
        messages.warning(request, said % {"when": format_date(timezone.localtime(lock.since), "Y-m-d H:i")})
    return HttpResponseRedirect(to)


@require_POST
@never_cache
@csrf_protect
def log_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    person = request.user if isinstance(request.user, User) else None
    with recorded(by=person, why="logged out"):
        logout(request)
    messages.success(request, _("You are logged out."))
    return HttpResponseRedirect(reverse("account:log_in"))


@sensitive_post_parameters()
def confirm(request: PersonRequest) -> HttpResponse:
    """Ask for the password once more, and go on to where it was wanted."""
    form = ConfirmForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            check_password(request.user.username, form.cleaned_data["password"], address=address_of(request))
        except LockedOut as error:
            form.add_error("password", str(error))
            status = 429
        except PeopleError:
            form.add_error("password", _("This is not your password."))
        else:
            request.session[CONFIRMED] = time.time()
            return HttpResponseRedirect(next_page(request))
    context = {"form": form, "next": next_page(request), "title": _("Is it you?")}
    return show(request, "people/confirm.html", context, status=status)
