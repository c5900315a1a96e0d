"""The pictures of charts: each is drawn once for what it shows, then kept as a file.

The file's name is the digest of everything the picture shows, and no school's name is in it, so a picture never goes
stale and equal results share one.
"""

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from charts.theme_profile import ThemeProfile, digest, theme_profile

SIZE = re.compile(rb'<svg [^>]*width="([0-9.]+)pt" height="([0-9.]+)pt"')
PIXELS_PER_POINT = 96 / 72
_SIGNER = Signer(salt="support.charting")


def picture(profile: ThemeProfile) -> bytes:
    """The chart as an SVG document: from its file, or drawn now and kept."""
    name = digest(profile)
    svg = kept(name)
    if svg is None:
        svg = theme_profile(profile).encode()
        _keep(_path(name), svg)
    return svg


def kept(chart_digest: str) -> bytes | None:
    """A picture that has been drawn before; None when it has not."""
    try:
        return _path(chart_digest).read_bytes()
    except FileNotFoundError:
        return None


def key(audit_pk: int, chart_digest: str) -> str:
    """What an address carries that a page of this audit has given out, so that nobody tries other people's digests.

    With it, a picture is sent without the report being worked out again to find out whose it is.
    """
    return _SIGNER.signature(f"{audit_pk} {chart_digest}")


def fits(given: str, audit_pk: int, chart_digest: str) -> bool:
    """Whether this key was made for this audit and this picture."""
    return constant_time_compare(given, key(audit_pk, chart_digest))


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
