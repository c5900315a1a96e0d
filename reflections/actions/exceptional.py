from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reflections.domain.states import Opened
from reflections.models import BreakGlass, Entry, Opening
from schools.permissions import Permission, can, require

LASTS = timedelta(hours=24)


class UnableToAgree(Exception):
    """The message is fit to show."""


@transaction.atomic
def ask_for_access(*, entry: Entry, reason: str, untold_because: str, by: User, now: datetime) -> BreakGlass:
    """Ask that one entry is opened for a day. Nothing is opened before a second person has agreed.

    Raises:
        PermissionDenied: this person's role does not include it, or it is their own entry.
    """
    require(by, Permission.BREAK_GLASS, entry.school)
    return BreakGlass.objects.create(
        entry=entry, reason=reason.strip(), untold_because=untold_because.strip(), asked_by=by, asked_at=now
    )


@transaction.atomic
def agree_to_access(*, access: BreakGlass, by: User, now: datetime) -> None:
    """Agree as the second person: the entry is open to the two for a day. The author is told, unless both say why not.

    Raises:
        PermissionDenied: this person's role does not include it.
        UnableToAgree: it is their own request, or their own entry.
    """
    access = BreakGlass.objects.select_for_update(of=("self",)).select_related("entry__school").get(pk=access.pk)
    require(by, Permission.BREAK_GLASS, access.entry.school)
    if by.pk in {access.asked_by_id, access.entry.author_id}:
        raise UnableToAgree(_("Somebody else must agree: two people open an entry, never one."))
    if access.agreed_at is None:
        BreakGlass.objects.filter(pk=access.pk).update(agreed_by=by, agreed_at=now, ends_at=now + LASTS)


@transaction.atomic
def open_by_access(*, access: BreakGlass, by: User, now: datetime) -> Entry:
    """Open the entry to one of the two people, within the day, and write down that they did.

    Raises:
        PermissionDenied: it is not open to this person now.
    """
    entry = access.entry
    is_one_of_them = by.pk in {access.asked_by_id, access.agreed_by_id}
    is_open = BreakGlass.objects.open(now).filter(pk=access.pk).exists()
    if not (is_one_of_them and is_open and can(by, Permission.BREAK_GLASS, entry.school)):
        raise PermissionDenied(_("This entry is not open to you."))
    Opening.objects.create(entry=entry, by=by, at=now, what=Opened.BREAK_GLASS)
    return entry
