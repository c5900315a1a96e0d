from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import site_copy
from config.site_copy.sentences import loaded


class Command(BaseCommand):
    help = "Puts a copy of a whole site into this one, which must hold nobody's work yet. All of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the copy."""
        parser.add_argument("file", type=Path, help="a file that dump or backup has written")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Load it and say what is there now, or say why it cannot be loaded."""
        try:
            what = site_copy.load(file=file)
        except site_copy.UnableToCopy as unable:
            raise CommandError(str(unable)) from unable
        for sentence in loaded(what):
            self.stdout.write(sentence)
