"""Files that people of the desk put into the file of a claim."""

import re
import unicodedata
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.services import keep_bytes
from claims.exceptions import NotAllowed, NotReady
from claims.models import Attachment, Claim
from claims.services.lifecycle import require
from claims.services.typed import typed_line
from people.models import User
from people.record import recorded

MEGABYTES = 20
BYTES_LIMIT = MEGABYTES * 1024 * 1024
FILES_LIMIT = 50
NAME_LIMIT = 150
UNKNOWN_TYPE = "application/octet-stream"
TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}", re.ASCII)
# What a file is by its first bytes, whatever its name or the browser say. Source: the formats' specifications.
FIRST_BYTES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"PK\x03\x04": "application/zip",
    b"MZ": "application/vnd.microsoft.portable-executable",
    b"\x7fELF": "application/x-executable",
}
IN_A_ZIP = ("application/vnd.openxmlformats", "application/vnd.oasis", "application/epub")


@dataclass(frozen=True, slots=True)
class Attached:
    """duplicate: the same bytes were here already, and `attachment` is the one that holds them."""

    attachment: Attachment
    duplicate: bool = False


@transaction.atomic
def attach_file(claim: Claim, *, name: str, body: bytes, declared: str = "", note: str = "", by: User) -> Attached:
    """Put a file into the claim's file. declared: the type as the browser says it.

    Raises NotReady for an empty file, one of more than 20 MB, or the 51st.
    """
    require(by, "claims.add_attachment")
    if not body:
        raise NotReady(_("This file is empty."))
    if len(body) > BYTES_LIMIT:
        raise NotReady(too_large())
    note = typed_line(note, most=300, least=0, otherwise=_("Write a note of at most 300 characters."))
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)  # so that two at once do not make 51, or two of one
    kind = type_of(body, declared)
    snapshot = keep_bytes(body, content_type=kind)
    if here := claim.attachments.standing().filter(snapshot=snapshot).first():
        return Attached(here, duplicate=True)
    if claim.attachments.standing().count() >= FILES_LIMIT:
        raise NotReady(_("This claim has %(limit)s files already. Withdraw one first.") % {"limit": FILES_LIMIT})
    with recorded(by=by):
        given = {"name": harmless_name(name), "content_type": kind, "note": note, "by": by}
        return Attached(Attachment.objects.create(claim=claim, snapshot=snapshot, **given))


def withdraw_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file out of sight: one's own, or any for who publishes. Its bytes stay. Twice does nothing."""
    require(by, "claims.add_attachment")
    if attachment.by_id != by.pk and not by.has_perm("claims.publish_claim"):
        raise NotAllowed(_("A file is withdrawn by who attached it, or by an editor."))
    with recorded(by=by):
        Attachment.objects.standing().filter(pk=attachment.pk).update(withdrawn_at=timezone.now())


def too_large() -> str:
    return _("This file is larger than %(limit)s MB. Attach a part of it, or say in a comment where it is.") % {
        "limit": MEGABYTES
    }


def harmless_name(name: str) -> str:
    """The name of a file without path, control or direction characters, in at most 150; its ending stays."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(
        " " if letter.isspace() else letter
        for letter in last
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    clean = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if dot and stem and len(ending) <= 10:
        return f"{stem[: NAME_LIMIT - len(ending) - 1]}.{ending}"
    return clean[:NAME_LIMIT] or str(_("file"))


def type_of(body: bytes, declared: str) -> str:
    """What a file is: by its first bytes where they tell, else as declared, else unknown."""
    declared = declared.partition(";")[0].strip().lower()
    told = next((kind for start, kind in FIRST_BYTES.items() if body.startswith(start)), "")
    if told == "application/zip" and declared.startswith(IN_A_ZIP):  # an office document is a zip with a plan
        told = ""
    return told or (declared if TYPE.fullmatch(declared) else UNKNOWN_TYPE)
