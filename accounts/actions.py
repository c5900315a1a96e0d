from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F

from accounts.models import User


@transaction.atomic
def create_user(*, email: str, first_name: str, last_name: str, password: str | None) -> User:
    """Make a person who can sign in, with an address that counts as verified.

    Whoever calls this has made sure that the address is theirs (an invitation link, or a council's list).
    Without a password the person sets one by “Forgotten your password?”.
    """
    user = User.objects.create_user(email, password, first_name=first_name, last_name=last_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def sign_out_everywhere(*, by: User) -> None:
    """End every session of this person, on every device, at its next request."""
    User.objects.filter(pk=by.pk).update(session_generation=F("session_generation") + 1)
    by.refresh_from_db(fields=["session_generation"])


def correct_name(*, user: User, first_name: str, last_name: str) -> None:
    """Change how a person is called, everywhere at once."""
    User.objects.filter(pk=user.pk).update(first_name=first_name, last_name=last_name)


@transaction.atomic
def propose_address(*, by: User, email: str) -> EmailAddress:
    """Note the address that a person wants to sign in with. It takes the place of one proposed before.

    The address that they have stays theirs until a link sent to the new one is opened (`accounts.views`).
    """
    waiting = EmailAddress.objects.filter(user=by, verified=False)
    waiting.exclude(email=email).exclude(email=by.email).delete()
    return waiting.filter(email=email).first() or EmailAddress.objects.create(user=by, email=email)


def forget_new_address(*, by: User) -> None:
    """Drop an address that was proposed and is not confirmed. Its link stops working."""
    EmailAddress.objects.filter(user=by, verified=False).exclude(email=by.email).delete()


@transaction.atomic
def close_account(*, user: User, known_as: str, now: datetime) -> None:
    """Take a person's name, address and password away, and end every session of theirs.

    The row stays, because the work of others points at it. It is called `known_as` from now on.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    EmailAddress.objects.filter(user=user).delete()
    user.email = f"closed-{user.pk}@account.invalid"  # RFC 2606: no mail ever reaches .invalid
    user.first_name, user.last_name = known_as, ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.closed_at = now
    user.last_login = None
    user.session_generation += 1
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()
