"""What people of the desk say to each other, and the files they put in, as sentences."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.desk.tellers.told import Action, Kind, Told, tells
from claims.models import Attachment, Comment, Mention

SHORT = 200


@tells(Comment, Kind.TALK)
def comment(told: Told) -> str:
    if told.entry.action == Action.INSERT:
        text = told.after.get("text", "")
        return _("Commented: “%(text)s”") % {"text": Truncator(text).chars(SHORT)} if text else _("Commented.")
    if told.after.get("withdrawn_at"):
        return _("A comment was withdrawn.")
    return _("A comment was changed.") if told.after.get("edited_at") else ""


@tells(Mention, Kind.TALK)
def mention(told: Told) -> str:
    who = {"who": told.named("person_id", told.whole.get("person_id"))}
    called = told.entry.action == Action.INSERT
    return (_("%(who)s was mentioned.") if called else _("%(who)s is not mentioned any more.")) % who


@tells(Attachment, Kind.TALK, rows=Attachment.objects.only("name"))
def attachment(told: Told) -> str:
    if told.entry.action == Action.INSERT:
        return _("File attached: %(name)s.") % {"name": told.after.get("name", "")}
    if told.after.get("withdrawn_at"):
        return _("File withdrawn: %(name)s.") % {"name": told.row.name if told.row else ""}
    return ""
