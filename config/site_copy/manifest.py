"""What a copy says about itself, and whether it may be put into this site."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

FORMAT = 1
PRODUCT = "nurture-pathway"


class UnableToCopy(Exception):
    """A copy cannot be made or put in place. The message is fit to show to whoever runs the command."""


class Damaged(UnableToCopy):
    """The file is not whole, or is no copy of this product at all."""

    def __init__(self, what: str) -> None:
        super().__init__(_("This file is damaged or is not a copy of a site: %s. Nothing was changed.") % what)


@dataclass(frozen=True)
class Table:
    """One table as it was copied. `last_id` is the highest number ever given to a row, where that is known."""

    columns: tuple[str, ...]
    rows: int
    digest: str
    last_id: int | None


@dataclass(frozen=True)
class StoredFile:
    """One file of the media folder."""

    size: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What is in a copy, when it was made and from what."""

    version: str
    made_at: str
    database: str
    migrations: frozenset[tuple[str, str]]
    tables: Mapping[str, Table]
    files: Mapping[str, StoredFile]
    missing_files: Sequence[str]
    left_out: Mapping[str, str]
    keys: Sequence[str]

    @property
    def row_count(self) -> int:
        """The rows of all tables together."""
        return sum(table.rows for table in self.tables.values())

    def to_json(self) -> bytes:
        """Give the manifest as it stands in the file."""
        said = {"product": PRODUCT, "format": FORMAT, **asdict(self), "migrations": sorted(self.migrations)}
        return json.dumps(said, indent=1).encode()


def from_json(text: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        Damaged: it is not one, or names a file outside the media folder.
        UnableToCopy: a later edition of the product made it.
    """
    try:
        said: dict[str, Any] = json.loads(text)
        if said.pop("product") != PRODUCT:
            raise Damaged(_("another product made it"))
        if (of := said.pop("format")) != FORMAT:
            raise UnableToCopy(
                _("This copy has format %(theirs)s; this edition reads format %(ours)s. Use the edition that made it.")
                % {"theirs": of, "ours": FORMAT}
            )
        manifest = Manifest(
            **{
                **said,
                "migrations": frozenset((app, name) for app, name in said["migrations"]),
                "tables": {
                    label: Table(**{**table, "columns": tuple(table["columns"])})
                    for label, table in said["tables"].items()
                },
                "files": {name: StoredFile(**one) for name, one in said["files"].items()},
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Damaged(_("its table of contents cannot be read")) from problem
    for name, one in manifest.files.items():
        if not is_safe(name) or not isinstance(one.size, int) or one.size < 0:
            raise Damaged(_("it holds a file with a name that leads elsewhere"))
    return manifest


def is_safe(name: str) -> bool:
    """Whether a file's name stays inside the folder that it is put into."""
    path = PurePosixPath(name)
    return (
        name == str(path)
        and not path.is_absolute()
        and bool(path.parts)
        and not {"..", "."} & set(path.parts)
        and not any(mark in name for mark in ("\\", "\0"))
        and not path.parts[0].startswith(".nurture-")
    )
