"""What this room holds about a person."""

from typing import Any

from wizards.models import HeldPost, WizardRecord


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
