"""Making a copy: one moment of the whole site, in one file."""

import hashlib
import os
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext as _

from config.site_copy import archive, files, rows, tables
from config.site_copy.manifest import Manifest, StoredFile, Table, UnableToCopy

NOT_FOUND_NAMED = 20


@dataclass(frozen=True)
class Made:
    """A copy that was made and read back: where it is and what it holds."""

    file: Path
    manifest: Manifest


def default_file(*, now: datetime, why: str = "nurture") -> Path:
    """Where a copy goes when nobody says where: its name holds its time, so that names sort by age."""
    return settings.VAR_DIR / "backups" / f"{why}-{now.astimezone(UTC):%Y-%m-%d-%H%M%S}.zip"


def save(*, file: Path, now: datetime) -> Made:
    """Copy the whole site into `file`, while people go on saving. The file appears when it is complete and checked.

    Raises:
        UnableToCopy: the file is there already, cannot be written, or the database is not up to date.
    """
    with draft_of(file) as draft:
        with tables.one_moment():
            write(draft, now=now)
        return keep(draft, file)


@contextmanager
def draft_of(file: Path) -> Iterator[Path]:
    """A place beside `file` to write in, which is gone afterwards.

    Raises:
        UnableToCopy: `file` is there already, or cannot be written.
    """
    if file.exists():
        raise UnableToCopy(_("%s is there already, and stays as it is. Name another file.") % file)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        yield draft
    except OSError as problem:
        raise UnableToCopy(
            _("%(file)s cannot be written: %(why)s.") % {"file": file, "why": problem.strerror}
        ) from problem
    finally:
        draft.unlink(missing_ok=True)


def write(draft: Path, *, now: datetime) -> None:
    """Write the copy, readable by its owner only. Only inside a transaction that sees one moment.

    Rows come first: a file that goes while the rows are read may then be missing, and the manifest says so; one that
    comes is one too many, which harms nobody.
    """
    applied = tables.migrations()
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as out:
        writer = archive.Writer(out)
        named: set[str] = set()
        copied = {model._meta.label_lower: _add_table(writer, model, named) for model in tables.copied()}
        stored = _add_files(writer)
        writer.close(
            Manifest(
                version=_version(),
                made_at=now.astimezone(UTC).isoformat(),
                database=connection.vendor,
                migrations=applied,
                tables=copied,
                files=stored,
                missing_files=sorted(named - stored.keys())[:NOT_FOUND_NAMED],
                left_out=tables.LEFT_OUT,
                keys=key_marks(),
            )
        )
        archive.seal(out)


def keep(draft: Path, file: Path) -> Made:
    """Read the written copy back, and give it its name when it is whole. Both outlast a power cut.

    Raises:
        UnableToCopy: it is not what was written, or somebody else has made a file of this name meanwhile.
    """
    with archive.opened(draft) as copy:
        for label, table in copy.manifest.tables.items():
            digest = rows.Digest()
            for _row in digest.of(copy.rows(label)):
                pass
            if digest.hex != table.digest:
                raise UnableToCopy(_("The copy could not be read back: table %s differs. No copy was made.") % label)
        for name in copy.manifest.files:
            for _piece in copy.pieces(name):
                pass
        manifest = copy.manifest
    if file.exists():
        raise UnableToCopy(_("%s is there already, and stays as it is. Name another file.") % file)
    draft.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return Made(file, manifest)


def key_marks() -> list[str]:
    """Something to know the encryption keys by, from which nobody can find them: they are random and long."""
    return [hashlib.sha256(b"nurture key mark:" + key.encode()).hexdigest()[:16] for key in settings.ENCRYPTION_KEYS]


def _add_table(writer: archive.Writer, model: type[models.Model], named: set[str]) -> Table:
    fields = tables.columns(model)
    holding_files = [place for place, field in enumerate(fields) if isinstance(field, models.FileField)]
    digest = rows.Digest()

    def noticing_files() -> Iterator[rows.Row]:
        for row in digest.of(rows.read(model)):
            named.update(row[place] for place in holding_files if row[place])
            yield row

    writer.add_table(model._meta.label_lower, noticing_files())
    return Table(tuple(field.column for field in fields), digest.rows, digest.hex, tables.last_id(model))


def _add_files(writer: archive.Writer) -> dict[str, StoredFile]:
    media = Path(settings.MEDIA_ROOT)
    stored = {}
    for name in files.names(media):
        try:
            reading = files.Reading(media / name)
        except FileNotFoundError:
            continue  # it went since the folder was listed
        writer.add_file(name, reading.pieces())
        stored[name] = StoredFile(reading.size, reading.digest)
    return stored


def _version() -> str:
    said = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return said["project"]["version"]
