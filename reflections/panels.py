"""Pieces of this room on other rooms' pages."""

from typing import Any

from laces.components import Component

from reflections.models import Entry
from schools.models import School
from schools.permissions import Permission


class MyLog(Component):
    """The way to one's own log. It says whether a draft waits, and nothing of what is in it."""

    template_name = "reflections/panels/my_log.html"

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Whether a draft waits."""
        return {"has_drafts": Entry.objects.of(self.user).drafts().exists()}


def for_home(user: Any) -> list[Component]:
    """The panels of this room for this person's home."""
    return [MyLog(user)] if School.objects.where(user, Permission.WRITE_REFLECTION).exists() else []
