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
