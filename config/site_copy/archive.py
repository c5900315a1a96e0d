"""The file itself: an ordinary zip, whose last 64 characters are the SHA-256 of everything before them."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from config.site_copy.manifest import Damaged, Manifest, UnableToCopy, from_json
from config.site_copy.rows import Row

MANIFEST = "manifest.json"
README = "README.txt"
SEAL = 64
"""The seal stands in the zip's comment, which comes last in a zip."""

A_PIECE = 1024 * 1024
LONGEST_ROW = 64 * A_PIECE
LARGEST_MANIFEST = 256 * A_PIECE
ABOUT = """A whole site of the nurture pathway: every row and every file.
It holds personal data: keep it as carefully as the site.

Not inside, and to be kept apart from this file: SECRET_KEY and ENCRYPTION_KEYS (or the folder keys/ beside the
database). Without ENCRYPTION_KEYS nobody can read what the site keeps encrypted.

To put it in place: manage.py load FILE (into a site without people) or manage.py restore FILE --yes.
"""

# What reading a zip that somebody else has made and sealed can raise. BadZipFile: its list or an entry's checksum is
# wrong. zlib.error, EOFError: a packed stream is broken or stops short. RuntimeError: it is locked, or (as its kind
# NotImplementedError) packed in a way that is not known. ValueError: a line is not UTF-8 or not JSON.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)


def table_name(label: str) -> str:
    """Where the rows of a table stand in the zip."""
    return f"tables/{label}.jsonl"


def file_name(name: str) -> str:
    """Where a file of the media folder stands in the zip."""
    return f"files/{name}"


class Writer:
    """Writes a copy, piece by piece."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)

    def add_table(self, label: str, rows: Iterable[Row]) -> None:
        """Add a table, a line of JSON for each row."""
        with self._zip.open(table_name(label), "w", force_zip64=True) as entry:
            for row in rows:
                entry.write(json.dumps(row, separators=(",", ":")).encode() + b"\n")

    def add_file(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add a file of the media folder. Pictures do not get smaller by packing, so none is packed."""
        with self._zip.open(zipfile.ZipInfo(file_name(name)), "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)

    def close(self, manifest: Manifest) -> None:
        """Add what the copy says about itself."""
        self._zip.writestr(README, ABOUT)
        self._zip.writestr(MANIFEST, manifest.to_json())
        self._zip.comment = b"0" * SEAL
        self._zip.close()


def seal(out: IO[bytes]) -> None:
    """Write the seal of a finished zip, which is open for reading and writing."""
    found = _sum(out)
    out.seek(-SEAL, os.SEEK_END)
    out.write(found.encode())
    out.flush()
    os.fsync(out.fileno())


def _sum(file: IO[bytes]) -> str:
    left = file.seek(0, os.SEEK_END) - SEAL
    file.seek(0)
    total = hashlib.sha256()
    while left > 0 and (piece := file.read(min(A_PIECE, left))):
        total.update(piece)
        left -= len(piece)
    return total.hexdigest()


class Copy:
    """A copy that is open for reading. Its seal is whole, and it holds what its manifest names and nothing else."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file)
        entries = self._zip.infolist()
        names = {entry.filename for entry in entries}
        if MANIFEST not in names or self._zip.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise Damaged(_("it has no table of contents"))
        self.manifest = from_json(self._zip.read(MANIFEST))
        wanted = {table_name(label) for label in self.manifest.tables}
        wanted |= {file_name(name) for name in self.manifest.files}
        if len(names) != len(entries) or names != wanted | {MANIFEST, README}:
            raise Damaged(_("it does not hold what its table of contents says"))
        for name, one in self.manifest.files.items():
            if self._zip.getinfo(file_name(name)).file_size != one.size:
                raise Damaged(_("the file %s has another size") % name)

    def rows(self, label: str) -> Iterator[Row]:
        """The rows of a table.

        Raises:
            Damaged: a line that is no row of this table.
        """
        width = len(self.manifest.tables[label].columns)
        try:
            with self._zip.open(table_name(label)) as entry:
                while line := entry.readline(LONGEST_ROW):
                    row = json.loads(line)
                    if not isinstance(row, list) or len(row) != width:
                        raise Damaged(_("the table %s cannot be read") % label)
                    yield row
        except UNREADABLE as problem:
            raise Damaged(_("the table %s cannot be read") % label) from problem

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file of the media folder, piece by piece.

        Raises:
            Damaged: it cannot be read, or is not the file that the manifest names.
        """
        total = hashlib.sha256()
        try:
            with self._zip.open(file_name(name)) as entry:
                while piece := entry.read(A_PIECE):
                    total.update(piece)
                    yield piece
        except UNREADABLE as problem:
            raise Damaged(_("the file %s cannot be read") % name) from problem
        if total.hexdigest() != self.manifest.files[name].digest:
            raise Damaged(_("the file %s is not the one that was copied") % name)


@contextmanager
def opened(path: Path) -> Iterator[Copy]:
    """Open a copy for reading, when every byte of it is as it was written.

    Raises:
        UnableToCopy: there is no such file.
        Damaged: it is not whole, or is something else.
    """
    try:
        file = path.open("rb")
    except OSError as problem:
        raise UnableToCopy(
            _("%(file)s cannot be opened: %(why)s.") % {"file": path, "why": problem.strerror}
        ) from problem
    with file:
        found = _sum(file)
        if file.seek(0, os.SEEK_END) <= SEAL:
            raise Damaged(_("it is too short"))
        file.seek(-SEAL, os.SEEK_END)
        if file.read() != found.encode():
            raise Damaged(_("its checksum is not that of its content"))
        try:
            copy = Copy(file)
        except UNREADABLE as problem:
            raise Damaged(_("it cannot be read as a zip")) from problem
        yield copy
