#!/usr/bin/env python3
"""Fetch formtools' own tests, which tests/conformance/ runs against our storage, into var/formtools/.

They are in django-formtools' source archive and not in its wheel. pip downloads the archive by the hash that
tests/conformance/requirements-sdist.txt pins; nothing of it is built or run here. Does nothing when they are there.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "tests" / "conformance" / "requirements-sdist.txt"
TARGET = ROOT / "var" / "formtools"
PINNED = re.compile(r"^(?P<name>[\w-]+)==(?P<version>\S+) --hash=sha256:(?P<digest>[0-9a-f]{64})$", re.MULTILINE)

# Before pip saves a source archive it asks the archive's build system for its name, which would install setuptools
# and run it. This stands in for setuptools and gives just the answer that pip compares.
STAND_IN = """
from pathlib import Path

def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    info = Path(metadata_directory) / "{folder}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    return info.name
"""


class UnableToFetch(Exception):
    """The message says what to do."""


def pinned() -> re.Match[str]:
    """Give the name, version and digest that the requirements file pins."""
    found = PINNED.search(REQUIREMENTS.read_text())
    if found is None:
        raise UnableToFetch(f"{REQUIREMENTS.relative_to(ROOT)} pins no version with a sha256 hash: put one in.")
    return found


def pip() -> list[str]:
    """Give the command of a pip that answers: this Python's, or another Python 3's (.venv itself has none)."""
    for command in (
        [sys.executable, "-m", "pip"],
        ["python3", "-m", "pip"],
        ["/usr/bin/python3", "-m", "pip"],
        ["pip3"],
    ):
        if shutil.which(command[0]) and not subprocess.run([*command, "--version"], capture_output=True).returncode:
            return command
    raise UnableToFetch(
        "formtools' tests cannot be fetched without pip: install it (on Debian: python3-pip), then try again."
    )


def download(folder: Path, pin: re.Match[str]) -> Path:
    """Download the archive into `folder` and give its path, once its sha256 is what was pinned."""
    stand_in = folder / "stand-in" / "setuptools"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").touch()
    stem = f"{pin['name'].replace('-', '_')}-{pin['version']}"
    (stand_in / "build_meta.py").write_text(STAND_IN.format(folder=stem, name=pin["name"], version=pin["version"]))
    command = [*pip(), "download", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes"]
    done = subprocess.run(
        [*command, "--quiet", "--disable-pip-version-check", "--dest", str(folder), "--requirement", str(REQUIREMENTS)],
        # A real setuptools in this Python would otherwise look for its own parts in the stand-in.
        env={**os.environ, "PYTHONPATH": str(stand_in.parent), "SETUPTOOLS_USE_DISTUTILS": "stdlib"},
        capture_output=True,
        text=True,
    )
    archive = folder / f"{stem}.tar.gz"
    if done.returncode or not archive.is_file():
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR: ")]
        why = said[-1].removeprefix("ERROR: ") if said else "pip did not say why"
        raise UnableToFetch(
            f"pip could not download {pin['name']} {pin['version']} (is the package index reachable?): {why}"
        )
    if hashlib.sha256(archive.read_bytes()).hexdigest() != pin["digest"]:
        raise UnableToFetch(
            f"{archive.name} is not the file that {REQUIREMENTS.relative_to(ROOT)} pins: do not use it."
        )
    return archive


def unpack(archive: Path, folder: Path) -> None:
    """Write the archive's tests, and nothing else, into `folder`: plain files only, none outside it."""
    with tarfile.open(archive) as tar:
        for member in tar:
            parts = PurePosixPath(member.name).parts[1:]
            if not member.isfile() or parts[:1] != ("tests",) or ".." in parts:
                continue
            path = folder.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tar.extractfile(member).read())


def main() -> None:
    """Put the pinned tests into var/formtools/<digest>/, whole or not at all."""
    pin = pinned()
    ready = TARGET / pin["digest"]
    if ready.is_dir():
        return
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET) as folder:
        unpacked = Path(folder) / "unpacked"
        unpack(download(Path(folder), pin), unpacked)
        if not (unpacked / "tests" / "wizard").is_dir():
            raise UnableToFetch(f"The source archive of {pin['name']} {pin['version']} holds no wizard tests.")
        if not ready.is_dir():  # another process may have been quicker
            unpacked.rename(ready)


if __name__ == "__main__":
    try:
        main()
    except UnableToFetch as error:
        sys.exit(str(error))
