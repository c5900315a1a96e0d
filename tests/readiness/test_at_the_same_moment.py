"""Two people at one audit, or at one framework, at the same moment, each with a connection of their own."""

from datetime import timedelta

import pytest

from readiness import actions
from readiness.domain.said import Said
from readiness.domain.states import AuditState
from readiness.models import Audit, FrameworkVersion
from tests.at_once import db, overlapping  # noqa: F401 - a fixture
from tests.factories import MembershipFactory, SchoolFactory
from tests.readiness.factories import STARTED, AuditFactory, FrameworkFactory

pytestmark = pytest.mark.usefixtures("db")

BLANK = Said().seen_as(0)


def saving(audit, note, *, statement=None, level=2):
    """Somebody of the school who saves the first answer to a statement."""
    slug = statement or audit.framework.statements[0].slug
    typed = [actions.Typed(slug, Said(level, evidence=note), BLANK)]
    return lambda: actions.save_answers(audit=audit, typed=typed, by=audit.started_by, now=STARTED)


def submitting(audit):
    return lambda: actions.submit(audit=audit, by=audit.started_by, now=STARTED + timedelta(hours=1))


@pytest.fixture
def complete():
    """A draft whose every statement has been answered."""
    audit = AuditFactory(submitted=True)
    actions.withdraw_submission(audit=audit, by=audit.started_by, now=STARTED + timedelta(hours=1))
    return audit


def test_one_school_starts_one_audit():
    school = AuditFactory(agreed=True).school
    heads = [MembershipFactory(head=True, school=school).user for _each in range(2)]

    first, second = overlapping(
        *(lambda head=head: actions.start_audit(school=school, by=head, now=STARTED) for head in heads)
    )

    assert first == second == Audit.objects.open().get(school=school)


def test_of_two_first_answers_one_is_saved_and_the_other_shown():
    audit = AuditFactory()

    first, second = overlapping(saving(audit, "Hers"), saving(audit, "Mine"))

    assert first is None
    assert isinstance(second, actions.ChangedMeanwhile)
    assert audit.answers.get().evidence == "Hers"


def test_an_audit_is_submitted_once(complete):
    before = complete.moves.count()

    first, second = overlapping(submitting(complete), submitting(complete))

    assert first is None
    assert isinstance(second, actions.UnableToSubmit)
    assert complete.moves.count() == before + 1


def test_nothing_is_saved_into_an_audit_that_is_being_submitted(complete):
    late = saving(complete, "A moment too late")

    first, second = overlapping(submitting(complete), late)

    assert first is None
    assert isinstance(second, actions.Locked)
    assert not complete.answers.filter(evidence="A moment too late").exists()


def test_what_is_being_saved_is_part_of_what_is_submitted(complete):
    statement = complete.framework.statements[0]
    complete.answers.filter(statement=statement.slug).delete()

    first, second = overlapping(saving(complete, "In time", statement=statement.slug), submitting(complete))

    assert (first, second) == (None, None)
    complete.refresh_from_db()
    assert complete.state == AuditState.SUBMITTED
    assert complete.theme_scores.get(theme=complete.framework.themes[0].slug).answered == len(
        complete.framework.themes[0].statements
    )


def test_one_text_published_twice_is_one_version():
    framework = FrameworkFactory()
    publishing = [
        lambda minute=minute: actions.publish_version(
            framework=framework, by=None, now=STARTED + timedelta(minutes=minute)
        )
        for minute in range(2)
    ]

    first, second = overlapping(*publishing)

    assert first == second == FrameworkVersion.objects.get()


def test_two_schools_do_not_wait_for_each_other():
    """A lock that is wider than the audit would make everybody wait on a Friday afternoon."""
    audits = [AuditFactory(school=SchoolFactory()) for _each in range(2)]

    assert overlapping(saving(audits[0], "Hers"), saving(audits[1], "Theirs")) == [None, None]
    assert [audit.answers.get().evidence for audit in audits] == ["Hers", "Theirs"]
