import pytest
from django.core.exceptions import PermissionDenied

from readiness import actions
from readiness.domain.answers import Other
from readiness.domain.said import Said, Settle
from readiness.models import Answer

SEEN_BLANK = Said().seen_as(0)


def typed(slug="made-room", given=3, *, reason="", evidence="", seen=SEEN_BLANK, **more):
    return actions.Typed(slug, Said(given, reason, evidence), seen, **more)


@pytest.fixture
def save(audit, head, now):
    def act(*what, by=head, audit=audit):
        actions.save_answers(audit=audit, typed=what, by=by, now=now)

    return act


@pytest.fixture
def stored(audit):
    def read(slug="made-room"):
        return audit.answers.get(statement=slug, voice="school")

    return read


class TestSaving:
    def test_a_level_becomes_a_row(self, save, stored, head, now):
        save(typed(given=3, evidence="The plan"))
        row = stored()
        assert (row.given, row.evidence, row.revision, row.by, row.at) == (3, "The plan", 1, head, now)

    def test_an_other_answer_becomes_a_row(self, save, stored):
        save(typed(given=Other.DONT_KNOW))
        assert stored().given is Other.DONT_KNOW

    def test_a_note_typed_first_is_kept(self, save, stored):
        save(typed(given=None, evidence="Ask Dot about this"))
        assert (stored().given, stored().evidence) == (None, "Ask Dot about this")

    def test_saving_twice_changes_nothing(self, save, stored):
        save(typed())
        save(typed())
        assert stored().revision == 1

    def test_nothing_typed_writes_nothing(self, save):
        save(typed(given=None))
        assert not Answer.objects.exists()

    def test_a_page_that_was_only_looked_at_writes_nothing_over_a_newer_answer(self, save, stored, core_member):
        save(typed(given=3), by=core_member)
        save(typed(given=None, seen=SEEN_BLANK))
        assert stored().given == 3

    def test_does_not_apply_is_refused_where_it_is_not_offered(self, save):
        with pytest.raises(actions.BadAnswer, match="applies to every school"):
            save(typed(given=Other.NOT_APPLICABLE))

    def test_does_not_apply_is_taken_where_it_is_offered(self, save, stored):
        save(typed("cover-and-costs", Other.NOT_APPLICABLE, reason="The council pays"))
        assert stored("cover-and-costs").reason == "The council pays"


class TestWhoMay:
    def test_the_core_team(self, save, stored, core_member):
        save(typed(), by=core_member)
        assert stored().by == core_member

    def test_the_acting_head(self, save, stored, acting_head):
        save(typed(), by=acting_head)
        assert stored().by == acting_head

    @pytest.mark.parametrize("person", ["staff_member", "officer", "coordinator", "stranger", "superuser", "nobody"])
    def test_nobody_else(self, person, save, request):
        with pytest.raises(PermissionDenied):
            save(typed(), by=request.getfixturevalue(person))
        assert not Answer.objects.exists()


class TestTwoPeople:
    def test_the_second_is_shown_both_and_the_first_stays(self, save, stored, core_member):
        save(typed(given=3, evidence="Theirs"), by=core_member)
        with pytest.raises(actions.ChangedMeanwhile) as clash:
            save(typed(given=2, evidence="Mine"))
        conflict = clash.value.conflicts["made-room"]
        assert conflict.typed.said == Said(2, "", "Mine")
        assert conflict.theirs.said == Said(3, "", "Theirs")
        assert stored().evidence == "Theirs"

    def test_the_rest_of_the_page_is_saved(self, save, stored, core_member):
        save(typed(given=3), by=core_member)
        with pytest.raises(actions.ChangedMeanwhile):
            save(typed(given=2), typed("staff-want-this", 4))
        assert stored("staff-want-this").given == 4

    @pytest.mark.parametrize(
        ("settle", "kept"),
        [
            (Settle.MINE, Said(2, "", "Mine")),
            (Settle.THEIRS, Said(3, "", "Theirs")),
            (Settle.JOIN, Said(2, "", "Theirs\nMine")),
        ],
    )
    def test_the_second_settles_it(self, settle, kept, save, stored, core_member):
        save(typed(given=3, evidence="Theirs"), by=core_member)
        seen = stored().said.seen_as(stored().revision)
        save(typed(given=2, evidence="Mine", seen=seen, clash_was_shown=True, settle=settle))
        assert stored().said == kept


class TestLocked:
    def test_a_submitted_audit_takes_no_answers(self, complete, head, save, stored, now):
        actions.submit(audit=complete, by=head, now=now)
        with pytest.raises(actions.Locked, match="locked"):
            save(typed(given=1))
        assert stored().given == 3
