from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reflections.actions.entries import own, refuse_what_stops
from reflections.domain.prompts import LEARNING
from reflections.domain.states import Opened
from reflections.domain.visibility import Visibility
from reflections.models import Comment, Entry, Group, GroupShare, Opening, SharedLearning


class UnableToShare(Exception):
    """The message is fit to show to the author."""


@transaction.atomic
def share_with_group(*, entry: Entry, group: Group, by: User, now: datetime) -> None:
    """Let those who are in this group now read the whole entry. Whoever joins later does not.

    Raises:
        PermissionDenied: it is somebody else's entry, or a group that the author is not in.
        UnableToShare: it is a draft.
    """
    entry = _finished(entry, by=by)
    if not Group.objects.visible_to(by).filter(pk=group.pk).exists():
        raise PermissionDenied(_("You can share with a group that you are in."))
    _withdraw(entry)
    GroupShare.objects.create(entry=entry, group=group, shared_at=now)
    _is_now(entry, Visibility.GROUP)


@transaction.atomic
def share_learning(
    *, entry: Entry, words: Mapping[str, str], may_stay: bool, by: User, now: datetime
) -> SharedLearning:
    """Share these very words of “So what?” and “Now what?”, without a name. They stay as they are, whatever changes.

    Raises:
        PermissionDenied: it is somebody else's entry.
        UnableToShare: it is a draft, or there are no words.
        UnableToSave: the words hold an e-mail address, a postcode or a number of a person.
    """
    entry = _finished(entry, by=by)
    shared = {slug: words[slug].strip() for slug in LEARNING if words.get(slug, "").strip()}
    if not shared:
        raise UnableToShare(_("Write the words that you would like to share."))
    for text in shared.values():
        refuse_what_stops(text, today=timezone.localdate(now))
    _withdraw(entry)
    learning = SharedLearning.objects.create(
        entry=entry, school=entry.school, term=entry.term, words=shared, shared_at=now, may_stay=may_stay
    )
    _is_now(entry, Visibility.LEARNING)
    return learning


@transaction.atomic
def make_private(*, entry: Entry, by: User) -> None:
    """Withdraw whatever is shared of an entry, at once. Comments stay for the author to read.

    Raises:
        PermissionDenied: it is somebody else's entry.
    """
    entry = own(entry, by=by)
    _withdraw(entry)
    _is_now(entry, Visibility.PRIVATE)


@transaction.atomic
def comment(*, entry: Entry, text: str, by: User, now: datetime) -> Comment:
    """Write to a shared entry: as somebody of its group, or as its author in answer.

    Raises:
        PermissionDenied: this person may not read it, or nobody else may.
        UnableToSave: the text holds an e-mail address, a postcode or a number of a person.
    """
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    is_open = entry.visibility == Visibility.GROUP and Entry.objects.visible_to(by).filter(pk=entry.pk).exists()
    if not is_open:
        raise PermissionDenied(_("Comments belong to entries that are shared with your group."))
    refuse_what_stops(text, today=timezone.localdate(now))
    return Comment.objects.create(entry=entry, by=by, at=now, text=text)


def record_opening(*, entry: Entry, by: User, what: Opened, now: datetime) -> None:
    """Remember for the author that somebody else has opened this. Their own reading is nobody's business."""
    if entry.author_id != by.pk:
        Opening.objects.create(entry=entry, by=by, what=what, at=now)


def _finished(entry: Entry, *, by: User) -> Entry:
    entry = own(entry, by=by)
    if not entry.is_finished:
        raise UnableToShare(_("Finish the entry first. A draft is yours alone."))
    return entry


def _withdraw(entry: Entry) -> None:
    GroupShare.objects.filter(entry=entry).delete()
    SharedLearning.objects.filter(entry=entry).delete()


def _is_now(entry: Entry, visibility: Visibility) -> None:
    Entry.objects.filter(pk=entry.pk).update(visibility=visibility, wished=visibility)
