"""The static files: collected when they have changed, our own and the vendored ones compressed beforehand."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor

# Compressing Wagtail's files too takes half a minute: that is for a release, not for a start.
COMPRESSED = ("site", "vendor")


def collect(folder: Path) -> None:
    """Collect the static files into `folder`, unless they are the ones that are there already."""
    stamp, now = folder / ".collected", fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=folder.exists())
    compress(folder)
    stamp.write_text(now)


def fingerprint() -> str:
    """Letters that differ when a static file, or the version of a dependency, differs."""
    seen = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for root in settings.STATICFILES_DIRS:
        for path in sorted(Path(root).rglob("*")):
            if path.is_file():
                seen.update(f"{path.relative_to(root)} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    seen.update(" ".join(type(finder).__name__ for finder in get_finders()).encode())
    return seen.hexdigest()


def compress(folder: Path) -> None:
    """Put a compressed copy beside each of our own and the vendored files that gains by it."""
    compressor = Compressor(quiet=True)
    for name in COMPRESSED:
        for path in (folder / name).rglob("*"):
            if path.is_file() and compressor.should_compress(path.name):
                compressor.compress(str(path))
