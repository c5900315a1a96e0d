"""Invitations: a role offered by a link that works once, for seven days."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from accounts.actions import create_user
from accounts.models import User
from schools.actions.team import give_role
from schools.models import Invitation, Locality, Membership, School
from schools.notifications import send_invitation
from schools.permissions import SCOPE, Permission, Role, Scope, require, require_programme

LASTS = timedelta(days=7)
REMEMBERED = timedelta(days=30)
FORGOTTEN = "forgotten-"  # no digest begins like this
TOKEN_BYTES = 32  # 256 bits: nobody guesses a link

INVITED_BY_HEAD = (Role.STAFF, Role.CORE_TEAM, Role.ACTING_HEAD)
INVITED_BY_COORDINATOR = (Role.HEAD, Role.OFFICER, Role.COORDINATOR)


class UnableToInvite(Exception):
    """The message is fit to show to the person who invites, or who has been invited."""


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    email: str,
    role: Role,
    by: User,
    now: datetime,
    address_of: Callable[[str], str],
    first_name: str = "",
    last_name: str = "",
    school: School | None = None,
    locality: Locality | None = None,
) -> Invitation:
    """Offer a role to whoever reads mail at `email`, by a link that is sent once this is saved.

    A new invitation to the same role takes the place of one still waiting: only the newest link works.

    Args:
        address_of: the whole address of a token's page.

    Raises:
        PermissionDenied: heads invite staff of their school; the co-ordinator invites heads, officers, co-ordinators.
        UnableToInvite: the person has this role already, or the school or locality is not named.
    """
    email = User.objects.normalize(email)
    target = _target(role, school, locality)
    _require(by, role, target["school"])
    if Membership.objects.current().filter(user__email=email, role=role, **target).exists():
        raise UnableToInvite(_("%(email)s has this role already.") % {"email": email})
    offer = {"email": email, "role": role, "scope": SCOPE[role], **target}
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = {"token_hash": digest(token), "invited_at": now, "invited_by": by, "expires_at": now + LASTS}
    invitation = Invitation(first_name=first_name, last_name=last_name, **offer, **made)
    _take_the_place_of(Invitation.objects.unanswered().filter(**offer), invitation, now)
    transaction.on_commit(lambda: send_invitation(invitation, address_of(token)))
    return invitation


def invite_again(*, invitation: Invitation, by: User, now: datetime, address_of: Callable[[str], str]) -> Invitation:
    """Send a new link in place of the old one, which stops working. Raises as `invite` does."""
    return invite(
        email=invitation.email,
        role=Role(invitation.role),
        by=by,
        now=now,
        address_of=address_of,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
        school=invitation.school,
        locality=invitation.locality,
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Stop a link from working. Doing it again changes nothing.

    Raises:
        PermissionDenied: those who may invite to this role may withdraw it.
        UnableToInvite: it has been accepted.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    _require(by, Role(invitation.role), invitation.school)
    if invitation.accepted_at:
        raise UnableToInvite(_("This invitation has been accepted. You can end the role instead."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])


def find(*, token: str, now: datetime) -> Invitation:
    """The invitation that this link opens.

    Raises:
        UnableToInvite: no such link, used, withdrawn or run out: one sentence says what to do.
    """
    invitation = (
        Invitation.objects.filter(token_hash=digest(token)).select_related("school", "locality", "invited_by").first()
    )
    if invitation is None:
        raise UnableToInvite(_("We do not know this link. Copy the whole of it from the e-mail, or ask for a new one."))
    if invitation.accepted_at:
        raise UnableToInvite(_("This invitation has been used. Sign in with your e-mail address and password."))
    if invitation.withdrawn_at:
        raise UnableToInvite(_("This link has been replaced or withdrawn. Look for a newer e-mail, or ask for one."))
    if invitation.expires_at <= now:
        raise UnableToInvite(_("This link has run out: it works for seven days. Ask for a new one."))
    return invitation


@transaction.atomic
def accept(
    *,
    token: str,
    now: datetime,
    user: User | None = None,
    first_name: str = "",
    last_name: str = "",
    password: str = "",
) -> User:
    """Take up an invitation and give its role: to `user` who is signed in, or to the new person that this makes.

    Raises:
        UnableToInvite: the link does not work any more, or the address has an account that is not `user`'s.
    """
    # The row is locked, so that a link pressed twice at once is used once.
    Invitation.objects.select_for_update(of=("self",)).filter(token_hash=digest(token)).first()
    invitation = find(token=token, now=now)
    known = User.objects.filter(email=invitation.email).first()
    if user is None and known is not None:
        raise UnableToInvite(_("You have an account already. Sign in to accept this invitation."))
    if user is not None and user != known:
        raise UnableToInvite(
            _("This invitation is for somebody else. Sign out, then follow the link from the e-mail again.")
        )
    person = user or _new_person(invitation.email, first_name, last_name, password)
    give_role(
        user=person,
        role=Role(invitation.role),
        school=invitation.school,
        locality=invitation.locality,
        by=invitation.invited_by,
        now=now,
    )
    invitation.accepted_at, invitation.accepted_by = now, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return person


@transaction.atomic
def forget_invitations(*, user: User, now: datetime) -> None:
    """Take the address and the name of somebody who closes their account out of the invitations that they had.

    Those that still wait are withdrawn.
    """
    theirs = Invitation.objects.filter(Q(email=user.email) | Q(accepted_by=user))
    theirs.unanswered().update(withdrawn_at=now)
    theirs.update(email=f"closed-{user.pk}@account.invalid", first_name="", last_name="")


def forget_ended_links(*, now: datetime) -> int:
    """Take away the digests of links that stopped working long ago; how many. The invitations stay, as history.

    Until then such a link is answered with what became of it, afterwards as one that nobody knows.
    """
    long_ago = now - REMEMBERED
    over = Q(accepted_at__lte=long_ago) | Q(withdrawn_at__lte=long_ago) | Q(expires_at__lte=long_ago)
    kept = Invitation.objects.filter(over).exclude(token_hash__startswith=FORGOTTEN)
    return kept.update(token_hash=Concat(Value(FORGOTTEN), Cast("pk", CharField())))


def _take_the_place_of(waiting: QuerySet[Invitation], invitation: Invitation, now: datetime) -> None:
    waiting.update(withdrawn_at=now)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:  # somebody else has invited them at this moment: the constraint let one of the two in
        waiting.update(withdrawn_at=now)
        invitation.save(force_insert=True)


def _target(role: Role, school: School | None, locality: Locality | None) -> dict[str, School | Locality | None]:
    scope = SCOPE[role]
    if scope is Scope.SCHOOL and school is None:
        raise UnableToInvite(_("Choose the school that this person will work at."))
    if scope is Scope.LOCALITY and locality is None:
        raise UnableToInvite(_("Choose the locality whose schools this person will support."))
    return {
        "school": school if scope is Scope.SCHOOL else None,
        "locality": locality if scope is Scope.LOCALITY else None,
    }


def _new_person(email: str, first_name: str, last_name: str, password: str) -> User:
    try:
        with transaction.atomic():
            return create_user(email=email, first_name=first_name, last_name=last_name, password=password)
    except IntegrityError as taken:  # by another invitation of theirs, at this moment
        raise UnableToInvite(_("You have an account already. Sign in to accept this invitation.")) from taken


def _require(by: User, role: Role, school: School | None) -> None:
    if school is not None and role in INVITED_BY_HEAD:
        require(by, Permission.NAME_TEAM, school)
    else:
        require_programme(by)
