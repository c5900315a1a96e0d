import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = json.loads((ROOT / "static/vendor/manifest.json").read_text())["packages"]
LISTED = {path: digest for package in PACKAGES for path, digest in package["files"].items()}
# SVG needs its namespace, which is a name and not an address that anybody fetches.
NAMESPACES = {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("path", sorted(LISTED))
def test_every_listed_file_is_the_one_we_took(path):
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == LISTED[path]


@pytest.mark.parametrize("folder", ["static/vendor", "tests/browser/vendor"])
def test_no_vendored_file_is_unlisted(folder):
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}

    assert found - {"static/vendor/manifest.json"} == {path for path in LISTED if path.startswith(folder)}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["package"])
def test_every_package_brings_its_licence_and_lies_under_its_version(package):
    names = {Path(path).name for path in package["files"]}

    assert package["licence"]
    assert names & {"LICENSE", "LICENSE.txt"}
    assert all(f"/{package['version']}/" in path for path in package["files"])


def test_the_versions_are_the_ones_that_the_package_file_asks_for():
    asked = json.loads((ROOT / "frontend/package.json").read_text())

    assert {**asked["dependencies"], **asked["devDependencies"]} == {
        package["package"]: package["version"] for package in PACKAGES
    }


def test_the_lock_file_holds_hashes_and_no_addresses():
    lock = (ROOT / "frontend/package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert "://" not in lock
    assert all(
        "integrity" in entry for name, entry in json.loads(lock)["packages"].items() if name.startswith("node_modules/")
    )


def ours():
    for folder, endings in (("static/site", {".css", ".js", ".svg"}), ("templates", {".html"})):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in endings)


@pytest.mark.parametrize("path", sorted(ours()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_style_or_script_of_ours_names_another_host(path):
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')<]*", path.read_text()))

    assert addresses <= NAMESPACES


def test_the_vendored_style_asks_no_host_for_fonts_or_pictures():
    for path in LISTED:
        if path.startswith("static/") and path.endswith(".css"):
            targets = re.findall(r"url\(\s*[\"']?([^\"')]{1,12})", (ROOT / path).read_text())
            assert all(target.startswith("data:") for target in targets)


def test_every_vendored_address_in_a_template_is_vendored():
    for path in (ROOT / "templates").rglob("*.html"):
        for name in re.findall(r"vendor/[\w./-]+\.\w+", path.read_text()):
            assert f"static/{name}" in LISTED, f"{path.name} names {name}"
