"""Evidence."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim


class Source(models.Model):
    """A piece of evidence in a claim's file. Once a published verdict cites it, it is replaced and not edited.

    quote: in its own language; translation: the same in the desk's. interest: what the source stands to gain.
    independence_group: a word that sources share which go back to one origin, so that they count once.
    """

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        SECONDARY = "secondary", _("Secondary")
        EXPERT = "expert", _("Expert")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="sources", verbose_name=_("claim"))
    url = models.URLField(_("address"), max_length=2000, blank=True)
    no_url_reason = models.CharField(
        _("why there is no address"),
        max_length=300,
        blank=True,
        help_text=_("For a phone call, a book, an archive."),
    )
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PRIMARY)
    locator = models.CharField(_("where in it"), max_length=200, blank=True, help_text=_("Page, paragraph, time."))
    quote = models.TextField(_("quote"), blank=True, validators=[MaxLengthValidator(2000)])
    translation = models.TextField(_("translation"), blank=True, validators=[MaxLengthValidator(2000)])
    interest = models.CharField(_("interest"), max_length=300, blank=True)
    independence_group = models.CharField(_("goes back to"), max_length=100, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(no_url_reason=""), name="source_has_an_address_or_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return self.title
