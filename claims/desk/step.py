"""What a button in the claim file does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from claims.models import Claim
from people.models import User


@dataclass(frozen=True, slots=True)
class Step:
    """What a button in the claim file does.

    take: the service call, given claim, person and the form's data. form: what is asked for; None asks nothing.
    look: primary, quiet or danger. note: what the note is for.
    """

    label: str | Promise
    permission: str
    take: Callable[[Claim, User, dict[str, Any]], Any]
    done: str | Promise
    form: type[forms.Form] | None = None
    look: str = "quiet"
    note: str | Promise = ""
