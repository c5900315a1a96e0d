"""Who is too close to a school to judge it, and who takes the school over instead."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from schools.actions.team import UnableToName, end_role, give_role
from schools.models import Membership, School, Tie
from schools.permissions import Permission, Role, has_anywhere, may_run_programme, require_programme


class UnableToDeclare(Exception):
    """The message is fit to show to the person who declares a tie."""


@transaction.atomic
def declare_tie(*, user: User, school: School, kind: str, until: date | None, now: datetime) -> Tie:
    """Declare that somebody is close to a school. From the next request on they do not review its audit.

    Raises:
        UnableToDeclare: officers and co-ordinators declare ties; the last day is not in the future; once is enough.
    """
    if not has_anywhere(user, Permission.SEE_SUBMITTED_AUDIT):
        raise UnableToDeclare(_("Officers tell us about this. You are not asked."))
    if until is not None and until > localdate(now):
        raise UnableToDeclare(_("The last day has not come yet. Leave it empty while it goes on."))
    try:
        with transaction.atomic():
            return Tie.objects.create(user=user, school=school, kind=kind, until=until, declared_at=now)
    except IntegrityError:
        raise UnableToDeclare(_("You have told us this already. It is in the list below.")) from None


@transaction.atomic
def end_tie(*, tie: Tie, until: date, by: User, now: datetime) -> None:
    """Say when a tie ended that went on. It counts for two years more.

    Raises:
        UnableToDeclare: it is somebody else's, it has its last day already, or that day has not come.
    """
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    if tie.user != by or tie.until is not None or tie.withdrawn_at is not None:
        raise UnableToDeclare(_("The last day of this is written down already. The co-ordinator can put it right."))
    if until > localdate(now):
        raise UnableToDeclare(_("The last day has not come yet. Come back when it has."))
    tie.until = until
    tie.save(update_fields=["until"])


@transaction.atomic
def withdraw_tie(*, tie: Tie, by: User, now: datetime) -> None:
    """Take out a tie that was declared by mistake. It counts no more, and stays in the table.

    Raises:
        PermissionDenied: the programme co-ordinator does this, so that nobody takes out their own.
        UnableToDeclare: it is the co-ordinator's own.
    """
    require_programme(by)
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    if tie.user == by:
        raise UnableToDeclare(_("This one is about you. Ask another co-ordinator to take it out."))
    if tie.withdrawn_at is None:
        tie.withdrawn_at, tie.withdrawn_by = now, by
        tie.save(update_fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def give_school_to(*, school: School, officer: User, by: User, now: datetime) -> Membership:
    """Give one school to an officer from elsewhere, in place of whoever had it given like this before.

    The officer of the locality keeps all the others, and goes on seeing this one.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
        UnableToName: the person is no officer, or too close to the school.
    """
    require_programme(by)
    if not is_officer(officer):
        raise UnableToName(_("Choose an officer from the list."))
    if School.objects.close_to(officer, localdate(now)).filter(pk=school.pk).exists():
        raise UnableToName(
            _("%(person)s is too close to %(school)s to review its audit. Choose another officer.")
            % {"person": officer, "school": school.name}
        )
    for role in Membership.objects.current().filter(school=school, role=Role.SCHOOL_OFFICER).exclude(user=officer):
        end_role(membership=role, by=by, now=now)
    return give_role(user=officer, role=Role.SCHOOL_OFFICER, school=school, by=by, now=now)


def is_officer(user: User) -> bool:
    """Whether this person supports a locality or a school now."""
    return has_anywhere(user, Permission.REVIEW_AUDIT)


@transaction.atomic
def forget_ties(*, user: User) -> None:
    """Forget what somebody has told us of their ties, as they close their account."""
    Tie.objects.filter(user=user).delete()


def may_see_ties(user: User) -> bool:
    """Whether somebody is asked about ties, or gives schools to officers."""
    return has_anywhere(user, Permission.SEE_SUBMITTED_AUDIT) or may_run_programme(user)
