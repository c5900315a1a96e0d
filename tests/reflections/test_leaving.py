"""What becomes of a log when its author leaves."""

from datetime import timedelta

from reflections import actions
from reflections.models import Comment, Entry, SharedLearning
from tests.reflections.factories import (
    WRITTEN,
    CommentFactory,
    GroupShareFactory,
    SharedLearningFactory,
)

LATER = WRITTEN + timedelta(hours=1)


def test_learning_that_may_stay_stays_without_its_author(author, entry, now):
    SharedLearningFactory(entry=entry, may_stay=True)
    actions.forget_person(user=author, now=now)

    assert SharedLearning.objects.get().entry is None
    assert not Entry.objects.exists()


def test_closing_an_account_takes_everything_else(author, entry, now):
    GroupShareFactory(entry=entry)
    CommentFactory(entry=entry)
    actions.forget_person(user=author, now=now)

    assert not Entry.objects.exists()
    assert not Comment.objects.exists()
