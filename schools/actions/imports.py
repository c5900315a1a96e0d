"""Bringing in published files: look first, then apply. The rules are in schools/imports, which knows no database."""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from schools.imports import contact_list, rolls
from schools.imports.contact_list import ContactList
from schools.imports.plan import FIELDS, Entry, Kind, Known, Plan, is_in
from schools.imports.plan_rolls import plan_rolls
from schools.imports.plan_schools import plan_schools
from schools.imports.rolls import Rolls
from schools.imports.safety import WrongFile
from schools.models import Import, School
from schools.permissions import require_programme

READERS = {Import.Kind.SCHOOLS: contact_list.read, Import.Kind.ROLLS: rolls.read}
KEPT_OF_EACH_KIND = 100  # lines of what was done, to look back at; the counts are whole
AT_ONCE = 500
WAITS = timedelta(days=30)


class ImportGone(Exception):
    """The message is fit to show: somebody has uploaded a newer file meanwhile."""


class NoSuchAuthority(WrongFile):
    """The message names the authorities that the file has."""


def read_import(*, file: BinaryIO, file_name: str, kind: str, local_authority: str = "") -> Import:
    """What a file says, as an import that is not kept yet: `plan_import` says what it would change.

    Raises:
        WrongFile: it is no such file. NoSuchAuthority: it has no school of this local authority.
    """
    listed = READERS[Import.Kind(kind)](file)
    named = sorted({row.local_authority for row in listed.schools})
    if not any(is_in(name, local_authority) for name in named):
        raise NoSuchAuthority(_no_such(local_authority, named))
    file.seek(0)
    return Import(
        kind=kind,
        file_name=os.path.basename(file_name)[-255:],
        sha256=hashlib.file_digest(file, "sha256").hexdigest(),
        local_authority=local_authority,
        rows=listed.as_json(),
    )


@transaction.atomic
def propose_import(
    *, file: BinaryIO, file_name: str, kind: str, local_authority: str = "", by: User | None, now: datetime
) -> Import:
    """Keep what a file says, so that it can be looked at and then applied without a second upload.

    It takes the place of a file of its kind and its authority that still waits.
    `by` is None when somebody at the server runs the command.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
        WrongFile: it is no such file. NoSuchAuthority: it has no school of this local authority.
    """
    if by is not None:
        require_programme(by)
    proposed = read_import(file=file, file_name=file_name, kind=kind, local_authority=local_authority)
    proposed.uploaded_at, proposed.uploaded_by = now, by
    Import.objects.waiting().filter(kind=proposed.kind, local_authority=proposed.local_authority).delete()
    proposed.save()
    return proposed


def forget_waiting_imports(*, now: datetime) -> int:
    """Remove the files that have waited too long to be applied; how many. Nobody looks at so old a dry run again."""
    _rows, removed = Import.objects.waiting().filter(uploaded_at__lte=now - WAITS).delete()
    return removed.get(Import._meta.label, 0)


def plan_import(*, import_: Import, now: datetime) -> Plan:
    """What this import would change among the schools as they are now."""
    known = _known(School.objects.all())
    if import_.kind == Import.Kind.ROLLS:
        return plan_rolls(listed=Rolls.from_json(import_.rows), known=known, local_authority=import_.local_authority)
    return plan_schools(
        listed=ContactList.from_json(import_.rows),
        known=known,
        local_authority=import_.local_authority,
        day=timezone.localdate(now),
    )


@transaction.atomic
def apply_import(*, import_: Import, by: User | None, now: datetime) -> Import:
    """Do what the file means for the schools as they are now, all of it or nothing. Doing it again changes nothing.

    No school is ever deleted. `by` is None when somebody at the server runs the command.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
        ImportGone: a newer file has taken its place.
    """
    if by is not None:
        require_programme(by)
    waiting = {one.pk: one for one in Import.objects.select_for_update().order_by("pk").defer("rows", "summary")}
    if import_.pk not in waiting:
        raise ImportGone(_("This file is no longer here: a newer one has taken its place. Look at that one first."))
    import_ = waiting[import_.pk]  # all are locked, so that two files are applied one after the other
    if import_.applied_at:
        return import_
    schools = {school.seed_code: school for school in School.objects.select_for_update().order_by("pk")}
    plan = plan_import(import_=import_, now=now)
    _create(plan.of(Kind.NEW), import_)
    _change((entry for entry in plan.entries if entry.kind is not Kind.NEW and entry.changes), schools)
    import_.applied_at, import_.applied_by = now, by
    import_.summary = _summary(plan)
    import_.save(update_fields=["applied_at", "applied_by", "summary"])
    return import_


def applied_plan(import_: Import) -> Plan:
    """What an import did, as far as it is kept: some lines of each kind. The counts are in its summary."""
    return Plan(tuple(Entry.from_json(each) for each in import_.summary.get("entries", ())))


def _known(schools: Iterable[School]) -> list[Known]:
    return [
        Known(
            seed_code=school.seed_code,
            is_from_a_file=school.brought_in_by_id is not None,
            **{field: getattr(school, field) for field in FIELDS},
        )
        for school in schools
    ]


def _create(entries: Iterable[Entry], import_: Import) -> None:
    new = [
        School(
            seed_code=entry.seed_code,
            brought_in_by=import_,
            **{change.field: change.after for change in entry.changes},
        )
        for entry in entries
    ]
    School.objects.bulk_create(new, batch_size=AT_ONCE)


def _change(entries: Iterable[Entry], schools: dict[str, School]) -> None:
    changed, touched = [], set()
    for entry in entries:
        school = schools[entry.seed_code]
        for change in entry.changes:
            setattr(school, change.field, change.after)
            touched.add(change.field)
        changed.append(school)
    if changed:
        School.objects.bulk_update(changed, sorted(touched), batch_size=AT_ONCE)


def _summary(plan: Plan) -> dict[str, Any]:
    """What is kept of a plan: how many of each kind; every row not understood; the first lines of the others."""
    lines: list[Entry] = []
    for kind in Kind:
        if kind is not Kind.UNCHANGED:
            found = plan.of(kind)
            lines.extend(found if kind is Kind.NOT_UNDERSTOOD else found[:KEPT_OF_EACH_KIND])
    return {"counts": plan.counts, "entries": [entry.as_json() for entry in lines]}


def _no_such(local_authority: str, named: list[str]) -> str:
    if not named:
        return "No row of this file could be understood. Choose the file as it was published."
    return f"This file has no school of “{local_authority}”. It names: {', '.join(named)}."
