"""E-mails of this room. Each says that something is waiting, with a link, and nothing of what anybody wrote."""

import logging
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def send_warning(email: str) -> None:
    """Tell somebody that something old of theirs will be deleted. A mail server that does not answer is noted."""
    address = urljoin(settings.SITE_URL, reverse("reflections"))
    body = render_to_string("reflections/mail/warning.txt", {"address": address})
    try:
        EmailMessage(subject=_("Something of yours will be deleted soon"), body=body, to=[email]).send()
    except OSError:  # SMTPException and sockets' errors alike
        logger.exception("A warning about old entries could not be sent")
