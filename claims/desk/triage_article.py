"""The article at the side of the candidate, and claims made by hand from its words."""

from collections.abc import Sequence
from typing import Any

from articles.models import Revision
from claims.desk.article_page import PART, marked_text, revision_part
from claims.desk.forms import ByHandForm


def beside_it(places: Sequence[Any], form: ByHandForm | None) -> dict[str, Any]:
    """The part of the article that holds the first of these places of a candidate, with all claims marked in it."""
    place = places[0]
    texts = Revision.objects.filter(pk=place.revision_id)
    revision = revision_part(texts, place.start // PART + 1)
    return {"article": place.revision.article, "revision": revision, "form": form or ByHandForm()} | marked_text(
        revision
    )
