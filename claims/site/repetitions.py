"""Where else a claim was made: before our verdict, since then, and on days nobody knows. Starts no queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.claimreview import Place, PublishedClaim

SHOWN = 10  # places that stand open; the others are behind "Show all"
LISTED = 300  # places that are on the page at all


@dataclass(frozen=True, slots=True)
class Repetitions:
    """Places of one part of time. name: its anchor on the page."""

    name: str
    label: str
    places: Sequence[Place]

    @property
    def shown(self) -> Sequence[Place]:
        return self.places[:SHOWN]

    @property
    def folded(self) -> Sequence[Place]:
        return self.places[SHOWN:LISTED]

    @property
    def left_out(self) -> int:
        return max(0, len(self.places) - LISTED)


def repetitions(published: PublishedClaim) -> list[Repetitions]:
    """All places but the first, by time; parts without any are left out.

    What was said on the day of the verdict came before it, as far as we know: nobody is said to have repeated what
    they could not have known to be checked.
    """
    verdict = timezone.localdate(published.first_published_at)
    later = published.places[1:]
    dated = [place for place in later if place.made_on]
    parts = [
        Repetitions(
            "before", _("Repeated before our verdict"), [p for p in dated if p.made_on and p.made_on <= verdict]
        ),
        Repetitions("since", _("Repeated since our verdict"), [p for p in dated if p.made_on and p.made_on > verdict]),
        Repetitions("undated", _("Repeated on a day we do not know"), [p for p in later if not p.made_on]),
    ]
    return [part for part in parts if part.places]


def since_verdict(parts: Sequence[Repetitions]) -> str:
    """How often it was repeated since our verdict, in a sentence; "" if it was not, as far as we know."""
    places = [place for part in parts if part.name == "since" for place in part.places]
    outlets = len({place.publisher for place in places if place.publisher})
    if not places:
        return ""
    times = ngettext("once", "%(number)d times", len(places)) % {"number": len(places)}
    if not outlets:
        return _("Repeated %(times)s since our verdict") % {"times": times}
    by = ngettext("one outlet", "%(number)d outlets", outlets) % {"number": outlets}
    return _("Repeated %(times)s by %(outlets)s since our verdict") % {"times": times, "outlets": by}
