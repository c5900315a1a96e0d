"""E-mails of this room. Each says that something is waiting, with a link, and nothing of anybody's work."""

import logging

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from schools.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, address: str) -> None:
    """Send the link. A mail server that does not answer is noted and nothing is lost: the link can be sent again."""
    body = render_to_string("schools/mail/invitation.txt", {"invitation": invitation, "address": address})
    message = EmailMessage(subject=_("You are invited to the nurture pathway"), body=body, to=[invitation.email])
    try:
        message.send()
    except OSError:  # SMTPException and sockets' errors alike
        logger.exception("An invitation could not be sent (invitation %s)", invitation.pk)
