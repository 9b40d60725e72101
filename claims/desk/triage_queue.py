"""The part of the triage queue that an address asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Publisher
from claims.desk.forms import Day
from claims.desk.queues import AHEAD, Queue
from claims.models import Appearance, Claim, ClaimMatch, Decision, ExternalMatch, State, Topic
from claims.models.claim import ClaimQuerySet
from claims.services.holds import free_for, hold_first
from people.lists import IN_MENU
from people.models import User
from people.numbers import number

Places = Any
MANY = 200  # publishers that one name may mean


def score(label: Any) -> forms.FloatField:
    step = forms.NumberInput(attrs={"step": "0.05"})
    return forms.FloatField(label=label, min_value=0, max_value=1, required=False, widget=step)


class QueueForm(forms.Form):
    """Which part of the queue to look at. What cannot be read is left out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *Claim.Kind.choices], required=False)
    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), empty_label=_("All topics"), required=False)
    publisher = forms.CharField(
        label=_("Publisher"), max_length=200, required=False, widget=forms.TextInput(attrs={"list": "publishers"})
    )
    claimant = forms.CharField(label=_("Who says it"), max_length=200, required=False)
    minimum = score(_("Score at least"))
    maximum = score(_("Score at most"))
    published_after = Day(label=_("Published from"), required=False)
    published_before = Day(label=_("Published until"), required=False)
    came_after = Day(label=_("Came in from"), required=False)
    came_before = Day(label=_("Came in until"), required=False)
    matched = forms.ChoiceField(
        label=_("Checked before"),
        choices=[("", _("All")), ("yes", _("Looks like one that was checked")), ("no", _("Looks like none"))],
        required=False,
    )
    article = forms.ModelChoiceField(Article.objects.all(), required=False, widget=forms.HiddenInput)


def checked_before() -> Q:
    """Whether it is taken for the same as a claim that readers see, or as one that others checked."""
    same = Q(state=State.CONFIRMED) | Q(state=State.SUGGESTED, decision=Decision.SAME)
    published, here = Claim.Status.PUBLISHED, OuterRef("pk")
    ours = ClaimMatch.objects.filter(same)
    return Q(
        Exists(ours.filter(low=here, high__status=published))
        | Exists(ours.filter(high=here, low__status=published))
        | Exists(ExternalMatch.objects.filter(same, claim=here))
    )


def _by_publisher(name: str) -> Q:
    found = Publisher.objects.filter(Q(name__icontains=name) | Q(domain__icontains=name))
    return Q(revision__article__publisher__in=list(found.values_list("pk", flat=True)[:MANY]))


OF_CLAIM: dict[str, Callable[[ClaimQuerySet, Any], ClaimQuerySet]] = {
    "kind": lambda claims, kind: claims.filter(kind=kind),
    "matched": lambda claims, yes: claims.filter(checked_before() if yes == "yes" else ~checked_before()),
    "claimant": lambda claims, name: claims.said_by(name),
    "topic": lambda claims, topic: claims.filter(topics=topic),
    "minimum": lambda claims, least: claims.filter(check_worthiness__gte=least),
    "maximum": lambda claims, most: claims.filter(check_worthiness__lte=most),
    "came_after": lambda claims, day: claims.filter(created_at__date__gte=day),
    "came_before": lambda claims, day: claims.filter(created_at__date__lte=day),
}
OF_PLACE: dict[str, Callable[[Any], Q]] = {
    "article": lambda article: Q(revision__article=article),
    "publisher": _by_publisher,
    "published_after": lambda day: Q(revision__article__published_on__gte=day),
    "published_before": lambda day: Q(revision__article__published_on__lte=day),
}


@dataclass
class TriageQueue(Queue):
    """The queue as one person sees it. Looking at `shown` takes a hold on the first of it for them.

    The address has, beside filters and place, `left`: the candidate that was on the screen before; without a place the
    queue goes on behind it. And `side`: whether the article is open beside the candidate.
    """

    person: User

    page = "admin:triage"
    model = Claim
    form_class = QueueForm
    filters = (*OF_CLAIM, *OF_PLACE)

    @cached_property
    def form(self) -> forms.Form:
        form = QueueForm(self.asked, auto_id="filter_%s")  # other forms on the page ask for a claimant too
        form.is_valid()
        return form

    @cached_property
    def rows(self) -> ClaimQuerySet:
        claims, places = Claim.objects.for_triage().select_related("claimant"), Q()
        for name, value in self.chosen.items():
            if name in OF_CLAIM:
                claims = OF_CLAIM[name](claims, value)
            else:
                places &= OF_PLACE[name](value)
        return claims.filter(pk__in=Appearance.objects.filter(places).values("claim")) if places else claims

    @cached_property
    def left(self) -> int | None:
        return number(self.asked.get("left", ""))

    @cached_property
    def side(self) -> bool:
        return self.asked.get("side") == "article"

    @cached_property
    def stretches(self) -> Sequence[ClaimQuerySet]:
        if self.place is None and self.left:
            return self.rows.stretches_at(Claim.objects.filter(pk=self.left).first(), behind=True)
        return self.rows.stretches_at(self.place)

    @cached_property
    def shown(self) -> list[Any]:
        first = hold_first(self.stretches, by=self.person)
        if first is None:
            return []
        behind = (free_for(rows, self.person)[:AHEAD] for rows in self.rows.stretches_at(first, behind=True))
        return [first, *islice(chain.from_iterable(behind), AHEAD)]

    @cached_property
    def before(self) -> Claim | None:
        """The nearest candidate ahead of the one shown that nobody else has."""
        return free_for(self.rows.ahead_of(self.shown[0]), self.person).first()

    @cached_property
    def waiting(self) -> int:
        """How many fit the filters; IN_MENU + 1 for more than IN_MENU."""
        return self.rows.order_by()[: IN_MENU + 1].count()

    @cached_property
    def filter_query(self) -> str:
        """The filters alone, as an address has them."""
        kept = QueryDict(mutable=True)
        for name, value in self.chosen.items():
            kept[name] = str(getattr(value, "pk", value))
        return kept.urlencode()

    @cached_property
    def said(self) -> list[str]:
        """The filters in words."""
        fields: Any = self.form.fields
        return [_in_words(fields[name], value) for name, value in self.chosen.items()]

    def address(self, *, at: int | None = None, left: int | None = None, side: bool | None = None) -> str:
        """This part of the queue, seen from row `at`, behind row `left`, or from its top; as it is for other pages too.

        Never without a query: the bare address opens the filter that the person chose to open first.
        """
        kept = QueryDict(self.filter_query, mutable=True)
        for name, value in (("at", at), ("left", left)):
            if value:
                kept[name] = str(value)
        if self.side if side is None else side:
            kept["side"] = "article"
        return f"{reverse(self.page)}?{kept.urlencode() or 'all=1'}"


def _in_words(field: forms.Field, value: Any) -> str:
    choices: Any = [] if isinstance(field, forms.ModelChoiceField) else getattr(field, "choices", [])
    shown = dict(choices).get(value, value)
    return f"{field.label}: {shown}" if field.label else f"“{shown}”"
