"""How often what readers' pages show has changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Max, Sum
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Version:
    """Of a page: as long as it is the same, the page shows the same. changed_at: None where it never changed."""

    changes: int
    changed_at: datetime | None


class PageChangeQuerySet(models.QuerySet["PageChange"]):
    def of_claim_at(self, slug: str) -> Self:
        """Changes of the page at this address, and of every page."""
        from claims.models.claim import Slug

        owner = Slug.objects.filter(slug=slug).values("claim")
        return self.filter(page__in=[PageChange.EVERY, models.Subquery(owner)])

    def of_lists(self) -> Self:
        """Changes of what lists of fact-checks show."""
        return self.filter(page__in=[PageChange.EVERY, PageChange.LISTS])

    def version(self) -> Version:
        """The version that these changes make, in one query."""
        found = self.aggregate(changes=Sum("n"), changed_at=Max("at"))
        return Version(found["changes"] or 0, found["changed_at"])


class PageChange(models.Model):
    """Changes of what one page shows. Triggers write them (claims/triggers.py), the schedule adds them up.

    Rows and not a counter, so that two transactions never wait for each other; a sum and not the newest row, because
    the transaction that began first may be the one that ends last.

    page: the claim whose page it is, LISTS for all lists, EVERY for all pages. n: how many changes.
    """

    EVERY = 0
    LISTS = -1

    page = models.BigIntegerField(_("page"))
    n = models.PositiveBigIntegerField(_("changes"), db_default=1)
    at = models.DateTimeField(_("when"), db_default=Now())

    objects = PageChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")
        default_permissions = ()
        indexes = [models.Index(fields=["page"], name="page_change_of_page")]  # the version of a page

    def __str__(self) -> str:
        return str(self.page)
