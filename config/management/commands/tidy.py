from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.tidying import JOBS, tidy


class Command(BaseCommand):
    help = "Removes what nobody needs any more: ended sessions, old uploads, links that have run out. For every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether only to say."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Say how many of what."""
        counts = tidy(now=timezone.now(), dry_run=dry_run)
        for name, count in counts.items():
            self.stdout.write(f"{count:6} {JOBS[name][0]}")
        self.stdout.write("This was a dry run: nothing has been removed." if dry_run else "They are removed.")
