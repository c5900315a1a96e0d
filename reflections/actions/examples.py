from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reflections.actions.entries import own, refuse_what_stops
from reflections.actions.sharing import UnableToShare
from reflections.domain.states import ExampleState
from reflections.models import Entry, Example
from schools.models import Membership
from schools.permissions import Permission, Role, require


class UnableToMove(Exception):
    """It is not this person's turn, or the example has moved on. The message is fit to show."""


@transaction.atomic
def propose_example(*, entry: Entry, words: str, by: User, now: datetime) -> Example:
    """Propose these very words as a practice example. The rest of the entry stays as private as it is.

    Raises:
        PermissionDenied: it is somebody else's entry.
        UnableToShare: it is a draft, there are no words, or it has been proposed already.
        UnableToSave: the words hold an e-mail address, a postcode or a number of a person.
    """
    entry = own(entry, by=by)
    if not entry.is_finished:
        raise UnableToShare(_("Finish the entry first. A draft is yours alone."))
    if not words.strip():
        raise UnableToShare(_("Write the words that you would like to propose."))
    if Example.objects.filter(entry=entry).exists():
        raise UnableToShare(_("You have proposed an example from this entry already. Take it back to propose another."))
    refuse_what_stops(words, today=timezone.localdate(now))
    return Example.objects.create(
        entry=entry, school=entry.school, proposed=words.strip(), proposed_by=by, proposed_at=now
    )


@transaction.atomic
def agree_to_example(*, example: Example, by: User, now: datetime) -> None:
    """Agree that it leaves the school. The head's word moves it on; an officer's stands beside it. Twice is once.

    Raises:
        PermissionDenied: this person's role does not include it.
        UnableToMove: it has been published already.
    """
    example = _locked(example)
    require(by, Permission.AGREE_EXAMPLE, example.school)
    if example.state == ExampleState.PUBLISHED:
        raise UnableToMove(_("This example has been published already."))
    if not _leads(by, example):
        if example.officer_at is None:
            Example.objects.filter(pk=example.pk).update(officer=by, officer_at=now)
        return
    if example.state == ExampleState.PROPOSED:
        Example.objects.filter(pk=example.pk).update(state=ExampleState.AGREED, agreed_by=by, agreed_at=now)


@transaction.atomic
def publish_example(*, example: Example, words: str, by: User, now: datetime) -> None:
    """Publish it in these words, which may be edited. The author sees them, and can take it back at any time.

    Raises:
        PermissionDenied: this person does not publish examples.
        UnableToMove: the head has not agreed, or there are no words.
        UnableToSave: the words hold an e-mail address, a postcode or a number of a person.
    """
    example = _locked(example)
    require(by, Permission.PUBLISH_EXAMPLE, example.school)
    if example.state == ExampleState.PROPOSED:
        raise UnableToMove(_("The head teacher has not agreed yet."))
    if not words.strip():
        raise UnableToMove(_("Write the words that are to be published."))
    refuse_what_stops(words, today=timezone.localdate(now))
    Example.objects.filter(pk=example.pk).update(
        state=ExampleState.PUBLISHED, published=words.strip(), published_by=by, published_at=now
    )


@transaction.atomic
def take_back_example(*, example: Example, by: User) -> None:
    """Take an example back, at whichever step: it is gone at once, published or not.

    Raises:
        PermissionDenied: it comes from somebody else's entry.
    """
    if example.entry.author_id != by.pk:
        raise PermissionDenied(_("Only its author takes an example back."))
    Example.objects.filter(pk=example.pk).delete()


def _locked(example: Example) -> Example:
    return Example.objects.select_for_update(of=("self",)).select_related("school", "entry").get(pk=example.pk)


def _leads(user: User, example: Example) -> bool:
    """Whether this person agrees as the school's head (or acting head)."""
    roles = [Role.HEAD, Role.ACTING_HEAD]
    return Membership.objects.current().filter(user=user, school=example.school, role__in=roles).exists()
