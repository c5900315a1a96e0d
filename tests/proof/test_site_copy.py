"""A whole site in one file: moved, restored, made while people save, and refused when it is damaged."""

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser import draft
from tests.browser.site import command, copy_of, empty
from tests.proof.person import Person
from tests.proof.test_saves_and_kills import KEPT, filled_in, saves_kept

THEMES = ("time-and-fit", "staff-learning", "caring-for-the-adults", "safe-base")
SAVES = 6  # of each person, at the least, before and while the copy is made


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    """A folder with the demo story, and a file that somebody has uploaded. What a test changes, it restores."""
    var = copy_of(prepared, tmp_path_factory.mktemp("copied") / "site")
    (var / "media" / "documents").mkdir(parents=True, exist_ok=True)
    (var / "media" / "documents" / "minutes.txt").write_text("Eight people came.\n")
    return var


@pytest.fixture(scope="module")
def good(site):
    """A copy of it."""
    return copied(site, "good.zip")


def held_by(file):
    """The digest of every table and every file of a copy."""
    with zipfile.ZipFile(file) as copy:
        said = json.loads(copy.read("manifest.json"))
    return {name: each["digest"] for kind in ("tables", "files") for name, each in said[kind].items()}


def copied(var, name):
    file = var.parent / name
    done = command(var, "dump", str(file))
    assert done.returncode == 0, done.stderr
    return file


def refused(done, sentence):
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    return True


def test_a_site_moves_into_an_empty_one_row_by_row_and_file_by_file(good, tmp_path):
    there = empty(tmp_path / "there")

    done = command(there, "load", str(good))

    assert done.returncode == 0, done.stderr
    held = held_by(good)
    assert len(held) > 40
    assert "documents/minutes.txt" in held
    assert held_by(copied(there, "again.zip")) == held
    assert (there / "media" / "documents" / "minutes.txt").read_text() == "Eight people came.\n"
    # And it goes on counting where the other one stopped.
    code = (
        "from schools.models import Locality; before = Locality.objects.order_by('-pk')[0].pk;"
        "print(Locality.objects.create(name='New', slug='new').pk > before)"
    )
    assert command(there, "shell", "-v", "0", "-c", code).stdout.strip() == "True"


def test_what_is_restored_is_what_was_backed_up_and_what_was_there_is_kept(site, good):
    rename = "from schools.models import School; School.objects.update(name='Lost')"
    command(site, "shell", "-v", "0", "-c", rename)
    (site / "media" / "documents" / "minutes.txt").unlink()

    assert refused(command(site, "restore", str(good)), "add --yes")
    done = command(site, "restore", str(good), "--yes")

    assert done.returncode == 0, done.stderr
    assert held_by(copied(site, "restored.zip")) == held_by(good)
    kept = next((site / "backups").glob("before-restore-*.zip"))
    assert held_by(kept)["schools.school"] != held_by(good)["schools.school"]


def test_a_site_with_peoples_work_in_it_is_not_loaded_over(site, good):
    assert refused(command(site, "load", str(good)), "already holds people, schools or audits")


def half(content):
    return content[: len(content) // 2]


def one_byte_else(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_a_damaged_copy_changes_nothing(site, good):
    bad = site.parent / "bad.zip"
    before = held_by(good)
    for damage in (half, one_byte_else, lambda content: b"Not a copy", lambda content: b""):
        bad.write_bytes(damage(good.read_bytes()))
        assert refused(command(site, "restore", str(bad), "--yes"), "othing was changed")

    assert held_by(copied(site, "after.zip")) == before


def test_a_copy_made_while_people_save_holds_whole_saves_only(own_site, tmp_path):
    address, before = draft.address_of(own_site), json.loads(own_site.manage(KEPT))
    people = [Person(own_site, (draft.HEAD, draft.COLLEAGUE)[number % 2]) for number in range(len(THEMES))]
    file = tmp_path / "busy.zip"
    with ThreadPoolExecutor(len(THEMES) + 1) as pool:
        making = pool.submit(command, own_site.var, "backup", str(file))
        working = [
            pool.submit(save_until, making, person, f"{address}{theme}/")
            for person, theme in zip(people, THEMES, strict=True)
        ]
        done = making.result()
        counts = [one.result() for one in working]
    assert done.returncode == 0, done.stderr
    assert min(counts) >= SAVES

    restored = command(own_site.var, "restore", str(file), "--yes")
    assert restored.returncode == 0, restored.stderr
    after = json.loads(own_site.manage(KEPT))

    for theme, count in zip(THEMES, counts, strict=True):
        kept = saves_kept(before[theme], after[theme])
        assert kept == list(range(len(kept)))  # the first ones, none left out
        assert len(kept) <= count


def save_until(making, person, path):
    """Save again and again while the copy is being made, and say how often."""
    number = 0
    while number < SAVES or not making.done():
        page = person.post(path, filled_in(person.get(path).form(), number))
        assert page.status == 302
        number += 1
    return number
