"""A run in words: for the terminal, and for docs/performance.md."""

import importlib.metadata
import os
import platform
from datetime import UTC, datetime

from django.db import connection

from bench.measuring import HEAD, kept_in, table
from bench.run import Found

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = ("django", "wagtail", "django-formtools", "matplotlib", "gunicorn", "typst", "weasyprint")
MOST_QUERIES = 10


def written(found: Found) -> str:
    """The machine, the tables and what else was seen."""
    queries = [
        (name, str(count), f"at most {MOST_QUERIES}", "met" if count <= MOST_QUERIES else "missed")
        for name, count in found.queries.items()
    ]
    worker = "never imported" if found.without_matplotlib else "IMPORTED"
    parts = [
        machine(found.load),
        table(HEAD, [line.cells for line in found.lines]),
        table(("Page", "Queries", "Bound", ""), queries),
        f"At the end of the run the web server's processes had {worker} matplotlib"
        f" ({'met' if found.without_matplotlib else 'missed'}). The task worker ran beside them all the time and used"
        f" {found.task_worker:.1f} s of CPU time, its start included; that is not in the figures.",
        found.left_out,
    ]
    return "\n\n".join(part for part in parts if part)


def kept(page: str, said: str) -> str:
    """The page with this run in the place of the last one."""
    return kept_in(page, BEGIN, END, f"\n{said}\n")


def machine(load: float) -> str:
    """What was measured on, and when."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version}" for name in PACKAGES if (version := _version(name)))
    return (
        f"Measured on {datetime.now(UTC):%-d %B %Y}: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB;"
        f" {platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()},"
        f" {connection.vendor}; {versions}. Load average when it began: {load:.1f}{_busy(load)}."
    )


def _busy(load: float) -> str:
    if load < 1:
        return ""
    return ", so the machine had other work to do: the ratios hold, the milliseconds are higher than they need be"


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
