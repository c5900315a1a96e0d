"""`python -m bench` measures, and prints the table; with `--keep` the table goes into docs/performance.md as well.

It needs Linux, the packages for development, and for one line WeasyPrint with pango; `make bench` sees to them.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

PAGE = Path("docs/performance.md")


def main() -> int:
    """Measure. The exit code is 1 when a promise was missed in every round, which is no accident of the machine."""
    parser = argparse.ArgumentParser(prog="bench", description="What the product costs, beside the stock way.")
    parser.add_argument("--keep", action="store_true", help=f"put the table into {PAGE}")
    keep = parser.parse_args().keep
    with tempfile.TemporaryDirectory(prefix="nurture-bench-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ["NURTURE_VAR"] = f"{folder}/here"
        import django

        django.setup()
        from bench.report import kept, written
        from bench.run import measure

        found = measure(Path(folder))
    said = written(found)
    print(said)
    if keep:
        PAGE.write_text(kept(PAGE.read_text(encoding="utf-8"), said), encoding="utf-8")
        print(f"\nKept in {PAGE}.")
    firm = [line for line in found.lines if line.is_missed_in_every_round]
    return 1 if firm else 0


if __name__ == "__main__":
    sys.exit(main())
