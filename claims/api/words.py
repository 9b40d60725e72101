"""The fixed words of the desk, described where they stand: several of their classes share a name."""

from typing import Annotated

from django.db.models import TextChoices
from pydantic import WithJsonSchema

from claims import models


def described(words: type[TextChoices]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(words.values)})


Stance = Annotated[models.Citation.Stance, described(models.Citation.Stance)]
SourceKind = Annotated[models.Source.Kind, described(models.Source.Kind)]
ClaimKind = Annotated[models.Claim.Kind, described(models.Claim.Kind)]
Modality = Annotated[models.Claim.Modality, described(models.Claim.Modality)]
ClaimantKind = Annotated[models.Claimant.Kind, described(models.Claimant.Kind)]
CorrectionKind = Annotated[models.Correction.Kind, described(models.Correction.Kind)]
