from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.framework_file import UnableToLoad, read
from config.loading import Loaded, load


class Command(BaseCommand):
    """Loads a framework file. Loading the same file again changes nothing."""

    help = "Load a framework file: its text, published as a version, and its offers. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="the framework file (YAML)")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Load it and say what changed, or say why it cannot be loaded."""
        try:
            loaded = load(file=read(file), now=timezone.now())
        except UnableToLoad as unable:
            raise CommandError("\n".join(unable.sentences)) from unable
        for sentence in sentences(loaded):
            self.stdout.write(sentence)


def sentences(loaded: Loaded) -> list[str]:
    """What loading did, in plain words."""
    version = loaded.version
    name = f"Version {version.number} of “{version.framework.title}” ({version.label})"
    said = [f"{name} is published." if loaded.is_new_version else f"{name} already says this. No wording was changed."]
    if loaded.edits_replaced:
        said.append("Editors had changed the text since the last version. Their words are kept in its history.")
    counts = (loaded.offers_added, loaded.offers_changed, loaded.offers_retired)
    if any(counts):
        said.append("Offers: {} added, {} changed, {} retired.".format(*counts))
    else:
        said.append("No offer was changed.")
    return said
