"""What the desk checks by: methodologies and rating scales, in versions. Neither is ever edited."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import NotReady, StaleClaim
from claims.models import MethodologyVersion, Rating, RatingScale
from claims.services.lifecycle import require
from people.models import User
from people.record import recorded


@dataclass(frozen=True, slots=True)
class Place:
    """A rating as the next version of a scale has it."""

    code: str
    label: str
    meaning: str
    value: int | None
    shape: str
    colour: str


@transaction.atomic
def state_methodology(*, text: str, valid_from: date, by: User) -> MethodologyVersion:
    """Write the next version of how the desk checks. Raises NotReady for a day that is past or before the last one."""
    require(by, "claims.add_methodologyversion")
    newest = MethodologyVersion.objects.first()
    earliest = max([timezone.localdate(), *([newest.valid_from] if newest else [])])
    if valid_from < earliest:
        raise NotReady(_("A methodology is valid from today or later, and not before the one it follows."))
    if not text.strip():
        raise NotReady(_("Write how the desk checks."))
    try:
        with recorded(by=by):
            return MethodologyVersion.objects.create(n=newest.n + 1 if newest else 1, text=text, valid_from=valid_from)
    except IntegrityError as error:
        raise StaleClaim(_("Somebody else has stated a version since. Read it first.")) from error


@transaction.atomic
def replace_scale(scale: RatingScale, places: Sequence[Place], *, by: User) -> RatingScale:
    """Retire a scale and put its next version, with these ratings, in its place. What was rated keeps its rating."""
    require(by, "claims.add_ratingscale")
    locked = RatingScale.objects.select_for_update().get(pk=scale.pk)
    if locked.retired_on is not None:
        raise StaleClaim(_("This scale was replaced already."))
    if len(places) < 2:
        raise NotReady(_("A scale has at least two ratings."))
    with recorded(by=by):
        following = RatingScale.objects.create(name=locked.name, version=locked.version + 1)
        for place in places:
            _add(Rating(scale=following, **asdict(place)))
        RatingScale.objects.filter(pk=locked.pk).update(retired_on=timezone.localdate(), replaced_by=following)
    return following


def _add(rating: Rating) -> None:
    try:
        rating.full_clean()
    except ValidationError as error:
        raise NotReady(f"{rating.label}: {' '.join(error.messages)}") from error
    rating.save()
