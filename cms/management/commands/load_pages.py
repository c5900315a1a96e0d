from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.actions import UnableToLoad, load_pages


class Command(BaseCommand):
    """manage.py load_pages [--folder FOLDER]: safe to run again at any time."""

    help = "Make the pathway's pages from fixtures/pages. A page that an editor has changed since is kept as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder may be another one."""
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures" / "pages")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load, and say what happened to each page that is not unchanged."""
        try:
            report = load_pages(folder=folder, now=timezone.now())
        except UnableToLoad as problem:
            raise CommandError(str(problem)) from problem
        for line in report.lines():
            self.stdout.write(line)
