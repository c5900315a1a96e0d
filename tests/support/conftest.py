from datetime import timedelta

import pytest

from config.framework_file import read
from config.loading import load
from readiness import actions
from readiness.domain.answers import Other
from readiness.domain.said import Said
from tests.readiness.framework_texts import FILE


@pytest.fixture
def published(now):
    return load(file=read(FILE), now=now - timedelta(days=1)).version


@pytest.fixture
def answered(published, session_2026, school, head, now):
    """An audit of the school in draft, with these answers."""

    def start(answers, *, now=now):
        audit = actions.start_audit(school=school, by=head, now=now)
        typed = [
            actions.Typed(
                slug, Said(given, reason="Shared." if given == Other.NOT_APPLICABLE else ""), seen=Said().seen_as(0)
            )
            for slug, given in answers.items()
        ]
        actions.save_answers(audit=audit, typed=typed, by=head, now=now)
        return audit

    return start


@pytest.fixture
def submitted(answered, head, now):
    def start(answers, *, now=now):
        audit = answered(answers, now=now)
        actions.submit(audit=audit, by=head, now=now)
        audit.refresh_from_db()
        return audit

    return start


@pytest.fixture
def agreed(submitted, officer, now):
    def start(answers, *, now=now):
        audit = submitted(answers, now=now)
        actions.begin_review(audit=audit, by=officer, now=now)
        actions.agree(audit=audit, by=officer, now=now)
        audit.refresh_from_db()
        return audit

    return start
