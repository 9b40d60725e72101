"""Inviting people, and accepting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people.exceptions import InvitationError, PeopleError
from people.forms import InviteForm, JoinForm
from people.models import Invitation, Role
from people.models.user import INVITE
from people.pages.shell import PersonRequest, show
from people.services import invitations

LINK = "invitation_link"  # in the session, until it has been shown


def invitations_page(request: PersonRequest) -> HttpResponse:
    """Invite somebody; the new link, once; the open invitations."""
    _need(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _invite(request, form)
        return HttpResponseRedirect(reverse("account:invitations"))
    context = {
        "form": form,
        "link": request.session.pop(LINK, None),
        "invitations": Invitation.objects.open(),
        "title": _("Invitations"),
    }
    return show(request, "people/invitations.html", context)


def _invite(request: PersonRequest, form: InviteForm) -> None:
    given = form.cleaned_data
    invitation, link = invitations.invite(
        role=Role(given["role"]), by=request.user, name=given["name"], email=given["email"]
    )
    request.session[LINK] = link
    if not invitation.email:
        messages.success(request, _("The invitation is ready. Copy its link and pass it on."))
    elif invitations.mail_invitation(invitation, link):
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
    else:
        messages.warning(request, _("The invitation is ready, but no e-mail could be sent. Pass the link on yourself."))


@require_POST
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a link stop working."""
    _need(request)
    try:
        invitations.revoke_invitation(pk, by=request.user)
    except PeopleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation is withdrawn. Its link does not work any more."))
    return HttpResponseRedirect(reverse("account:invitations"))


@sensitive_post_parameters()
@never_cache
@csrf_protect
def join_page(request: HttpRequest, token: str) -> HttpResponse:
    """For the invited person: choose name, username and password."""
    try:
        invitation = invitations.find_invitation(token)
    except InvitationError as error:
        return _closed(request, error)
    form = JoinForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invitations.accept_invitation(
                token, username=given["username"], password=given["password1"], name=given["name"]
            )
        except InvitationError as error:
            return _closed(request, error)
        except PeopleError as error:
            form.add_error("username", str(error))
        else:
            messages.success(request, _("Welcome. Log in with the username and password you have just chosen."))
            return HttpResponseRedirect(reverse("account:log_in"))
    context = {"form": form, "invitation": invitation, "title": _("Join the desk")}
    return _unreferred(show(request, "people/join.html", context))


def _closed(request: HttpRequest, error: InvitationError) -> HttpResponse:
    context = {"why": str(error), "title": _("This invitation does not work")}
    return _unreferred(show(request, "people/closed.html", context, status=410))


def _unreferred(answer: HttpResponse) -> HttpResponse:
    """The address holds the token: no other site gets to see it."""
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _need(request: PersonRequest) -> None:
    if not request.user.has_perm(INVITE):
        raise PermissionDenied(_("Only administrators invite people."))
