"""What is removed by itself, a little every night. Nobody's work and nobody's account is: the council decides those."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from schools import actions as schools_actions
from wizards import held

TASKS_KEPT = timedelta(days=14)


def end_old_sessions(*, now: datetime) -> int:
    """Remove the sessions whose time is up."""
    return Session.objects.filter(expire_date__lte=now).delete()[0]


def forget_finished_tasks(*, now: datetime) -> int:
    """Remove what the task worker finished two weeks ago or earlier."""
    return DBTaskResult.objects.finished().filter(finished_at__lte=now - TASKS_KEPT).delete()[0]


JOBS: dict[str, tuple[str, Callable[..., int]]] = {
    "sessions": (_("sessions that have ended"), end_old_sessions),
    "posts": (_("posts held for half an hour"), held.forget_expired),
    "imports": (_("uploaded lists that waited for 30 days"), schools_actions.forget_waiting_imports),
    "links": (_("links of invitations that ended 30 days ago"), schools_actions.forget_ended_links),
    "tasks": (_("tasks finished two weeks ago"), forget_finished_tasks),
}


@transaction.atomic
def tidy(*, now: datetime, dry_run: bool = False) -> dict[str, int]:
    """Do every job; how many of what. A dry run does the same and takes it back, so that its counts are true."""
    counts = {name: job(now=now) for name, (_words, job) in JOBS.items()}
    if dry_run:
        transaction.set_rollback(True)
    return counts
