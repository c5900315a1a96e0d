import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from readiness import actions
from readiness.models import Answer, Audit, Move, ThemeScore


def refuses(thing, name):
    """The database itself refuses, whoever asks."""
    with pytest.raises((IntegrityError, ValidationError)) as refusal, transaction.atomic():
        type(thing)._base_manager.bulk_create([thing])
    return name in str(refusal.value) or "UNIQUE" in str(refusal.value)


@pytest.fixture
def draft(version, school, session_2026, head, now):
    def make(**fields):
        return Audit(
            **{"school": school, "version": version, "session": session_2026, "started_at": now, "started_by": head}
            | fields
        )

    return make


class TestAuditConstraints:
    def test_audit_state_exists(self, draft):
        assert refuses(draft(state="lost"), "audit_state_exists")

    def test_audit_submitted_at_and_by(self, draft, now):
        assert refuses(draft(state="submitted", submitted_at=now), "audit_submitted_at_and_by")

    def test_audit_agreed_at_and_by(self, draft, now, head):
        assert refuses(
            draft(state="agreed", submitted_at=now, submitted_by=head, agreed_at=now), "audit_agreed_at_and_by"
        )

    def test_audit_submitted_once_past_draft(self, draft, now, head):
        assert refuses(draft(state="in_review"), "audit_submitted_once_past_draft")
        assert refuses(draft(state="draft", submitted_at=now, submitted_by=head), "audit_submitted_once_past_draft")

    def test_audit_agreed_at_when_agreed(self, draft, now, head):
        assert refuses(draft(state="agreed", submitted_at=now, submitted_by=head), "audit_agreed_at_when_agreed")
        assert refuses(
            draft(state="submitted", submitted_at=now, submitted_by=head, agreed_at=now, agreed_by=head),
            "audit_agreed_at_when_agreed",
        )

    def test_audit_one_open_per_school(self, audit, draft):
        assert refuses(draft(), "audit_one_open_per_school")


class TestAnswerConstraints:
    @pytest.fixture
    def row(self, audit, head, now):
        def make(**fields):
            return Answer(
                **{"audit": audit, "statement": "made-room", "voice": "school", "by": head, "at": now} | fields
            )

        return make

    def test_answer_once_per_voice(self, row):
        row(level=3).save()
        assert refuses(row(level=2), "answer_once_per_voice")

    def test_answer_voice_exists(self, row):
        assert refuses(row(level=3, voice="parent"), "answer_voice_exists")

    def test_answer_other_exists(self, row):
        assert refuses(row(other="perhaps"), "answer_other_exists")

    @pytest.mark.parametrize("level", [0, 5])
    def test_answer_level_one_to_four(self, row, level):
        assert refuses(row(level=level), "answer_level_one_to_four")

    def test_answer_level_or_other(self, row):
        assert refuses(row(level=3, other="dont_know"), "answer_level_or_other")

    @pytest.mark.parametrize("voice", ["officer", "agreed"])
    def test_answer_blank_only_for_school(self, row, voice):
        assert refuses(row(voice=voice), "answer_blank_only_for_school")
        row(voice="school").save()


class TestHistory:
    def test_move_changes_the_state(self, audit, head, now):
        same = Move(audit=audit, from_state="draft", to_state="draft", by=head, at=now)
        assert refuses(same, "move_changes_the_state")

    def test_is_only_added_to(self, complete, head, now):
        actions.submit(audit=complete, by=head, now=now)
        with pytest.raises(TypeError, match="only added to"):
            Move.objects.update(reason="something else")


class TestThemeScoreConstraints:
    @pytest.fixture
    def score(self, audit):
        def make(**fields):
            return ThemeScore(
                **{"audit": audit, "theme": "safe-base", "voice": "school", "total": 9, "answered": 4, "applicable": 4}
                | {"band": "", "tier": "universal"}
                | fields
            )

        return make

    def test_theme_score_once_per_voice(self, score):
        score().save()
        assert refuses(score(), "theme_score_once_per_voice")

    def test_theme_score_of_school_or_agreed(self, score):
        assert refuses(score(voice="officer"), "theme_score_of_school_or_agreed")

    def test_theme_score_answered_applies(self, score):
        assert refuses(score(answered=5), "theme_score_answered_applies")

    @pytest.mark.parametrize("total", [3, 17])
    def test_theme_score_total_in_range(self, score, total):
        assert refuses(score(total=total), "theme_score_total_in_range")


class TestVisibleTo:
    @pytest.mark.parametrize(
        ("person", "draft", "submitted"),
        [
            ("head", True, True),
            ("acting_head", True, True),
            ("core_member", True, True),
            ("staff_member", False, False),
            ("officer", False, True),
            ("coordinator", False, True),
            ("stranger", False, False),
            ("superuser", False, False),
            ("nobody", False, False),
        ],
    )
    def test_by_role_and_state(self, person, draft, submitted, complete, head, now, request):
        person = request.getfixturevalue(person)
        assert Audit.objects.visible_to(person).exists() is draft
        actions.submit(audit=complete, by=head, now=now)
        assert Audit.objects.visible_to(person).exists() is submitted
        actions.withdraw_submission(audit=complete, by=head, now=now)
        assert Audit.objects.visible_to(person).exists() is draft
