"""The media folder: what is in it, and putting another content in its place."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from django.utils.translation import gettext as _

from config.site_copy.archive import A_PIECE
from config.site_copy.manifest import UnableToCopy

OURS = ".nurture-"
"""Folders that a load or restore makes inside the media folder begin so. No copy holds them."""


def names(media: Path) -> Iterator[str]:
    """The names of all files, in order, below the media folder. Links are not followed, since they lead elsewhere."""
    if media.is_dir():
        for path in sorted(media.rglob("*")):
            relative = path.relative_to(media)
            if path.is_file() and not path.is_symlink() and not relative.parts[0].startswith(OURS):
                yield relative.as_posix()


class Reading:
    """A file's content, piece by piece, with its size and digest when all of it is read."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._sum = hashlib.sha256()
        self.size = 0

    def pieces(self) -> Iterator[bytes]:
        """Give the content."""
        with self._file:
            while piece := self._file.read(A_PIECE):
                self._sum.update(piece)
                self.size += len(piece)
                yield piece

    @property
    def digest(self) -> str:
        """The SHA-256 of what was read."""
        return self._sum.hexdigest()


class Exchange:
    """The media folder's next content, gathered beside the present one, then swapped by renaming.

    Both wait inside the media folder, because that may be a disk of its own, across which nothing can be renamed. If
    anything fails, on leaving the `with` block everything is where it was.
    """

    def __init__(self, media: Path) -> None:
        token = secrets.token_hex(4)
        self._media = media
        self._next, self._last = media / f"{OURS}next-{token}", media / f"{OURS}last-{token}"
        self._moved: list[tuple[Path, Path]] = []

    def __enter__(self) -> "Exchange":
        self._next.mkdir(parents=True)
        self._last.mkdir()
        return self

    def take(self, name: str, pieces: Iterable[bytes]) -> None:
        """Gather one file."""
        path = self._next / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    def swap(self) -> None:
        """Put what was gathered in the place of what is there."""
        present = [path for path in sorted(self._media.iterdir()) if not path.name.startswith(OURS)]
        for path in present:
            self._move(path, self._last / path.name)
        for path in sorted(self._next.iterdir()):
            self._move(path, self._media / path.name)

    def _move(self, path: Path, to: Path) -> None:
        path.rename(to)
        self._moved.append((path, to))

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            for path, to in reversed(self._moved):
                to.rename(path)
        shutil.rmtree(self._next, ignore_errors=True)
        shutil.rmtree(self._last, ignore_errors=True)


def check_room(folder: Path, needed: int) -> None:
    """Check that the disk has room for so many bytes.

    Raises:
        UnableToCopy: it has not.
    """
    while not folder.exists():
        folder = folder.parent
    if (free := shutil.disk_usage(folder).free) < needed:
        raise UnableToCopy(
            _("The files need %(needed)d MB, and the disk has %(free)d MB left. Nothing was changed.")
            % {"needed": needed // 10**6 + 1, "free": free // 10**6}
        )
