from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from readiness.models import Audit
from support.models import FinalError, Visit, VisitComment, VisitDraw, VisitLevel
from tests.readiness.factories import AuditFactory
from tests.support.visits.factories import (
    VISITED,
    VisitCommentFactory,
    VisitDrawFactory,
    VisitFactory,
    VisitLevelFactory,
    officer_of,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


@pytest.fixture
def planned():
    return VisitFactory()


def changed(visit, **fields):
    """A visit of another audit, with these columns, that nobody has saved."""
    audit = AuditFactory(in_review=True)
    officer = officer_of(audit)
    given = {"audit": audit, "kind": "visit", "on": DAY, "who": "Head teacher", "reason": "The school asked."}
    given |= {"planned_at": VISITED, "planned_by": officer}
    moments = {name: officer if name.endswith("_by") else VISITED for name, value in fields.items() if value is ...}
    return Visit(**{**given, **fields, **moments})


class TestConstraints:
    def test_visit_once_per_audit(self, refused, planned):
        again = changed(planned)
        again.audit = planned.audit

        refused(again, by="visit_once_per_audit")

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("visit_kind_is_known", {"kind": "raid"}),
            ("visit_has_a_reason", {"reason": ""}),
            ("visit_written_at_and_by", {"written_at": ..., "revision": 1}),
            ("visit_shown_at_and_by", {"written_at": ..., "written_by": ..., "revision": 1, "shown_by": ...}),
            ("visit_revision_counts_what_was_written", {"written_at": ..., "written_by": ...}),
            ("visit_revision_counts_what_was_written", {"revision": 1}),
            ("visit_shown_once_written", {"shown_at": ..., "shown_by": ...}),
        ],
    )
    def test_visit_columns(self, refused, planned, name, fields):
        refused(changed(planned, **fields), by=name)

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("visit_read_at_and_by", {"shown_at": ..., "shown_by": ..., "read_at": ...}),
            ("visit_read_once_shown", {"read_at": ..., "read_by": ...}),
            ("visit_final_at_and_by", dict.fromkeys(("shown_at", "shown_by", "read_at", "read_by", "final_by"), ...)),
            ("visit_final_once_read", {"shown_at": ..., "shown_by": ..., "final_at": ..., "final_by": ...}),
        ],
    )  # fmt: skip
    def test_visit_columns_of_a_written_note(self, refused, planned, name, fields):
        written = {"written_at": ..., "written_by": ..., "revision": 1}

        refused(changed(planned, **written, **fields), by=name)

    @pytest.mark.parametrize("reason", ["hangs", "far_apart", "drawn"])
    def test_each_reason_of_the_rule_is_enough(self, planned, reason):
        changed(planned, reason="", **{reason: True}).save()

    def test_visit_level_once_per_statement(self, refused, planned):
        VisitLevelFactory(visit=planned)

        refused(VisitLevel(visit=planned, statement="made-room", level=2), by="visit_level_once_per_statement")

    @pytest.mark.parametrize("level", [0, 5])
    def test_visit_level_one_to_four(self, refused, planned, level):
        refused(VisitLevel(visit=planned, statement="made-room", level=level), by="visit_level_one_to_four")

    def test_visit_comment_says_something(self, refused):
        comment = VisitCommentFactory()
        empty = VisitComment(visit=comment.visit, revision=1, text="", by=comment.by, at=VISITED)

        refused(empty, by="visit_comment_says_something")

    def test_lots_are_drawn_once(self):
        lot = VisitDrawFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            VisitDraw.objects.create(audit=lot.audit, drawn=False, at=VISITED, by=lot.by)


class TestFinal:
    """No way of Django's changes a final note."""

    @pytest.fixture
    def final(self):
        return VisitFactory(final=True)

    @pytest.mark.parametrize(
        "change",
        [
            lambda visit: visit.save(),
            lambda visit: visit.save(update_fields=["strengths"]),
            lambda visit: visit.delete(),
            lambda visit: Visit.objects.filter(pk=visit.pk).update(strengths="Other words"),
            lambda visit: Visit.objects.filter(pk=visit.pk).delete(),
            lambda visit: Visit.objects.bulk_update([visit], ["strengths"]),
            lambda visit: visit.audit.visits.update(on=DAY),
            lambda visit: visit.levels.all().delete(),
            lambda visit: visit.levels.update(level=1),
            lambda visit: visit.levels.create(statement="made-room", level=1),
            lambda visit: VisitLevel.objects.bulk_create([VisitLevel(visit=visit, statement="made-room", level=1)]),
            lambda visit: visit.levels.get().save(),
            lambda visit: visit.levels.get().delete(),
        ],
    )
    def test_refuses(self, final, change):
        final.strengths = "Other words"
        before = (Visit.objects.filter(pk=final.pk).values().get(), list(final.levels.values()))

        with pytest.raises(FinalError), transaction.atomic():
            change(final)

        assert (Visit.objects.filter(pk=final.pk).values().get(), list(final.levels.values())) == before

    def test_a_draft_changes(self):
        draft = VisitFactory(written=True)
        draft.strengths = "Other words"
        draft.save()

        assert Visit.objects.filter(strengths="Other words").update(seen="More") == 1
        assert draft.levels.update(level=2) == 1
        draft.levels.get().delete()
        draft.delete()


class TestKept:
    @pytest.mark.parametrize("make", [VisitCommentFactory, VisitDrawFactory])
    @pytest.mark.parametrize(
        "change",
        [
            lambda row: row.save(),
            lambda row: row.delete(),
            lambda row: type(row).objects.filter(pk=row.pk).update(by=row.by),
            lambda row: type(row).objects.all().delete(),
        ],
    )
    def test_stays_as_it_is(self, make, change):
        row = make()

        with pytest.raises(FinalError):
            change(row)

        assert type(row).objects.filter(pk=row.pk).exists()


class TestDue:
    def test_from_its_day_on_until_the_school_can_read_the_note(self):
        planned = VisitFactory(on=DAY)

        assert list(Visit.objects.due(DAY - timedelta(days=1))) == []
        assert list(Visit.objects.due(DAY)) == [planned]
        assert list(Visit.objects.due(DAY + timedelta(days=90))) == [planned]

    @pytest.mark.parametrize(("until", "is_due"), [("written", True), ("shown", False), ("final", False)])
    def test_depends_on_the_note(self, until, is_due):
        VisitFactory(on=DAY, until=until)

        assert Visit.objects.due(DAY).exists() is is_due

    def test_the_longest_waiting_comes_first(self):
        late = VisitFactory(on=DAY)
        early = VisitFactory(on=DAY - timedelta(days=3))

        assert list(Visit.objects.due(DAY)) == [early, late]

    def test_nobody_waits_for_the_visit_of_an_audit_that_is_over(self):
        visit = VisitFactory(on=DAY)
        Audit.objects.filter(pk=visit.audit.pk).update(state="withdrawn")

        assert not Visit.objects.due(DAY).exists()


class TestVisible:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("head", True),
            ("acting_head", True),
            ("core_member", True),
            ("officer", True),
            ("coordinator", True),
            ("staff_member", False),
            ("stranger", False),
            ("superuser", False),
            ("nobody", False),
        ],
    )
    @pytest.mark.parametrize("model", [Visit, VisitDraw, VisitComment])
    def test_to_those_who_may_read_the_audit(self, request, school, model, who, sees):
        audit = AuditFactory(school=school, in_review=True)
        VisitDrawFactory(audit=audit)
        VisitCommentFactory(visit=VisitFactory(audit=audit, shown=True))
        user = request.getfixturevalue(who)

        assert model.objects.visible_to(user).exists() is sees
