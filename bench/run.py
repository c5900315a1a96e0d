"""One run: a site of its own, its server with the task worker, and every comparison on it."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings

from bench import STOCK_HOST
from bench.measuring import Line, Round
from bench.meter import Meter, Work, children, rounds
from bench.requests import FirstLook, LastTheme, Reader, Submission, Visit, Walk
from tests.browser.site import Site, command, prepare

PICTURE = re.compile(r'class="chart__image" src="([^"]+)"')


@dataclass(frozen=True)
class Found:
    """What one run has found."""

    lines: list[Line]
    queries: dict[str, int]
    without_matplotlib: bool
    task_worker: float
    left_out: str
    load: float


def measure(folder: Path) -> Found:
    """Prepare a site in `folder`, start it, and measure."""
    load = os.getloadavg()[0]
    say("Preparing a site, about half a minute …")
    prepare(folder / "prepared" / "var")
    site = Site(folder / "prepared" / "var", folder / "prepared" / "bench", DJANGO_SETTINGS_MODULE="bench.settings")
    migrated = command(site.var, "migrate", "--verbosity", "0", **site.environment)
    if migrated.returncode:
        raise RuntimeError(migrated.stderr)
    places = json.loads(site.manage(f"from bench.scene import build; build({site.port})"))
    queries = json.loads(site.manage("from bench.scene import queries; queries()"))
    with site:
        started = children(site.process.pid)
        tasks = next(pid for pid, words in started.items() if "db_worker" in words)
        web = [site.process.pid, *(pid for pid in started if pid != tasks)]
        desk = Desk(site, places, Meter(web))
        lines, left_out = desk.lines()
        maps = [Path(f"/proc/{pid}/maps").read_text() for pid in web]
        task_worker = Meter([tasks]).now()
    lines.insert(-1 if not left_out else len(lines), drawing())
    return Found(lines, queries, not any("matplotlib" in one for one in maps), task_worker, left_out, load)


class Desk:
    """Who asks for what."""

    def __init__(self, site: Site, places: dict[str, Any], meter: Meter) -> None:
        self.site, self.places, self.meter = site, places, meter

    def lines(self) -> tuple[list[Line], str]:
        """Every comparison with the server, and a sentence about what could not be compared."""
        found = [*self._themes(), *self._pages()]
        if importlib.util.find_spec("weasyprint") is None or not _loads_weasyprint():
            return found, (
                "The PDF was not compared: WeasyPrint needs pango "
                "(on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)."
            )
        report = f"/audits/{self.places['results']['audit']}/report.pdf"
        theirs = f"/stock/report/{self.places['results']['audit']}.pdf"
        reader = self._person("results")
        found.append(
            self._line(
                "The report as a PDF",
                "the same report by WeasyPrint",
                Visit(reader, report),
                Visit(reader, theirs),
                2,
                0.1,
            )
        )
        return found, ""

    def _themes(self) -> list[Line]:
        place, submit = self.places["theme"], self.places["submit"]
        address, themes = f"/audits/{place['audit']}/", place["themes"]
        head = self._person("theme")
        saved = Walk(head, address, themes)
        stock = Walk(head, f"/stock/form/{place['audit']}/", themes)
        frugal = Walk(head, f"/stock/frugal-form/{place['audit']}/", themes)
        long, short = (LastTheme(self._person(f"themes-{n}"), self.places[f"themes-{n}"]) for n in (32, 4))
        return [
            self._line("A saved theme", "a stock FormView", saved, stock, 3, 0.7),
            self._line("A saved theme", "the same, saving in one query", saved, frugal, 3),
            self._line("The last of 32 themes", "the last of 4", long, short, 15, 1.1),
            self._line(
                "Submitting 36 answers", "a saved theme", Submission(self._person("submit"), submit), saved, 3, 3.0
            ),
        ]

    def _pages(self) -> list[Line]:
        place, changing = self.places["results"], self.places["theme"]
        reader = self._person("results")
        at_the_stock_site = SimpleNamespace(url=f"http://{STOCK_HOST}:{self.site.port}")
        stock = Visit(Reader(at_the_stock_site, place["email"]), self.places["page"])
        results = f"/audits/{place['audit']}/results/"
        first = FirstLook(self._person("theme"), f"/audits/{changing['audit']}/", changing["themes"][0])
        picture = PICTURE.search(reader.get(results).html)
        assert picture is not None
        warm = Visit(reader, picture[1].replace("&amp;", "&"))
        file = Visit(reader, f"/stock/file/{self.places['chart']}.svg")
        return [
            self._line("The results page", "a stock Wagtail page", Visit(reader, results), stock, 15, 1.0),
            self._line("The results page after a change", "a stock Wagtail page", first, stock, 10),
            self._line("A warm chart", "a static-file view", warm, file, 40, 1.2),
        ]

    def _person(self, name: str) -> Reader:
        return Reader(self.site, self.places[name]["email"])

    def _line(self, what: str, beside: str, ours: Work, theirs: Work, times: int, bound: float | None = None) -> Line:
        say(f"{what}, beside {beside} …")
        return Line(what, beside, rounds(ours, theirs, self.meter, times=times), bound)


def drawing() -> Line:
    """The chart that nobody has drawn, in a process of its own."""
    say("A cold chart, beside pyplot …")
    done = subprocess.run(
        [sys.executable, "-m", "bench.drawing"], cwd=settings.BASE_DIR, check=True, capture_output=True, text=True
    )
    found = [Round(ours, theirs) for ours, theirs in json.loads(done.stdout)]
    return Line("A cold theme_profile", "the same drawing by pyplot and tight_layout", found, 0.6)


def say(words: str) -> None:
    """Tell whoever waits."""
    print(words, file=sys.stderr, flush=True)


def _loads_weasyprint() -> bool:
    done = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, check=False)
    return done.returncode == 0
