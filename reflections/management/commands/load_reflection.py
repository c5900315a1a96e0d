from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reflections.actions.prompts import UnableToPublish, load_prompts


class Command(BaseCommand):
    help = "Load the prompts of the reflective log from a file, published as a version. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="the prompts (YAML)")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Load it and say what changed, or say why it cannot be loaded."""
        try:
            document = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except OSError as error:
            raise CommandError(f"The file {file} cannot be read: {error.strerror}.") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise CommandError(f"The file {file} is not YAML. Save it as UTF-8 text.") from error
        try:
            version, is_new = load_prompts(document=document, now=timezone.now())
        except UnableToPublish as unable:
            raise CommandError(str(unable)) from unable
        name = f"Version {version.number} of “{version.prompt_set.title}” ({version.label})"
        said = "is published" if is_new else "already says this. No wording was changed"
        self.stdout.write(f"{name} {said}.")
