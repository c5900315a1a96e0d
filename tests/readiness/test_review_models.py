import pytest

from readiness.models import Answer, Waiting
from tests.readiness.factories import AuditFactory, MoveFactory, RemarkFactory, WaitingFactory


class TestRemark:
    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            ({"kind": "rumour"}, "remark_kind_exists"),
            ({"text": ""}, "remark_says_something"),
            ({"kind": "suggestion", "text": "So."}, "remark_level_where_it_has_one"),
            ({"kind": "acceptance", "level": 2, "other": "dont_know"}, "remark_level_where_it_has_one"),
            ({"kind": "question", "level": 2}, "remark_level_where_it_has_one"),
            ({"kind": "reply", "other": "dont_know"}, "remark_level_where_it_has_one"),
            ({"kind": "suggestion", "level": 5}, "remark_level_one_to_four"),
            ({"kind": "suggestion", "level": 0}, "remark_level_one_to_four"),
            ({"kind": "suggestion", "other": "perhaps"}, "remark_other_exists"),
            ({"round": 0}, "remark_round_from_one"),
        ],
    )
    def test_what_is_refused(self, db, refused, fields, name):
        audit = AuditFactory()
        given = {"audit": audit, "by": audit.started_by, "statement": "made-room"}
        refused(RemarkFactory.build(**given, **fields), by=name)

    @pytest.mark.parametrize(
        "fields",
        [
            {"kind": "suggestion", "level": 2},
            {"kind": "suggestion", "other": "dont_know"},
            {"kind": "acceptance", "level": 2, "text": ""},
            {"kind": "difference"},
        ],
    )
    def test_what_is_kept(self, db, fields):
        assert RemarkFactory(**fields).pk


def test_waiting_once_per_person_and_thing(db, refused):
    first = WaitingFactory()
    refused(WaitingFactory.build(user=first.user, thing=first.thing), by="waiting_once_per_person_and_thing")


def test_waiting_anew_starts_untold(db, now):
    first = WaitingFactory(told_at=now)
    Waiting.objects.begin(first.thing, people=[first.user, first.user], now=now)
    assert Waiting.objects.get().told_at is None


@pytest.mark.parametrize("factory", [RemarkFactory, MoveFactory])
@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(by=None),
        lambda rows: rows.bulk_update(list(rows), ["by"]),
        lambda rows: rows.delete(),
    ],
)
def test_history_is_only_added_to(db, factory, change):
    row = factory()
    with pytest.raises(TypeError, match="only added to"):
        change(type(row).objects.all())
    assert type(row).objects.exists()


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(level=1), lambda rows: rows.bulk_update(list(rows), ["level"])]
)
def test_answers_are_never_changed_in_bulk(db, change):
    AuditFactory(submitted=True)
    with pytest.raises(TypeError, match="one by one"):
        change(Answer.objects.all())
