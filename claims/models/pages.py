"""How often what readers' pages show has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Version:
    """Of a page: as long as it is the same, the page shows the same. changed_at: None where it never changed."""

    changes: int
    changed_at: datetime | None


# Written out: the one query of a page that is kept, where building it would take longer than running it.
VERSION = "SELECT coalesce(sum(n), 0), max(at) FROM claims_pagechange WHERE {}"
OF_CLAIM = VERSION.format("page IN (0, (SELECT claim_id FROM claims_slug WHERE slug = %s))")
OF_LISTS = VERSION.format("page IN (0, -1)")
OF_EVERYTHING = VERSION.format("true")


class PageChangeManager(models.Manager["PageChange"]):
    def version_of_claim_at(self, slug: str) -> Version:
        """Of the page at this address, whether it is the newest one of its claim or an older one."""
        return self._version(OF_CLAIM, [slug])

    def version_of_lists(self) -> Version:
        """Of all lists of fact-checks."""
        return self._version(OF_LISTS)

    def version_of_everything(self) -> Version:
        """Of all pages together."""
        return self._version(OF_EVERYTHING)

    def _version(self, query: str, parameters: Sequence[str] = ()) -> Version:
        connection.health_check_done = True  # type: ignore[attr-defined]  # asking whether it lives is a second query
        try:
            return _asked(query, parameters)
        except (OperationalError, InterfaceError):  # it was restarted since the last request
            if connection.in_atomic_block:
                raise
            connection.close()
            return _asked(query, parameters)


def _asked(query: str, parameters: Sequence[str]) -> Version:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        changes, changed_at = cursor.fetchone()
    return Version(int(changes), changed_at)


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

    objects = PageChangeManager()

    class Meta:
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")
        default_permissions = ()
        indexes = [models.Index(fields=["page"], name="page_change_of_page")]  # the version of a page

    def __str__(self) -> str:
        return str(self.page)
