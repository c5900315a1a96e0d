"""E-mails of this room. Each says that something is waiting, with a link, and nothing of anybody's work.

A move of an audit notes for whom it waits now (`tell`). People are told at most once a day, on school days, by day:
what waits on another day or in the holidays is held until the next time. `send_digests` sends what is due.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django_tasks import task

from accounts.models import User
from readiness.models import Audit, Digest, Waiting
from schools.models import Membership, Session
from schools.permissions import IMPARTIAL, Permission, can, roles_with

logger = logging.getLogger(__name__)

FROM, UNTIL = time(7), time(19)
"""Nobody's telephone lights up at night."""


def who_may(permission: Permission, audit: Audit) -> list[User]:
    """The people who have this permission for the audit's school now; not those who are too close to judge it."""
    roles = Membership.objects.current().reaching(audit.school).filter(role__in=roles_with(permission))
    people = [role.user for role in roles.select_related("user").order_by("pk")]
    if permission in IMPARTIAL:
        return [person for person in people if can(person, permission, audit.school)]
    return people


def tell(*, audit: Audit, permission: Permission, by: User, now: datetime) -> None:
    """Note that the audit waits for those with this permission (but for `by`, who knows). Told once this is saved."""
    people = [person for person in who_may(permission, audit) if person != by]
    Waiting.objects.begin(_thing(audit), people=people, now=now)
    transaction.on_commit(partial(_send_soon, [person.pk for person in people]))


def _send_soon(user_ids: list[int]) -> None:
    """Let the task worker send it, unless it has stopped waiting within the same transaction."""
    if Waiting.objects.untold().filter(user__in=user_ids).exists():
        send.enqueue(user_ids=user_ids)


def tell_nobody(*, audit: Audit) -> None:
    """Note that the audit waits for nobody who has still to be told."""
    Waiting.objects.end(_thing(audit))


def forget(user: User) -> None:
    """Forget what waits for somebody, and when they were told."""
    Waiting.objects.filter(user=user).delete()
    Digest.objects.filter(user=user).delete()


def _thing(audit: Audit) -> str:
    return f"audit-{audit.pk}"


@task()
def send(*, user_ids: list[int], **_later: Any) -> int:
    """Tell these people what waits for them, as far as it is due. Run by the task worker."""
    return send_digests(now=timezone.now(), user_ids=user_ids)


def send_digests(*, now: datetime, user_ids: Iterable[int] | None = None) -> int:
    """Tell everybody (or these people) for whom something is waiting, and give how many e-mails went out.

    Nobody gets two on one day, and nobody any at night, at a weekend or in the school holidays: those are held.
    """
    local = timezone.localtime(now)
    if not FROM <= local.time() < UNTIL or not Session.objects.calendar().is_school_day(local.date()):
        return 0
    untold = Waiting.objects.untold()
    if user_ids is not None:
        untold = untold.filter(user__in=list(user_ids))
    people = User.objects.filter(pk__in=untold.values("user")).order_by("pk")
    return sum(_send_to(person, local.date(), now) for person in people)


def _send_to(person: User, today: date, now: datetime) -> bool:
    if not Digest.objects.claim(person, today):
        return False
    waiting = Waiting.objects.untold().filter(user=person)
    numbers = list(waiting.values_list("pk", flat=True))
    try:
        _message(person, len(numbers)).send()
    except OSError:  # SMTPException and sockets' errors alike
        logger.exception("A digest could not be sent (user %s): it is tried again", person.pk)
        Digest.objects.filter(user=person).update(last_on=today - timedelta(days=1))
        return False
    waiting.filter(pk__in=numbers).update(told_at=now)
    return True


def _message(person: User, count: int) -> EmailMessage:
    subject = ngettext("Something is waiting for you", "%(count)d things are waiting for you", count)
    address = f"{settings.SITE_URL}{reverse('home')}"
    body = render_to_string("readiness/mail/waiting.txt", {"count": count, "address": address})
    return EmailMessage(subject=subject % {"count": count}, body=body, to=[person.email])
