from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reflections import actions


class Command(BaseCommand):
    help = "Every night: warn about old entries, delete those that have had their time, place entries in their terms."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to look only."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        """Do it, and say how many of each. Nobody is named."""
        counts = actions.keep_in_time(now=timezone.now(), dry_run=dry_run)
        if not dry_run:
            counts["moved to another term"] = actions.place_in_terms()
        said = "; ".join(f"{name}: {count}" for name, count in counts.items())
        self.stdout.write(f"{'Dry run. ' if dry_run else ''}{said}.")
