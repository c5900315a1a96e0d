import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from readiness.domain.score_line import BadLine, score_line
from readiness.models import FrameworkVersion


class Command(BaseCommand):
    """Scores lines of answers under the latest published framework version."""

    help = (
        "Score answers under the latest published framework version. FILE holds one JSON object a line: statement slug "
        "to 1, 2, 3, 4, dont_know or not_applicable. Each line gives one line of result."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file, or the standard input."""
        parser.add_argument("file", metavar="FILE", help="the file of answers, or - for the standard input")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Write a result for each line, up to the first line that cannot be scored."""
        try:
            lines = sys.stdin.buffer if file == "-" else BytesIO(Path(file).read_bytes())
        except OSError as trouble:
            self._stop(f"The file {file} cannot be read: {trouble.strerror}.")
        self._score(lines)

    def _score(self, lines: Iterable[bytes]) -> None:
        version = FrameworkVersion.objects.latest_published()
        if version is None:
            self._stop("No framework version is published yet. Load one first with load_framework.")
        framework = version.as_framework()
        for number, line in enumerate(lines, start=1):
            try:
                result = score_line(framework, line.decode("utf-8-sig" if number == 1 else "utf-8"))
            except UnicodeDecodeError:
                self._stop(f"Line {number}: This is not UTF-8 text: save the file as UTF-8.")
            except BadLine as refusal:
                self._stop(f"Line {number}: {refusal}")
            self.stdout.write(json.dumps(result, separators=(",", ":")))

    def _stop(self, sentence: str) -> NoReturn:
        self.stdout.flush()
        self.stderr.write(sentence)
        sys.exit(1)
