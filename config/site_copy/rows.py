"""Rows as JSON: one form for both databases, and the digest of a table."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models

from config.site_copy.tables import columns

AT_A_TIME = 200
"""Rows that are in memory together."""

Row = list[Any]


@dataclass(frozen=True)
class Kind:
    """How one kind of value is written in a copy, read back, and given to the database.

    `plain` is a field without the manners of its subclasses: a StreamField, for one, would give ids to blocks that have
    none, and a copy changes nothing.
    """

    plain: models.Field
    write: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda value: value


def _json_read(boxed: list[Any]) -> Any:
    # Boxed, so that JSON's null is not the database's NULL.
    return models.Value(None, models.JSONField()) if boxed[0] is None else boxed[0]


_NUMBER = Kind(models.BigIntegerField(), int)
_TEXT = Kind(models.TextField(), str)
KINDS = {
    **dict.fromkeys(
        [
            "AutoField",
            "BigAutoField",
            "SmallAutoField",
            "IntegerField",
            "BigIntegerField",
            "SmallIntegerField",
            "PositiveIntegerField",
            "PositiveBigIntegerField",
            "PositiveSmallIntegerField",
        ],
        _NUMBER,
    ),
    **dict.fromkeys(["CharField", "TextField", "SlugField", "FileField", "FilePathField"], _TEXT),
    "BooleanField": Kind(models.BooleanField(), bool),
    "FloatField": Kind(models.FloatField(), float),
    "DecimalField": Kind(models.DecimalField(), str, Decimal),
    "DateTimeField": Kind(
        models.DateTimeField(), lambda value: value.astimezone(UTC).isoformat(), datetime.fromisoformat
    ),
    "DateField": Kind(models.DateField(), date.isoformat, date.fromisoformat),
    "TimeField": Kind(models.TimeField(), time.isoformat, time.fromisoformat),
    "DurationField": Kind(
        models.DurationField(),
        lambda value: value // timedelta(microseconds=1),
        lambda value: timedelta(microseconds=value),
    ),
    "UUIDField": Kind(models.UUIDField(), str, UUID),
    "BinaryField": Kind(
        models.BinaryField(), lambda value: base64.b64encode(bytes(value)).decode(), lambda text: base64.b64decode(text)
    ),
    "JSONField": Kind(models.JSONField(), lambda text: [json.loads(text)], _json_read),
}


def kind_of(field: models.Field) -> Kind:
    """The kind of a column; of a foreign key's, that of what it points to.

    Raises:
        KeyError: a kind that nobody has taught this module yet.
    """
    while field.remote_field:
        field = field.target_field
    return KINDS[field.get_internal_type()]


def canonical(row: Row) -> bytes:
    """The one way to write a row, whatever order its database keeps the keys of JSON in."""
    return json.dumps(row, sort_keys=True, separators=(",", ":")).encode() + b"\n"


class Digest:
    """The SHA-256 over the rows of a table, in the order of their numbers."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = hashlib.sha256()

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Give the rows on, counting and summing them."""
        for row in rows:
            self._sum.update(canonical(row))
            self.rows += 1
            yield row

    @property
    def hex(self) -> str:
        """The digest of the rows so far."""
        return self._sum.hexdigest()


def read(model: type[models.Model]) -> Iterator[Row]:
    """The rows of a table, in the order of their numbers, never all in memory. Only inside a transaction."""
    fields = columns(model)
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(field.column) for field in fields)
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    readers = [_reader(field) for field in fields]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY {key}")  # noqa: S608
        while some := cursor.fetchmany(AT_A_TIME):
            for row in some:
                yield [read_one(value) for read_one, value in zip(readers, row, strict=True)]


def _reader(field: models.Field) -> Callable[[Any], Any]:
    kind, column = kind_of(field), field.get_col(field.model._meta.db_table)
    # The database's own converters, and not the field's: SQLite keeps moments as text and truth as numbers.
    converters = connection.ops.get_db_converters(column)

    def read_one(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, connection)
        return None if value is None else kind.write(value)

    return read_one


def insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Put rows into a table as they are: no defaults, no `save()`, no dates of today."""
    fields = columns(model)
    kinds = [kind_of(field) for field in fields]
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    rows = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(rows, AT_A_TIME)):
            cursor.executemany(sql, [[_for_database(*pair) for pair in zip(kinds, row, strict=True)] for row in some])


def _for_database(kind: Kind, value: Any) -> Any:
    return None if value is None else kind.plain.get_db_prep_save(kind.read(value), connection)
