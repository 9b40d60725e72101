"""Who works here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people.models.factors import Authenticator, Passkey

PUBLISH, ADMINISTER, INVITE = "claims.publish_claim", "people.change_user", "people.add_user"


class Role(models.TextChoices):
    """What a person may do. Each is a group of the same name; its permissions come by migration."""

    REPORTER = "reporter", _("Reporter")
    REVIEWER = "reviewer", _("Reviewer")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class PersonQuerySet(models.QuerySet["User"]):
    def for_listing(self) -> "PersonQuerySet":
        """Everything the list of people shows, in two queries: roles, and `has_second_factor`."""
        mine = {"person": OuterRef("pk")}
        has_one = Exists(Authenticator.objects.filter(**mine)) | Exists(Passkey.objects.filter(**mine))
        return self.prefetch_related("groups").annotate(has_second_factor=Q(has_one))


class PersonManager(UserManager["User"]):
    use_in_migrations = False

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def for_listing(self) -> PersonQuerySet:
        return self.get_queryset().for_listing()


class User(AbstractUser):
    """A person with a log-in. Everyone who has one works at the desk; readers need none."""

    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)  # "": the desk's own

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")  # type: ignore[assignment]  # the stubs know no lazy names here
        verbose_name_plural = _("people")  # type: ignore[assignment]  # the same

    def __str__(self) -> str:
        return self.byline

    @property
    def byline(self) -> str:
        """The name readers see under a fact-check."""
        return self.get_full_name() or self.username
