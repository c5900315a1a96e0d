"""E-mails of this room. Each says that something is waiting, with a link, and nothing of anybody's work."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from schools.models import Membership
from schools.permissions import Role
from support.models import Nudge

logger = logging.getLogger(__name__)


@task()
def send_nudge(*, nudge_id: int, **_later: Any) -> int:
    """Remind those who lead the school, and give how many e-mails went out. Run by the task worker."""
    nudge = Nudge.objects.select_related("school", "sent_by").get(pk=nudge_id)
    context = {"school": nudge.school.name, "by": nudge.sent_by, "address": f"{settings.SITE_URL}{reverse('home')}"}
    body = render_to_string("support/mail/nudge.txt", context)
    sent = 0
    for person in leaders_of(nudge.school_id):
        message = EmailMessage(subject=_("Something is waiting for your school"), body=body, to=[person.email])
        try:
            sent += message.send()
        except OSError:  # SMTPException and sockets' errors alike
            logger.exception("A reminder could not be sent (reminder %s)", nudge_id)
    return sent


def leaders_of(school_id: int) -> list[User]:
    """The head teacher and the acting heads of a school, as far as they can sign in."""
    roles = Membership.objects.current().filter(school=school_id, role__in=[Role.HEAD, Role.ACTING_HEAD])
    return list(User.objects.filter(is_active=True, memberships__in=roles).distinct().order_by("pk"))
