from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import site_copy
from config.site_copy.sentences import made


class Command(BaseCommand):
    help = "Keeps the whole site, rows and files, in one file, while people go on working. restore puts it back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write, if somebody names one."""
        parser.add_argument(
            "file",
            type=Path,
            nargs="?",
            help="the file to write; without it, one in backups/ named by its time",
        )

    def handle(self, *, file: Path | None, **options: Any) -> None:
        """Write it and say what it holds, or say why it cannot be written."""
        now = timezone.now()
        try:
            copy = site_copy.save(file=file or site_copy.default_file(now=now), now=now)
        except site_copy.UnableToCopy as unable:
            raise CommandError(str(unable)) from unable
        for sentence in made(copy):
            self.stdout.write(sentence)
