"""See to it that WeasyPrint finds pango, for one line of `make bench`; say so where that is not possible."""

import ctypes.util
import os
import shutil
import subprocess
import sys

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
SENTENCE = (
    "One line of the benchmark needs pango and will be left out. "
    f"To have it, install it (on Debian: apt-get install {' '.join(PACKAGES)}) and run this again."
)


def is_there() -> bool:
    """Whether the libraries can be found."""
    return all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")))


def install() -> None:
    """Install them from Debian, for root. What apt-get says goes to the error stream."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", *words], stdout=sys.stderr, env=environment, check=False)


if __name__ == "__main__":
    if not is_there() and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    if not is_there():
        print(SENTENCE, file=sys.stderr)
