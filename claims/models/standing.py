"""Pages about the desk whose words people write."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class StandingPage(models.Model):
    """A page that every desk has, with words of its own; migration 0022 brings the first ones. None is added or goes.

    What it said before is on the record. changed_at: null while nobody has changed the words it came with.
    """

    class Name(models.TextChoices):
        """Its address, and its title for readers."""

        ABOUT = "about", _("About us")
        CONTACT = "contact", _("Contact")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        IMPRINT = "imprint", _("Imprint")

    name = models.CharField(_("page"), max_length=20, choices=Name, unique=True, editable=False)
    text = models.TextField(
        _("text"), help_text=_("Markdown. The title comes by itself."), validators=[MaxLengthValidator(50_000)]
    )
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)

    class Meta:
        verbose_name = _("page for readers")
        verbose_name_plural = _("pages for readers")
        ordering = ["pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__in=["about", "contact", "privacy", "accessibility", "imprint"]),
                name="standing_page_is_one_of_ours",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="standing_page_says_something"),
        ]

    def __str__(self) -> str:
        return self.get_name_display()

    def get_absolute_url(self) -> str:
        return reverse(self.name)
