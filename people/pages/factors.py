"""Your second factor: what there is, setting up, removing."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people import codes, passkeys
from people.exceptions import PeopleError
from people.forms import CodeForm, PasskeyForm
from people.models import Authenticator, Passkey, RecoveryCode, User
from people.pages.shell import PersonRequest, confirmed, origin_of, show
from people.services import factors

SECRET = "authenticator_secret"  # in the session, encrypted, from the page with the picture to the first code  # noqa: S105 - a name
QUESTION = "new_passkey_question"


def factors_page(request: PersonRequest) -> HttpResponse:
    """What this person has, and what can be set up."""
    person = request.user
    app = Authenticator.objects.filter(person=person).first()
    keys = list(Passkey.objects.filter(person=person))
    context: dict[str, Any] = {
        "app": app,
        "passkeys": keys,
        "codes_left": RecoveryCode.objects.filter(person=person, used_at=None).count(),
        "has_factor": bool(app or keys),
        "passkeys_possible": passkeys.are_possible(origin_of(request)),
        "title": _("Second factor"),
    }
    return _show(request, "people/factors.html", context)


def _show(request: PersonRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Who has to set up a factor first sees no menu: nothing in it would open."""
    must = factors.needs_factor(request.user) and not factors.has_factor(request.user)
    return show(request, template, {**context, "must": must, **({"desk_menu": []} if must else {})})


@sensitive_post_parameters()
@confirmed
def authenticator_page(request: PersonRequest) -> HttpResponse:
    """Show a new secret as a picture and as letters, and take it when the app shows the right code."""
    secret = _secret(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = request.session.session_key or ""
        try:
            fresh = factors.set_up_authenticator(request.user, secret=secret, code=form.cleaned_data["code"], keep=key)
        except PeopleError as error:
            form.add_error("code", str(error))
        else:
            del request.session[SECRET]
            return _set_up(request, fresh, _("The authenticator app is set up. From now on log-in asks for its code."))
    address = codes.address_for_app(secret, person=request.user.username, site=settings.SITE_NAME)
    width, path = codes.qr_path(address)
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    context = {"form": form, "width": width, "path": path, "secret": spaced, "title": _("Set up an authenticator app")}
    return _show(request, "people/authenticator.html", context)


def _secret(request: PersonRequest) -> str:
    """The secret of this set-up: the same while its page is loaded again, or the picture would not fit the code."""
    kept = request.session.get(SECRET)
    secret = (factors.decrypt(kept) if kept else None) or codes.new_secret()
    if not kept:
        request.session[SECRET] = factors.encrypt(secret)
    return secret


@confirmed
def passkey_page(request: PersonRequest) -> HttpResponse:
    """Have the browser make a passkey, and take it."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = _take_passkey(request, form)
        except passkeys.BadAnswer:
            form.add_error(None, _("The passkey was not accepted. Try again."))
        except PeopleError as error:
            form.add_error(None, str(error))
        else:
            return _set_up(request, fresh, _("The passkey is added."))
    context: dict[str, Any] = {"form": form, "title": _("Add a passkey")}
    if passkeys.are_possible(origin_of(request)):
        context["options"] = _ask_for_passkey(request)
    return _show(request, "people/passkey.html", context)


def _ask_for_passkey(request: PersonRequest) -> dict[str, Any]:
    person = request.user
    question = passkeys.ask_for_new(
        origin_of(request),
        site=settings.SITE_NAME,
        handle=_handle(person),
        username=person.username,
        name=person.byline,
        known=factors.credentials_of(person),
    )
    request.session[QUESTION] = question.state
    return question.options


def _take_passkey(request: PersonRequest, form: PasskeyForm) -> list[str]:
    state = request.session.pop(QUESTION, None)  # each question takes one answer
    key = passkeys.read_new(origin_of(request), state=state, answer=form.cleaned_data["answer"])
    keep = request.session.session_key or ""
    return factors.add_passkey(request.user, key, name=form.cleaned_data["name"], keep=keep)


def _handle(person: User) -> bytes:
    """What devices know a person by: the same for all passkeys of one, and it tells nothing."""
    return salted_hmac("people.passkeys", str(person.pk), algorithm="sha256").digest()


@require_POST
@confirmed
def new_recovery_codes(request: PersonRequest) -> HttpResponse:
    """Make ten new codes and show them, once."""
    try:
        fresh = factors.make_recovery_codes(request.user)
    except PeopleError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("account:factors"))
    return _show_codes(request, fresh)


@require_POST
@confirmed
def remove(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Remove the app or one passkey."""
    try:
        if kind == "authenticator":
            factors.remove_authenticator(request.user)
        elif kind == "passkey":
            factors.remove_passkey(request.user, pk)
        else:
            raise Http404
    except PeopleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Removed."))
    return HttpResponseRedirect(reverse("account:factors"))


def _set_up(request: PersonRequest, fresh: list[str], said: str) -> HttpResponse:
    messages.success(request, said)
    return _show_codes(request, fresh) if fresh else HttpResponseRedirect(reverse("account:factors"))


def _show_codes(request: PersonRequest, fresh: list[str]) -> HttpResponse:
    """The one page that ever has them: an answer to a POST, kept nowhere."""
    return show(request, "people/recovery_codes.html", {"codes": fresh, "title": _("Your recovery codes")})
