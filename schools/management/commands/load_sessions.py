from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandParser

from schools.actions import record_sessions


class Command(BaseCommand):
    help = "Loads school sessions and their terms from a YAML file. Loading it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it."""
        sessions = yaml.safe_load(options["file"].read_text())
        record_sessions(sessions=sessions)
        self.stdout.write(f"Sessions loaded: {', '.join(session['label'] for session in sessions)}.")
