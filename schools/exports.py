"""What this room holds about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from schools.models import Import, Invitation, Membership

WORDS = {
    "roles": _("Your roles"),
    "role": _("Role"),
    "where": _("Where"),
    "from": _("From"),
    "until": _("Until"),
    "invitations": _("Invitations to you and from you"),
    "to": _("To"),
    "as": _("As"),
    "sent": _("Sent"),
    "accepted": _("Accepted"),
    "withdrawn": _("Withdrawn"),
    "lists brought in": _("Lists of schools that you brought in"),
    "file": _("File"),
    "uploaded": _("Uploaded"),
    "applied": _("Applied"),
}
"""What the headings and keys below are called on the page."""


def export_for(user: User) -> dict[str, list[dict[str, Any]]]:
    """Their roles, those that have ended too; invitations to them and from them; the lists that they brought in."""
    roles = Membership.objects.filter(user=user).select_related("school", "locality").order_by("started", "pk")
    invitations = Invitation.objects.filter(Q(email=user.email) | Q(accepted_by=user) | Q(invited_by=user))
    imports = Import.objects.filter(Q(uploaded_by=user) | Q(applied_by=user)).order_by("uploaded_at", "pk")
    return {
        "roles": [
            {"role": role.get_role_display(), "where": _where(role), "from": role.started, "until": role.ended}
            for role in roles
        ],
        "invitations": [
            {
                "to": each.email,
                "as": each.get_role_display(),
                "where": _where(each),
                "sent": each.invited_at,
                "accepted": each.accepted_at,
                "withdrawn": each.withdrawn_at,
            }
            for each in invitations.select_related("school", "locality").order_by("invited_at", "pk")
        ],
        "lists brought in": [
            {"file": each.file_name, "uploaded": each.uploaded_at, "applied": each.applied_at} for each in imports
        ],
    }


def _where(role: Membership | Invitation) -> str:
    if role.school:
        return role.school.name
    return role.locality.name if role.locality else ""
