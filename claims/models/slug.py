"""The addresses of claim pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Slug(models.Model):
    """An address a claim has had. The newest one is its page, older ones lead there. Rows are never changed."""

    slug = models.SlugField(max_length=100, unique=True)
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="slugs", verbose_name=_("claim"))

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.slug
