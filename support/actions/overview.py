from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from readiness.domain.states import OWNERS, AuditState, Owner
from readiness.models import Audit
from schools.models import School, Session, Term
from schools.permissions import Permission, require, require_programme
from support import notifications
from support.models import Capacity, Nudge, Offer
from support.models.overview import week_of


class UnableToNudge(Exception):
    """The message is fit to show to the person who wanted to send a reminder."""


@transaction.atomic
def nudge(*, school: School, by: User, now: datetime) -> Nudge:
    """Send those who lead a school one line: something is waiting. At most one a week, and on school days only.

    Raises:
        PermissionDenied: officers remind the schools of their locality, the co-ordinator any.
        UnableToNudge: one went out in the last seven days, nothing waits for the school, nobody leads it, or it is
            no school day.
    """
    require(by, Permission.NUDGE_SCHOOL, school)
    School.objects.select_for_update(no_key=True, of=("self",)).get(pk=school.pk)  # two presses are one after the other
    today = timezone.localtime(now).date()
    if last := Nudge.objects.lately(now).filter(school=school).order_by("-sent_at").first():
        day = date_format(timezone.localtime(last.sent_at), "j F")
        raise UnableToNudge(_("This school was reminded on %(day)s. Once a week is enough.") % {"day": day})
    if not _waits_for(school, now):
        raise UnableToNudge(_("Nothing is waiting for this school now."))
    if not Session.objects.calendar().is_school_day(today):
        raise UnableToNudge(_("Schools get e-mails on school days only. Send it on the next one."))
    if not notifications.leaders_of(school.pk):
        raise UnableToNudge(_("Nobody leads this school here yet. Ask the co-ordinator to invite its head teacher."))
    try:
        with transaction.atomic():
            sent = Nudge.objects.create(school=school, week=week_of(today), sent_at=now, sent_by=by)
    except IntegrityError as twice:
        raise UnableToNudge(_("This school has been reminded this week. Once a week is enough.")) from twice
    transaction.on_commit(partial(notifications.send_nudge.enqueue, nudge_id=sent.pk))
    return sent


def _waits_for(school: School, now: datetime) -> bool:
    """Whether it is the school's turn, or it has not started this session."""
    if under_way := Audit.objects.open().filter(school=school).first():
        return OWNERS[AuditState(under_way.state)] is Owner.SCHOOL
    session = Session.objects.at(now.date())
    return not Audit.objects.agreed().filter(school=school, session=session).exists()


@transaction.atomic
def set_places(*, term: Term, places: Mapping[Offer, int | None], by: User, now: datetime) -> None:
    """Note how many places each offer has in a term. None: nobody has said yet.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
    """
    require_programme(by)
    unknown = [offer for offer, count in places.items() if count is None]
    Capacity.objects.filter(term=term, offer__in=unknown).delete()
    Capacity.objects.bulk_create(
        [
            Capacity(offer=offer, term=term, places=count, entered_at=now, entered_by=by)
            for offer, count in places.items()
            if count is not None
        ],
        update_conflicts=True,
        unique_fields=["offer", "term"],
        update_fields=["places", "entered_at", "entered_by"],
    )
