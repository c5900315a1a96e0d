from pathlib import Path

from readiness.domain.states import OWNERS, AuditState, render_doc

STATES_DOC = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_page_of_states_is_as_generated():
    assert STATES_DOC.read_text(encoding="utf-8") == render_doc(), "Run manage.py states_doc."


def test_every_state_has_an_owner():
    assert set(OWNERS) == set(AuditState)
