"""Letters to people. One that cannot be sent stops nothing."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from people.services.mailing import AUTOMATIC, one_line

logger = logging.getLogger(__name__)


def send_mail(to: str, letter: str, context: dict[str, Any]) -> bool:
    """Send `people/mail/{letter}.txt`, whose first line is the subject. Says whether the mail server took it."""
    site = {"SITE_NAME": settings.SITE_NAME, "PUBLIC_URL": settings.PUBLIC_URL}
    subject, _, body = render_to_string(f"people/mail/{letter}.txt", {**site, **context}).strip().partition("\n")
    try:
        EmailMessage(one_line(subject), body.strip() + "\n", to=[to], headers=AUTOMATIC).send()
    except (OSError, ValueError) as error:  # SMTPException is an OSError; ValueError: an address that no mail can have
        logger.warning("A letter (%s) could not be sent: %s", letter, error)
        return False
    return True
