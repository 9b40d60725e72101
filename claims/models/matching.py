"""The same claim, once: vectors to find neighbours by. Filled from the issue on matching on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from claims.models.claim import Claim


class ClaimVector(models.Model):
    """A claim's text as a vector in half precision. Its length is the encoder's; `encoder` is name and version."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="vectors", verbose_name=_("claim"))
    encoder = models.CharField(_("encoder"), max_length=80)
    vector = HalfVectorField(_("vector"))

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")
        constraints = [
            models.UniqueConstraint(fields=["claim", "encoder"], name="vector_once_per_claim_and_encoder"),
        ]

    def __str__(self) -> str:
        return self.encoder
