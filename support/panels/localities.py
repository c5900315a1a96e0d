"""The way to the localities on the signed-in home."""

from typing import Any

from laces.components import Component

from schools.models import Locality
from support.overview import reading


class MyLocalities(Component):
    """The way to the localities whose schools somebody sees side by side."""

    template_name = "support/panels/my_localities.html"

    def __init__(self, localities: list[Locality]) -> None:
        self.localities = localities

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The localities."""
        return {"localities": self.localities}


def my_localities(user: Any) -> list[Component]:
    """The panel for somebody who oversees localities; none for others."""
    localities = reading.localities_of(user)
    return [MyLocalities(localities)] if localities else []
