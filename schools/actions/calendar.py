from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from schools.models import NonTeachingDay, Session, Term

SATURDAY = 5


@transaction.atomic
def record_sessions(*, sessions: Sequence[Mapping[str, Any]]) -> None:
    """Keep these sessions as they are given: `label`, `starts`, `ends`, `terms` and `non_teaching_days` of each.

    Doing it again changes nothing. Terms that are no longer given are removed; days that were added by hand stay.
    """
    for given in sessions:
        dates = {"starts": given["starts"], "ends": given["ends"]}
        session, _created = Session.objects.update_or_create(label=given["label"], defaults=dates)
        session.terms.filter(order__gt=len(given["terms"])).delete()
        for order, term in enumerate(given["terms"], start=1):
            Term.objects.update_or_create(session=session, order=order, defaults=dict(term))
        for line in given.get("non_teaching_days", ()):
            for day in _days(line):
                what = {"kind": line["kind"], "name": line.get("name", "")}
                NonTeachingDay.objects.update_or_create(session=session, date=day, defaults=what)


def _days(line: Mapping[str, Any]) -> Iterator[date]:
    """Each day of one line, weekends left out of a stretch."""
    day, last = line["date"], line.get("until", line["date"])
    while day <= last:
        if line["date"] == last or day.weekday() < SATURDAY:
            yield day
        day += timedelta(days=1)
