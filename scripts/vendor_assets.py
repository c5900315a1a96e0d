"""Copies the browser files that the site serves, or tests with, out of frontend/node_modules into the repository.

Run by `make vendor`, after `npm ci --ignore-scripts` in frontend/. To renew a package: change its version in
frontend/package.json, run `npm install --ignore-scripts` there, change the version in the templates that name it,
then run `make vendor`. Neither the site nor its tests need Node.
"""

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
MANIFEST = ROOT / "static" / "vendor" / "manifest.json"


@dataclass(frozen=True)
class Package:
    """One npm package: where its files go, and which of them we use (name in the package -> name here)."""

    name: str
    folder: Path
    files: dict[str, str]


# The design system's scripts are left behind: its pages are plain HTML and CSS, and ours enhance themselves.
PACKAGES = (
    Package(
        name="@scottish-government/design-system",
        folder=Path("static/vendor/scottish-government-design-system"),
        files={
            "LICENSE.txt": "LICENSE.txt",
            "dist/css/design-system.min.css": "css/design-system.min.css",
            "dist/css/design-system.min.css.map": "css/design-system.min.css.map",
            "dist/images/icons/icons.stack.svg": "images/icons/icons.stack.svg",
        },
    ),
    Package(
        name="axe-core",
        folder=Path("tests/browser/vendor/axe-core"),
        files={"LICENSE": "LICENSE", "LICENSE-3RD-PARTY.txt": "LICENSE-3RD-PARTY.txt", "axe.min.js": "axe.min.js"},
    ),
)


def vendor(package: Package) -> dict[str, object]:
    """Replace what is vendored of one package by the files of the installed version, and say what they are.

    Raises FileNotFoundError when the package is not installed or no longer holds a file we use.
    """
    source = FRONTEND / "node_modules" / package.name
    about = json.loads((source / "package.json").read_text(encoding="utf-8"))
    shutil.rmtree(ROOT / package.folder, ignore_errors=True)
    folder = ROOT / package.folder / about["version"]
    digests = {}
    for theirs, ours in sorted(package.files.items(), key=lambda pair: pair[1]):
        target = folder / ours
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / theirs, target)
        digests[target.relative_to(ROOT).as_posix()] = hashlib.sha256(target.read_bytes()).hexdigest()
    return {"package": package.name, "version": about["version"], "licence": about["license"], "files": digests}


def strip_addresses(lock: Path) -> None:
    """Take the download addresses out of npm's lock file: the version and the integrity hash are enough."""
    locked = json.loads(lock.read_text(encoding="utf-8"))
    for entry in locked["packages"].values():
        entry.pop("resolved", None)
    lock.write_text(json.dumps(locked, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    """Vendor every package and write the manifest that tests/frontend/test_vendor.py checks."""
    try:
        entries = [vendor(package) for package in PACKAGES]
    except FileNotFoundError as missing:
        print(f"{missing.filename} is missing. Run `npm ci --ignore-scripts` in frontend/ first.", file=sys.stderr)
        return 1
    strip_addresses(FRONTEND / "package-lock.json")
    MANIFEST.write_text(json.dumps({"packages": entries}, indent=2) + "\n", encoding="utf-8")
    for entry in entries:
        print(f"{entry['package']} {entry['version']} ({entry['licence']}): {len(entry['files'])} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
