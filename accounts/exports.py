"""What this room holds about a person."""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.models import User

WORDS = {
    "account": _("Your account"),
    "e-mail address": _("E-mail address"),
    "new e-mail address": _("New e-mail address, not confirmed yet"),
    "first name": _("First name"),
    "last name": _("Last name"),
    "made on": _("Made on"),
    "last signed in": _("Last signed in"),
}
"""What the headings and keys below are called on the page. In the file they stay as they are, for programs."""


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """The account itself: one row. The password is kept only as a digest that nobody can read back."""
    waiting = EmailAddress.objects.filter(user=user, verified=False).exclude(email=user.email)
    return {
        "account": [
            {
                "e-mail address": user.email,
                **({"new e-mail address": each.email} if (each := waiting.first()) else {}),
                "first name": user.first_name,
                "last name": user.last_name,
                "made on": user.date_joined,
                "last signed in": user.last_login,
            }
        ]
    }
