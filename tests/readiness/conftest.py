"""Audits for tests, made by the product's actions.

Django's rooms are imported inside the fixtures, so that the tests of the domain beside this run without it.
"""

import pytest


@pytest.fixture
def version(db, now):
    """The whole framework, published."""
    from tests.readiness.framework_texts import published

    return published(now)


@pytest.fixture
def audit(version, school, head, session_2026, now):
    """A draft with no answer yet."""
    from readiness import actions

    return actions.start_audit(school=school, by=head, now=now)


@pytest.fixture
def answer(head, now):
    """Give answers as a page would that shows what is stored: `answer(audit, {"made-room": 3}, evidence="Yes")`."""
    from readiness import actions
    from readiness.domain.said import Said

    def give(audit, answers, *, by=head, evidence="", reason=""):
        rows = audit.answers_of("school")
        typed = []
        for slug, given in answers.items():
            row = rows.get(slug)
            seen = row.said.seen_as(row.revision) if row else Said().seen_as(0)
            typed.append(actions.Typed(slug, Said(given, reason, evidence), seen))
        actions.save_answers(audit=audit, typed=typed, by=by, now=now)
        vars(audit).pop("_school_answers", None)
        return audit

    return give


@pytest.fixture
def complete(audit, answer):
    """A draft in which everything is in place."""
    return answer(audit, {statement.slug: 3 for statement in audit.framework.statements})


@pytest.fixture
def in_review(school, officer):
    """An audit with everything in place, whose review has begun."""
    from tests.readiness.factories import AuditFactory

    return AuditFactory(school=school, in_review=True)


@pytest.fixture
def review(in_review, officer, now):
    """Say things as the officer: `review.ask(statement=ROOM, text="When?")`."""

    from readiness import actions
    from readiness.models import Conversation

    class Review:
        audit = in_review

        def __getattr__(self, name):
            return lambda **given: getattr(actions, name)(audit=in_review, by=officer, now=now, **given)

        def talk(self, statement="made-room"):
            return Conversation.of(in_review).talk(statement)

        def spoken(self, saying, statement="made-room", **more):
            talk = self.talk(statement)
            return actions.Spoken(statement, saying, talk.saying.seen_as(talk.version), **more)

    return Review()


@pytest.fixture
def school_says(in_review, head, now):
    """Answer as the school: `school_says.reply(statement=ROOM, text="In May.")`."""

    from readiness import actions

    class SchoolSays:
        def __getattr__(self, name):
            return lambda **given: getattr(actions, name)(audit=in_review, by=head, now=now, **given)

    return SchoolSays()


@pytest.fixture
def desk_of(as_user):
    """Give one person's browser on an audit's pages: `desk_of(officer, audit).open()`."""
    from tests.readiness.desk import Desk

    return lambda user, audit: Desk(as_user(user), audit)
