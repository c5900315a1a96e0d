from django.db import transaction

from accounts.models import User
from readiness import notifications


@transaction.atomic
def forget_waiting(*, user: User) -> None:
    """Forget what waits for somebody who closes their account, and when they were last told so."""
    notifications.forget(user)
