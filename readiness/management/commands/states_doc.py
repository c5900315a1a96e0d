from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from readiness.domain.states import render_doc

STATES_DOC = Path(__file__).resolve().parents[3] / "docs" / "states.md"


class Command(BaseCommand):
    """Writes docs/states.md from the table of moves."""

    help = "Write docs/states.md from the table of moves in readiness/domain/states.py."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page and say so."""
        STATES_DOC.parent.mkdir(parents=True, exist_ok=True)
        STATES_DOC.write_text(render_doc(), encoding="utf-8")
        self.stdout.write("docs/states.md is up to date.")
