"""The page that submits, when two presses of its button are under way at once."""

import pytest
from django.test import Client

from readiness import actions, views
from readiness.domain.states import AuditState


@pytest.fixture
def a_moment_before(monkeypatch):
    """Let somebody's submission through just before the next one: both found a draft when their page was asked for."""
    submit = actions.submit

    def both(**how):
        submit(**how)
        submit(**how)

    monkeypatch.setattr(views.actions, "submit", both)


@pytest.mark.usefixtures("a_moment_before")
def test_the_press_that_comes_second_leads_to_the_results_as_well(complete, head):
    client = Client()
    client.force_login(head)

    answer = client.post(f"/audits/{complete.pk}/check/", {"declaration": "on"})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/audits/{complete.pk}/results/")
    complete.refresh_from_db()
    assert complete.state == AuditState.SUBMITTED
    assert complete.moves.count() == 1
