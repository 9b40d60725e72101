"""What the desk's pages of letters share: lists, and two looks by two people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form, Textarea
from django.http import HttpResponse, HttpResponseRedirect

from claims.desk.pages import DeskRequest, show
from claims.exceptions import ClaimError

A_PAGE = 30
Forms = dict[str, type[Form]]


def show_list(request: DeskRequest, template: str, rows: QuerySet[Any], **context: Any) -> HttpResponse:
    """Answer with a page of `rows`, in two queries."""
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show(request, template, {"page": page, "rows": page.object_list, **context})


def take_look(
    request: DeskRequest, forms: Forms, *, due: str, agree: str, take: Callable[[str, Form], None], onward: str
) -> HttpResponse | dict[str, Any]:
    """Take what is said of a letter that two people look at: to `onward`, or the context of the page.

    Each step has a form but the one named by `agree`. What cannot be stored is shown again as it was typed, also where
    somebody was first and another form is due now: then as `lost`.
    """
    asked, lost = request.POST.get("step", ""), ""
    form = forms[asked](request.POST) if asked in forms else forms[due]()
    if request.method == "POST" and (asked == agree or form.is_valid()):
        try:
            take(asked, form)
        except ClaimError as error:
            messages.error(request, str(error))
        else:
            return HttpResponseRedirect(onward)
    if form.is_bound and asked != due:
        written = [form[name].value() for name, field in form.fields.items() if isinstance(field.widget, Textarea)]
        form, lost = forms[due](), "\n\n".join(filter(None, written))
    return {"form": form, "lost": lost}
