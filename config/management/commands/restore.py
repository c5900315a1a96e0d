from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import site_copy
from config.site_copy.sentences import loaded


class Command(BaseCommand):
    help = "Replaces the whole site by a copy, after keeping a copy of what is there. All of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the copy, and the word that it is meant."""
        parser.add_argument("file", type=Path, help="a file that backup or dump has written")
        parser.add_argument("--yes", action="store_true", help="yes, replace everything that is there")

    def handle(self, *, file: Path, yes: bool, **options: Any) -> None:
        """Restore it and say what is there now, or say why it cannot be done."""
        if not yes:
            raise CommandError("This replaces everything that is on this site. To do it, add --yes.")
        now = timezone.now()
        try:
            what = site_copy.restore(file=file, safety=site_copy.default_file(now=now, why="before-restore"), now=now)
        except site_copy.UnableToCopy as unable:
            raise CommandError(str(unable)) from unable
        for sentence in loaded(what):
            self.stdout.write(sentence)
