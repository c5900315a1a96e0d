import pytest

from tests.factories import MembershipFactory, SessionFactory, TermFactory
from tests.reflections.factories import EntryFactory
from tests.reflections.prompt_texts import published


@pytest.fixture
def prompts(db, now):
    """The published prompts, of the file."""
    return published(now)


@pytest.fixture
def terms(db):
    """The three terms of 2026/27, with gaps between them."""
    session = SessionFactory(year=2026)
    dates = [("2026-08-12", "2026-12-18"), ("2027-01-05", "2027-04-02"), ("2027-04-19", "2027-06-25")]
    return [
        TermFactory(session=session, order=order, starts=starts, ends=ends)
        for order, (starts, ends) in enumerate(dates, start=1)
    ]


@pytest.fixture
def author(school, prompts):
    """A member of staff who writes."""
    return MembershipFactory(staff=True, school=school).user


@pytest.fixture
def colleague(school):
    """Another one, of the same school."""
    return MembershipFactory(staff=True, school=school).user


@pytest.fixture
def draft(author, school):
    return EntryFactory(author=author, school=school)


@pytest.fixture
def entry(author, school):
    return EntryFactory(author=author, school=school, finished=True)
