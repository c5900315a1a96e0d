"""What a list of schools would change: new, changed, renamed, closed, reopened, unchanged, not understood."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from schools.imports.contact_list import DEPARTMENTS, Annotation, ContactList, NotUnderstood, SchoolRow
from schools.imports.plan import (
    Change,
    Entry,
    Kind,
    Known,
    Plan,
    Said,
    another_name,
    by_seed_code,
    compared,
    in_order,
    is_in,
)
from schools.imports.text import authority, same

GONE = "It is no longer in the list of open schools."
GONE_ON = "It is no longer in the list of open schools, and the list of closures gives this day."
GONE_MOTHBALLED = "It is no longer in the list of open schools. The list of closures says that it is mothballed."
DAY_KNOWN = "It is closed here already. The list of closures gives another day."
NOTHING = Annotation("")


def plan_schools(*, listed: ContactList, known: Sequence[Known], local_authority: str, day: date) -> Plan:
    """What the list would change among the known schools, in one local authority or, where that is empty, in all.

    A school is closed only if an earlier file brought it in, its authority is meant and has schools in this file, and
    no row of the file speaks of it, not even one that was not understood. `day` is when, unless the file knows better.
    """
    schools = by_seed_code(known)
    said_besides = {one.seed_code: one for one in listed.annotations}
    entries = [_refused(one) for one in listed.not_understood if _concerns(one, schools, local_authority)]
    for row in listed.schools:
        before = schools.get(row.seed_code)
        if is_in(row.local_authority, local_authority) or (before and is_in(before.local_authority, local_authority)):
            entries.append(_entry(row, before, said_besides.get(row.seed_code, NOTHING)))
    for school in _gone(listed, known, local_authority):
        if entry := _closed(school, said_besides.get(school.seed_code, NOTHING), day):
            entries.append(entry)
    return in_order(entries)


def _refused(one: NotUnderstood) -> Entry:
    return Entry(Kind.NOT_UNDERSTOOD, (one.row,), one.seed_code, one.name, reason=one.reason)


def _concerns(one: NotUnderstood, schools: Mapping[str, Known], local_authority: str) -> bool:
    """Whether this row may be of the authority that is meant. A row that names none may be of any."""
    before = schools.get(one.seed_code)
    return (
        not one.local_authority
        or is_in(one.local_authority, local_authority)
        or bool(before and is_in(before.local_authority, local_authority))
    )


def _entry(row: SchoolRow, before: Known | None, besides: Annotation) -> Entry:
    said = _said(row, before, besides)
    if before is None:
        changes = tuple(Change(field, None, value) for field, value in said.items() if value not in (None, ""))
        return Entry(Kind.NEW, (row.row,), row.seed_code, row.name, changes)
    changes = compared(before, said)
    if before.closed:
        kind = Kind.REOPENED
    elif another_name(before.name, row.name):
        kind = Kind.RENAMED
    else:
        kind = Kind.CHANGED if changes else Kind.UNCHANGED
    return Entry(kind, (row.row,), row.seed_code, row.name, changes)


def _said(row: SchoolRow, before: Known | None, besides: Annotation) -> dict[str, Said]:
    """What the file says of a school that it lists as open. What it leaves out is left out here."""
    said: dict[str, Said] = {"name": row.name, "local_authority": row.local_authority}
    said |= {key: getattr(row, key) for key in DEPARTMENTS}
    for key in ("denomination", "funding", "is_gaelic_medium"):
        if getattr(row, key) is not None:
            said[key] = getattr(row, key)
    if former := _former_name(row, before, besides):
        said["former_name"] = former
    if besides.opened:
        said["opened"] = besides.opened
    if besides.mothballed:
        said["mothballed"] = besides.mothballed
    if before and before.closed:
        said |= {"closed": None, "mothballed": besides.mothballed}
    return said


def _former_name(row: SchoolRow, before: Known | None, besides: Annotation) -> str:
    """The name before this one: what we called it, else what the list of renamed schools says, if nobody knows yet."""
    if before and another_name(before.name, row.name):
        return before.name
    if before and before.former_name:
        return ""
    return besides.former_name if another_name(besides.former_name, row.name) else ""


def _gone(listed: ContactList, known: Sequence[Known], local_authority: str) -> Iterator[Known]:
    """Schools that an earlier file brought in, and of which this one says nothing among its open schools."""
    codes = {row.seed_code for row in listed.schools} | {one.seed_code for one in listed.not_understood}
    names = {(same(one.name), authority(one.local_authority)) for one in listed.not_understood if not one.seed_code}
    whole = {authority(row.local_authority) for row in listed.schools}
    for school in known:
        place = authority(school.local_authority)
        if (
            school.is_from_a_file
            and school.seed_code not in codes
            and place in whole
            and is_in(school.local_authority, local_authority)
            and not {(same(school.name), place), (same(school.name), "")} & names
        ):
            yield school


def _closed(school: Known, besides: Annotation, day: date) -> Entry | None:
    """Close it, or correct the day on which it closed; None where all of that is known."""
    published = besides.closed if besides.closed and besides.closed <= day else None
    opened = besides.opened or school.opened
    if published and opened and published < opened:
        published = None  # a day before it opened would be a slip
    if school.closed and not published:
        return None
    closed = published or max(day, school.opened or day)
    said: dict[str, Said] = {"closed": closed}
    if besides.opened and besides.opened <= closed:
        said["opened"] = besides.opened
    if besides.mothballed:
        said["mothballed"] = besides.mothballed
    if not (changes := compared(school, said)):
        return None
    if school.closed:
        return Entry(Kind.CHANGED, (), school.seed_code, school.name, changes, DAY_KNOWN)
    reason = GONE_ON if published else GONE_MOTHBALLED if besides.mothballed else GONE
    return Entry(Kind.CLOSED, (), school.seed_code, school.name, changes, reason)
