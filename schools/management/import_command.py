from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from schools.actions import apply_import, plan_import, propose_import, read_import
from schools.import_report import Section, report
from schools.imports.safety import WrongFile
from schools.models import Import


class ImportCommand(BaseCommand):
    """Shows what a published file would change; with --apply, does it, in one transaction."""

    requires_system_checks: list[str] = []  # they read every page, and this draws none
    kind: Import.Kind

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whose schools, and whether to apply it."""
        parser.add_argument("file", metavar="FILE.xlsx", type=Path, help="the workbook as it was published")
        parser.add_argument("--local-authority", default="", help="take only the schools of this local authority")
        parser.add_argument("--apply", action="store_true", help="do it; without this nothing is changed")

    def handle(self, *args: Any, file: Path, local_authority: str, apply: bool, **options: Any) -> None:
        """Say what the file would change, then do it if that was asked."""
        now = timezone.now()
        what = {"file_name": file.name, "kind": self.kind, "local_authority": local_authority}
        try:
            with file.open("rb") as opened:
                if apply:
                    import_ = propose_import(file=opened, by=None, now=now, **what)
                else:
                    import_ = read_import(file=opened, **what)
        except OSError as trouble:
            raise CommandError(f"The file {file} cannot be read: {trouble.strerror}.") from trouble
        except WrongFile as refusal:
            raise CommandError(str(refusal)) from refusal
        plan = plan_import(import_=import_, now=now)
        shown = report(plan=plan, counts=plan.counts, is_of_rolls=self.kind == Import.Kind.ROLLS)
        self.stdout.writelines(line + "\n" for line in _lines(shown.sections))
        self.stdout.write("".join(f"{name}: {count}\n" for name, count in shown.counts))
        if not apply:
            self.stdout.write("This was a dry run: nothing has been changed. Add --apply to do it.")
            return
        apply_import(import_=import_, by=None, now=now)
        self.stdout.write("The changes have been applied.")


def _lines(sections: Iterable[Section]) -> Iterable[str]:
    for section in sections:
        yield f"{section.name} ({section.count})"
        for name, seed_code, rows, said in section.rows:
            place = f", row {rows}" if rows[:1].isdigit() else ""
            yield f"  {seed_code}  {name}{place}: {said}" if said else f"  {seed_code}  {name}{place}"
        yield ""
