"""Pieces of this room on other rooms' pages."""

from typing import Any

from laces.components import Component

from schools.models import School
from schools.permissions import may_run_programme


class Programme(Component):
    """Where the programme is run from: schools, people, the published lists."""

    template_name = "schools/panels/programme.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """How many schools nobody supports yet."""
        return {"without_locality": School.objects.running().without_locality().count()}


def for_home(user: Any) -> list[Component]:
    """The panels of this room for this person's home."""
    return [Programme()] if may_run_programme(user) else []
