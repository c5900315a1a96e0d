"""scripts/fetch_formtools_tests.py, without a network."""

import io
import subprocess
import sys
import tarfile

import pytest

from scripts import fetch_formtools_tests as fetch


@pytest.fixture
def make_archive(tmp_path):
    def make(*members):
        archive = tmp_path / "archive.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            for member in members:
                if isinstance(member, str):
                    info = tarfile.TarInfo(member)
                    info.size = 5
                    tar.addfile(info, io.BytesIO(b"words"))
                else:
                    tar.addfile(member)
        return archive

    return make


def link(name, target):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info


class TestUnpack:
    def test_writes_the_tests_and_nothing_else(self, make_archive, tmp_path):
        fetch.unpack(make_archive("x-1/setup.py", "x-1/tests/a.py", "x-1/tests/wizard/b.py"), tmp_path / "out")
        written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.py")}
        assert written == {"tests/a.py", "tests/wizard/b.py"}
        assert (tmp_path / "out" / "tests" / "a.py").read_bytes() == b"words"

    def test_writes_nothing_outside_and_follows_no_link(self, make_archive, tmp_path):
        evil = ["x-1/tests/../../evil.py", "../tests/up.py", "/tests/root.py", link("x-1/tests/link.py", "/etc/passwd")]
        out = tmp_path / "out" / "in"
        fetch.unpack(make_archive(*evil), out)
        written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if not path.is_dir()}
        assert written == {"archive.tar.gz", "out/in/tests/up.py", "out/in/tests/root.py"}


class TestPin:
    def test_is_the_version_that_the_product_uses(self):
        pin = fetch.pinned()
        requirements = (fetch.ROOT / "requirements.txt").read_text()
        assert f"{pin['name']}=={pin['version']} " in requirements
        assert f"sha256:{pin['digest']}" in requirements

    def test_is_asked_for_in_a_sentence_when_it_is_missing(self, tmp_path, monkeypatch):
        monkeypatch.setattr(fetch, "ROOT", tmp_path)
        monkeypatch.setattr(fetch, "REQUIREMENTS", tmp_path / "requirements.txt")
        fetch.REQUIREMENTS.write_text("django-formtools\n")
        with pytest.raises(fetch.UnableToFetch, match=r"requirements\.txt pins no version"):
            fetch.pinned()


class TestMain:
    @pytest.fixture(autouse=True)
    def _elsewhere(self, tmp_path, monkeypatch):
        monkeypatch.setattr(fetch, "TARGET", tmp_path / "formtools")

    def test_does_nothing_when_the_tests_are_there(self, monkeypatch):
        (fetch.TARGET / fetch.pinned()["digest"]).mkdir(parents=True)
        monkeypatch.setattr(fetch, "download", None)
        fetch.main()
        assert [path.name for path in fetch.TARGET.iterdir()] == [fetch.pinned()["digest"]]

    def test_puts_the_tests_in_their_place(self, make_archive, monkeypatch):
        monkeypatch.setattr(fetch, "download", lambda folder, pin: make_archive("x-1/tests/wizard/a.py"))
        fetch.main()
        assert (fetch.TARGET / fetch.pinned()["digest"] / "tests" / "wizard" / "a.py").is_file()

    def test_leaves_nothing_half_done(self, make_archive, monkeypatch):
        monkeypatch.setattr(fetch, "download", lambda folder, pin: make_archive("x-1/tests/a.py"))
        with pytest.raises(fetch.UnableToFetch, match="holds no wizard tests"):
            fetch.main()
        assert not list(fetch.TARGET.iterdir())


class TestDownload:
    """With a small program in the place of pip."""

    def pretend(self, monkeypatch, code):
        monkeypatch.setattr(fetch, "pip", lambda: [sys.executable, "-c", code])

    def test_says_why_pip_could_not(self, tmp_path, monkeypatch):
        self.pretend(monkeypatch, "import sys; sys.exit('WARNING: no\\nERROR: nobody answers\\n  at all')")
        with pytest.raises(fetch.UnableToFetch, match=r"could not download django-formtools 2\.7 .*: nobody answers$"):
            fetch.download(tmp_path, fetch.pinned())

    def test_refuses_another_file_than_was_pinned(self, tmp_path, monkeypatch):
        self.pretend(monkeypatch, f"open(r'{tmp_path}/django_formtools-2.7.tar.gz', 'w').write('other')")
        with pytest.raises(fetch.UnableToFetch, match="is not the file that"):
            fetch.download(tmp_path, fetch.pinned())

    def test_asks_for_pip_when_there_is_none(self, monkeypatch):
        monkeypatch.setattr(fetch.shutil, "which", lambda command: None)
        with pytest.raises(fetch.UnableToFetch, match="install it"):
            fetch.pip()

    def test_the_script_ends_with_that_sentence(self, tmp_path):
        code = (
            "import runpy, shutil, sys; shutil.which = lambda _: None; runpy.run_path(sys.argv[1], run_name='__main__')"
        )
        script = tmp_path / "scripts" / "fetch.py"
        script.parent.mkdir()
        script.write_text((fetch.ROOT / "scripts" / "fetch_formtools_tests.py").read_text())
        pins = tmp_path / "tests" / "conformance" / "requirements-sdist.txt"
        pins.parent.mkdir(parents=True)
        pins.write_text(fetch.REQUIREMENTS.read_text())
        done = subprocess.run([sys.executable, "-c", code, str(script)], capture_output=True, text=True)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "install it" in done.stderr
