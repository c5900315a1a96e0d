"""What this room holds about a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wizards.models import HeldPost, WizardRecord

WORDS = {
    "unfinished forms": _("Forms that you have begun"),
    "form": _("Form"),
    "what was typed": _("What you typed"),
    "saved": _("Saved"),
    "waiting for you to sign in": _("Waiting for you since you were signed out"),
    "page": _("Page"),
    "kept until": _("Kept until"),
}
"""What the headings and keys below are called on the page."""


def export_for(user: Any) -> dict[str, list[dict[str, Any]]]:
    """Forms begun and not finished, and posts that wait, encrypted, for the person to sign in again."""
    records = WizardRecord.objects.filter(owner=user).order_by("updated_at", "pk")
    held = HeldPost.objects.filter(user=user).defer("body").order_by("expires_at", "pk")
    return {
        "unfinished forms": [
            {"form": each.prefix, "what was typed": each.data, "saved": each.updated_at} for each in records
        ],
        "waiting for you to sign in": [{"page": each.path, "kept until": each.expires_at} for each in held],
    }
