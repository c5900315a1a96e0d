"""Visits for tests, brought as far as a trait says by the product's own actions."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from readiness.models import Audit
from schools.permissions import Role
from support import actions
from support.models import Visit, VisitComment, VisitDraw, VisitLevel
from tests.readiness.factories import AuditFactory, _with_role

VISITED = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
NOTE = actions.Note(
    strengths="Every adult we met could say why the school wants to join.",
    seen="At arrival two adults greeted each child by name. Three pupils showed us the calm room.",
    agreed_actions="The lead asks office staff to the next meeting, by the end of January.",
    levels={"calm-places": 3},
)


def officer_of(audit: Audit) -> Any:
    """The officer of the audit's locality."""
    return _with_role(Role.OFFICER, locality=audit.school.locality)


def head_of(audit: Audit) -> Any:
    """The head of the audit's school."""
    return _with_role(Role.HEAD, school=audit.school)


class VisitDrawFactory(DjangoModelFactory):
    """Lots that fell on an audit."""

    class Meta:
        model = VisitDraw

    audit = factory.SubFactory(AuditFactory, in_review=True)
    drawn = True
    at = VISITED
    by = factory.LazyAttribute(lambda lot: officer_of(lot.audit))


class VisitFactory(DjangoModelFactory):
    """A visit that is planned, or with a trait what became of it: note written, shown, read, final."""

    class Meta:
        model = Visit

    class Params:
        written = factory.Trait(until="written")
        shown = factory.Trait(until="shown")
        read = factory.Trait(until="read")
        final = factory.Trait(until="final")

    audit = factory.SubFactory(AuditFactory, in_review=True)
    on = date(2026, 12, 1)
    until = "planned"

    @classmethod
    def _create(cls, model_class: type[Visit], *, audit: Audit, on: date, until: str) -> Visit:
        officer, head = officer_of(audit), head_of(audit)
        given = {"kind": "visit", "on": on, "who": "Head teacher and core team", "reason": "The school asked for it."}
        visit = actions.plan_visit(audit=audit, **given, by=officer, now=VISITED)
        steps = ["planned", "written", "shown", "read", "final"]
        reached = steps[: steps.index(until) + 1]
        if "written" in reached:
            actions.write_note(visit=visit, note=NOTE, revision=0, by=officer, now=VISITED)
        if "shown" in reached:
            actions.show_note(visit=visit, by=officer, now=VISITED)
        if "read" in reached:
            actions.read_note(visit=visit, revision=1, comment="", by=head, now=VISITED)
        if "final" in reached:
            actions.finish_note(visit=visit, by=officer, now=VISITED)
        return Visit.objects.get(pk=visit.pk)


class VisitLevelFactory(DjangoModelFactory):
    """A level agreed at a visit whose note is a draft."""

    class Meta:
        model = VisitLevel

    visit = factory.SubFactory(VisitFactory)
    statement = "made-room"
    level = 3


class VisitCommentFactory(DjangoModelFactory):
    """What a head says about a note that has been shown."""

    class Meta:
        model = VisitComment

    visit = factory.SubFactory(VisitFactory, shown=True)
    revision = 1
    text = "The calm room was opened in August, not last year."
    by = factory.LazyAttribute(lambda comment: head_of(comment.visit.audit))
    at = VISITED
