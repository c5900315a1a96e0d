from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from reflections.domain.keeping import DRAFTS_KEPT, FIRST_WARNING, Age, Do, what_to_do
from reflections.models import Comment, Entry, GroupMember, GroupShare, Opening, Reading, SharedLearning
from reflections.notifications import send_warning
from schools.models import Membership, Session
from schools.permissions import Permission, roles_with

OPENINGS_KEPT = timedelta(days=365)
LEARNING_KEPT = timedelta(days=6 * 365)  # the current session and five more
AT_A_TIME = 500
YOUNGEST = timedelta(days=DRAFTS_KEPT) - FIRST_WARNING  # no entry of somebody who works there is due before


def keep_in_time(*, now: datetime, dry_run: bool = False) -> dict[str, int]:
    """Warn, and delete what has had its time. Gives how many of each; a dry run writes and sends nothing.

    What somebody has shared as learning stays without them only where they said so.
    """
    counts = {"warned": 0, "warned again": 0, "entries deleted": 0}
    told: dict[Do, set[int]] = {Do.WARN: set(), Do.WARN_AGAIN: set()}
    today = timezone.localdate(now)
    for entry, do in list(_what_is_due(today)):
        if do is Do.DELETE:
            counts["entries deleted"] += 1
            if not dry_run:
                _remove(Entry.objects.filter(pk=entry.pk))
        else:
            counts["warned" if do is Do.WARN else "warned again"] += 1
            told[do].add(entry.author_id)
            if not dry_run:
                Entry.objects.filter(pk=entry.pk).update(
                    **({"warned_at": now} if do is Do.WARN else {"warned_again_at": now})
                )
    if not dry_run:
        for author in User.objects.filter(pk__in=told[Do.WARN] | told[Do.WARN_AGAIN], is_active=True):
            transaction.on_commit(partial(send_warning, author.email))
    return counts | _records_past_their_time(now, dry_run=dry_run)


@transaction.atomic
def forget_person(*, user: User, now: datetime) -> None:
    """Take away everything that somebody wrote, when they close their account. Learning that may stay does."""
    _remove(Entry.objects.filter(author=user))
    Comment.objects.filter(by=user).delete()
    Reading.objects.filter(user=user).delete()
    GroupShare.objects.filter(entry__author=user).delete()
    GroupMember.objects.current().filter(user=user).update(left=now)


def _remove(entries: QuerySet[Entry]) -> None:
    with transaction.atomic():
        ids = list(entries.values_list("pk", flat=True))
        SharedLearning.objects.filter(entry__in=ids, may_stay=False).delete()
        Entry.objects.filter(pk__in=ids).delete()


def _what_is_due(today: date) -> Iterator[tuple[Entry, Do]]:
    ends = list(Session.objects.order_by("starts").values_list("starts", "ends"))
    left = _leaving_days()
    fields = ("pk", "author_id", "school_id", "state", "edited_at", "warned_at", "warned_again_at")
    is_old = Q(edited_at__date__lte=today - YOUNGEST)
    has_left = Q(author__in={author for author, _school in left})
    for entry in Entry.objects.filter(is_old | has_left).only(*fields).order_by("pk").iterator(chunk_size=AT_A_TIME):
        edited = timezone.localdate(entry.edited_at)
        age = Age(
            is_finished=entry.is_finished,
            edited=edited,
            session_ends=max((end for start, end in ends if start <= edited), default=None),
            left=left.get((entry.author_id, entry.school_id)),
            warned=timezone.localdate(entry.warned_at) if entry.warned_at else None,
            warned_again=timezone.localdate(entry.warned_again_at) if entry.warned_again_at else None,
        )
        if (do := what_to_do(age, today=today)) is not Do.KEEP:
            yield entry, do


def _leaving_days() -> dict[tuple[int, int], date]:
    """The day on which somebody's last role at a school ended, for those who have none there now."""
    roles = Membership.objects.filter(school__isnull=False, role__in=roles_with(Permission.WRITE_REFLECTION))
    works_there = set(roles.current().values_list("user", "school"))
    ended: dict[tuple[int, int], date] = {}
    for user, school, at in roles.filter(ended__isnull=False).order_by("ended").values_list("user", "school", "ended"):
        if (user, school) not in works_there:
            ended[user, school] = timezone.localdate(at)
    return ended


def _records_past_their_time(now: datetime, *, dry_run: bool) -> dict[str, int]:
    old = {
        "openings deleted": Opening.objects.filter(at__lt=now - OPENINGS_KEPT),
        "learning deleted": SharedLearning.objects.filter(entry__isnull=True, shared_at__lt=now - LEARNING_KEPT),
    }
    counts = {}
    for name, rows in old.items():
        counts[name] = rows.count()
        if not dry_run:
            rows.delete()
    return counts
