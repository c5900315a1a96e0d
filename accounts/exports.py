"""What this room holds about a person."""

from typing import Any

from accounts.models import User


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """The account itself: one row. The password is kept only as a digest that nobody can read back."""
    return {
        "account": [
            {
                "e-mail address": user.email,
                "first name": user.first_name,
                "last name": user.last_name,
                "made on": user.date_joined,
                "last signed in": user.last_login,
            }
        ]
    }
