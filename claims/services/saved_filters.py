"""The parts of the triage queue that a person comes back to."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.exceptions import NotReady
from claims.models import SavedFilter
from people.models import User
from people.record import recorded

AT_MOST = 30  # a person


def save_filter(*, name: str, query: str, by: User) -> SavedFilter:
    """Keep `query` under this name; a filter of the person's that has the name already becomes this one."""
    name = _fit(name)
    if len(query) > 1000:
        raise NotReady(_("This filter is too long to be kept."))
    known = SavedFilter.objects.filter(person=by)
    if known.count() >= AT_MOST and not known.filter(name=name).exists():
        raise NotReady(_("You have %(most)s filters. Delete one before you save another.") % {"most": AT_MOST})
    with recorded(by=by):
        return SavedFilter.objects.update_or_create(person=by, name=name, defaults={"query": query})[0]


def rename_filter(saved: SavedFilter, *, name: str, by: User) -> None:
    """Give a filter of one's own another name. Raises NotReady if another one has it."""
    saved.name = _fit(name)
    try:
        with transaction.atomic(), recorded(by=by):
            SavedFilter.objects.filter(pk=saved.pk, person=by).update(name=saved.name)
    except IntegrityError as error:
        raise NotReady(_("You have a filter of this name already.")) from error


def open_first(saved: SavedFilter, *, by: User, first: bool) -> None:
    """Let triage open with this filter of one's own in place of another or, with first=False, with the whole queue."""
    with recorded(by=by):
        list(SavedFilter.objects.filter(person=by).order_by("pk").select_for_update())  # two clicks, one after another
        SavedFilter.objects.filter(person=by, is_default=True).update(is_default=False)
        if first:
            SavedFilter.objects.filter(pk=saved.pk, person=by).update(is_default=True)


def delete_filter(saved: SavedFilter, *, by: User) -> None:
    """Forget a filter of one's own."""
    with recorded(by=by):
        SavedFilter.objects.filter(pk=saved.pk, person=by).delete()


def _fit(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not 0 < len(name) <= 60:
        raise NotReady(_("Give the filter a name of at most 60 characters."))
    return name
