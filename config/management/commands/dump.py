from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import site_copy
from config.site_copy.sentences import made


class Command(BaseCommand):
    help = "Writes the whole site, rows and files, into one file that load puts in place on SQLite or PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path, help="the file to write; it must not be there yet")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Write it and say what it holds, or say why it cannot be written."""
        try:
            copy = site_copy.save(file=file, now=timezone.now())
        except site_copy.UnableToCopy as unable:
            raise CommandError(str(unable)) from unable
        for sentence in made(copy):
            self.stdout.write(sentence)
