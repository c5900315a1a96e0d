"""The tables of a site: which are copied, in which order, and which are left out for what reason."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import OperationalError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from config.site_copy.manifest import Table, UnableToCopy

LEFT_OUT = {
    "sessions.session": "People sign in again. A session must never come to belong to another person.",
    "wizards.heldpost": "Kept for half an hour for one browser, which then has no session to come back to.",
    "django_tasks_database.dbtaskresult": "Work that was waiting may be done twice if it waits in two places.",
    "wagtailadmin.editingsession": "Who is editing what at this minute.",
    "wagtailsearch.indexentry": "Written anew from the pages. Each database has its own form of it.",
    "wagtailsearch.sqliteftsindexentry": "Written anew from the pages. SQLite's own.",
}
"""Tables that a copy does not hold, and why. They are emptied when a copy is put in place."""

WAIT_FOR_OTHERS = "20s"


def everything() -> list[type[models.Model]]:
    """Every table of the installed apps, many-to-many ones included, by name."""
    found = (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.can_migrate(connection)
    )
    return sorted(found, key=lambda model: model._meta.label_lower)


def copied() -> list[type[models.Model]]:
    """The tables that a copy holds."""
    return [model for model in everything() if model._meta.label_lower not in LEFT_OUT]


def columns(model: type[models.Model]) -> list[models.Field]:
    """The table's own columns, without those of its parents and those that the database works out itself."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who saves meanwhile has to wait.

    SQLite: a deferred transaction in WAL mode keeps the view of its first read (sqlite.org/isolation.html).
    PostgreSQL: REPEATABLE READ keeps the view of its first query (chapter 13.2.2 of its manual).
    """
    connection.ensure_connection()
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual


@contextmanager
def alone() -> Iterator[None]:
    """One transaction during which nobody else writes. SQLite's writing transactions are always so.

    Raises:
        UnableToCopy: others kept writing for twenty seconds.
    """
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in everything())
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_FOR_OTHERS}'")
                try:
                    cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
                except OperationalError as busy:
                    raise UnableToCopy(_("People are saving just now. Stop the site, then try again.")) from busy
        yield


def migrations() -> frozenset[tuple[str, str]]:
    """The migrations that this database has, of the apps that are installed.

    Raises:
        UnableToCopy: some are still to run, so the tables are not those that the code knows.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UnableToCopy(_("This database is not up to date. Run manage.py migrate, then try again."))
    installed = {app.label for app in apps.get_app_configs()}
    return frozenset(one for one in MigrationRecorder(connection).applied_migrations() if one[0] in installed)


def last_id(model: type[models.Model]) -> int | None:
    """The highest number that the database has given to a row of this table, be the row still there or not."""
    if not isinstance(model._meta.pk, models.AutoField):
        return None
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(table), model._meta.pk.column])
            cursor.execute(f"SELECT last_value FROM {cursor.fetchone()[0]} WHERE is_called")  # noqa: S608
        found = cursor.fetchone()
    return int(found[0]) if found else None


def count_on_from(model: type[models.Model], copied: Table) -> None:
    """Let the table's next number come after all that it had in either place, so that none is ever given twice.

    PostgreSQL moves a sequence at once and for ever, even when the transaction fails. So it only moves onwards.
    """
    if not isinstance(model._meta.pk, models.AutoField):
        return
    table, highest = model._meta.db_table, max(copied.last_id or 0, last_id(model) or 0)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [highest, table])
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, highest])
        elif highest:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [_quoted(table), model._meta.pk.column, highest]
            )


def empty() -> None:
    """Take every row out of every table."""
    with connection.cursor() as cursor:
        for model in everything():
            if model._meta.label_lower == "wagtailsearch.sqliteftsindexentry":
                continue  # a shadow of the index: the database clears it together with the index
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)
