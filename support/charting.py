"""The pictures of charts: each is drawn once for what it shows, then kept as a file.

The file's name is the digest of everything the picture shows, and no school's name is in it, so a picture never goes
stale and equal results share one.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from charts.change_over_time import ChangeOverTime, change_over_time
from charts.change_over_time import digest as digest_of_change
from charts.theme_profile import ThemeProfile, digest, theme_profile

SIZE = re.compile(rb'<svg [^>]*width="([0-9.]+)pt" height="([0-9.]+)pt"')
PIXELS_PER_POINT = 96 / 72


def picture(profile: ThemeProfile) -> bytes:
    """The chart as an SVG document: from its file, or drawn now and kept."""
    return _kept(digest(profile), lambda: theme_profile(profile))


def picture_of_change(chart: ChangeOverTime) -> bytes:
    """The chart of then and now as an SVG document: from its file, or drawn now and kept."""
    return _kept(digest_of_change(chart), lambda: change_over_time(chart))


def _kept(chart_digest: str, draw: Callable[[], str]) -> bytes:
    path = _path(chart_digest)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        svg = draw().encode()
        _keep(path, svg)
        return svg


def pixels(chart_digest: str) -> tuple[int, int] | None:
    """Width and height of a picture that has been drawn before, in pixels; None when it has not."""
    try:
        with _path(chart_digest).open("rb") as file:
            found = SIZE.search(file.read(2000))
    except FileNotFoundError:
        return None
    if not found:
        return None
    return round(float(found[1]) * PIXELS_PER_POINT), round(float(found[2]) * PIXELS_PER_POINT)


def _path(chart_digest: str) -> Path:
    return settings.VAR_DIR / "charts" / f"{chart_digest}.svg"


def _keep(path: Path, svg: bytes) -> None:
    # Written under another name first: two people who ask at once must never meet half a picture.
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(svg)
    os.replace(file.name, path)
