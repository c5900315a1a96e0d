from collections.abc import Mapping
from datetime import date, datetime
from itertools import zip_longest

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reflections.domain import privacy
from reflections.domain.prompts import HAPPENED_ON, NO_NAMES, VISIBILITY, Form, Step
from reflections.domain.said import TERM, Said, is_same, rating_name, ratings_of, seen_as, texts_of
from reflections.domain.states import EntryState, TagKind
from reflections.domain.visibility import Visibility
from reflections.models import Confidence, Entry, EntryText, PromptsVersion, SharedLearning, Tag
from schools.models import School, Session, Term
from schools.permissions import Permission, require


class UnableToStart(Exception):
    """The message is fit to show to the person who wants to write."""


class UnableToSave(Exception):
    """Something that must never be kept stands in a text. The message is fit to show."""


class UnableToFinish(Exception):
    """The entry lacks something. `missing` holds the needed steps that are empty; the message is fit to show."""

    def __init__(self, message: str, missing: list[Step]) -> None:
        self.missing = missing
        super().__init__(message)


class ChangedMeanwhile(Exception):
    """Another window of the author has saved this step since. `theirs` is what is kept; nothing was written."""

    def __init__(self, theirs: Said) -> None:
        self.theirs = theirs
        super().__init__(_("This step was saved in another window meanwhile."))


@transaction.atomic
def start_entry(*, author: User, school: School, form: Form, now: datetime, follows: Entry | None = None) -> Entry:
    """Begin a draft, private and empty, in the term of today. `follows` is an earlier entry of the same author.

    Raises:
        PermissionDenied: the author has no role at this school, or wants to go on from somebody else's entry.
        UnableToStart: no prompts have been published yet.
    """
    require(author, Permission.WRITE_REFLECTION, school)
    if follows is not None and follows.author_id != author.pk:
        raise PermissionDenied(_("You can go on from your own entries only."))
    version = PromptsVersion.objects.latest_published()
    if version is None:
        raise UnableToStart(_("The log is not ready yet. Ask the programme co-ordinator when it will be."))
    return Entry.objects.create(
        author=author,
        school=school,
        term=term_of(timezone.localdate(now)),
        prompts_version=version,
        form=form,
        follows=follows,
        started_at=now,
        edited_at=now,
    )


@transaction.atomic
def save_step(*, entry: Entry, step: Step, said: Said, seen: str, by: User, now: datetime) -> None:
    """Keep what its author said in one step. `seen` marks what the page had shown; where that is old, nothing is kept.

    Raises:
        PermissionDenied: it is somebody else's entry.
        ChangedMeanwhile: another window has saved the step since, and said something else.
        UnableToSave: a text holds an e-mail address, a postcode or a number of a person.
    """
    entry = own(entry, by=by)
    kept = entry.said(step)
    if is_same(kept, said):
        return
    if seen != seen_as(kept):
        raise ChangedMeanwhile(kept)
    for name in texts_of(step):
        refuse_what_stops(said.get(name, ""), today=timezone.localdate(now))
    _keep_texts(entry, {name: said.get(name, "") for name in texts_of(step)})
    _keep_ratings(entry, step, said)
    _keep_tags(entry, step, said)
    _keep_on_the_entry(entry, said)
    entry.edited_at, entry.warned_at, entry.warned_again_at = now, None, None
    entry.save()


@transaction.atomic
def finish(*, entry: Entry, by: User, now: datetime) -> None:
    """Say that a draft is finished. It stays private. Finishing again changes nothing.

    Raises:
        PermissionDenied: it is somebody else's entry.
        UnableToFinish: a needed step is empty, or the author has not ticked that nobody can be identified.
    """
    entry = own(entry, by=by)
    if missing := entry.missing():
        titles = ", ".join(f"“{step.title}”" for step in missing)
        raise UnableToFinish(_("Write a few words in %s, then finish.") % titles, missing)
    if not entry.no_names_checked:
        raise UnableToFinish(_("Tick the box to say that nobody can be identified from this."), [])
    if not entry.is_finished:
        Entry.objects.filter(pk=entry.pk).update(state=EntryState.FINISHED, finished_at=now)


@transaction.atomic
def delete_entry(*, entry: Entry, by: User) -> None:
    """Delete an entry with everything that hangs on it, whatever is shared of it too.

    Raises:
        PermissionDenied: it is somebody else's entry.
    """
    entry = own(entry, by=by)
    SharedLearning.objects.filter(entry=entry).delete()
    entry.delete()


def own(entry: Entry, *, by: User) -> Entry:
    """The entry as it is now, for its author alone. Only inside a transaction."""
    if entry.author_id != by.pk:
        raise PermissionDenied(_("Only its author changes an entry."))
    locked = Entry.objects.select_for_update(of=("self",)).select_related("prompts_version")
    return locked.defer("prompts_version__document").get(pk=entry.pk)


def refuse_what_stops(text: str, *, today: date) -> None:
    """Raise UnableToSave where a text holds what must never be kept. Pages say so before, and where."""
    if any(finding.stops for finding in privacy.check(text, today=today)):
        raise UnableToSave(_("Take out the e-mail address, the postcode or the long number, then save again."))


def term_of(day: date) -> Term | None:
    """The term that a day belongs to: in a gap the one just ended. None before the first that is known."""
    dates = Session.objects.calendar().term_at(day)
    if dates is None:
        return None
    return Term.objects.filter(session__label=dates.session, order=dates.order).first()


@transaction.atomic
def place_in_terms() -> int:
    """Place anew, after the council's dates have changed, what authors did not place by hand; give how many moved."""
    moved = 0
    terms = list(Term.objects.order_by("starts", "pk"))
    day = Coalesce("happened_on", TruncDate("started_at"))
    loose = Entry.objects.filter(term_set_by_hand=False).annotate(day=day)
    if terms:
        moved += loose.filter(day__lt=terms[0].starts, term__isnull=False).update(term=None)
    for term, following in zip_longest(terms, terms[1:]):
        here = loose.filter(day__gte=term.starts)  # a gap belongs to the term just ended
        if following is not None:
            here = here.filter(day__lt=following.starts)
        moved += here.exclude(term=term).update(term=term)
    if moved:
        its_entry = Entry.objects.filter(pk=OuterRef("entry")).values("term")[:1]
        SharedLearning.objects.filter(entry__isnull=False).update(term=Subquery(its_entry))
    return moved


def _keep_texts(entry: Entry, texts: Mapping[str, str]) -> None:
    entry.texts.filter(prompt__in=[name for name, text in texts.items() if not text]).delete()
    EntryText.objects.bulk_create(
        [EntryText(entry=entry, prompt=name, text=text) for name, text in texts.items() if text],
        update_conflicts=True,
        unique_fields=["entry", "prompt"],
        update_fields=["text"],
    )


def _keep_ratings(entry: Entry, step: Step, said: Said) -> None:
    for item, moment in ratings_of(step):
        mine = entry.ratings.filter(item=item, moment=moment)
        if value := said.get(rating_name(item, moment), ""):
            Confidence.objects.update_or_create(entry=entry, item=item, moment=moment, defaults={"value": int(value)})
        else:
            mine.delete()


def _keep_tags(entry: Entry, step: Step, said: Said) -> None:
    asked = [field.slug for field in step.fields if field.slug in set(TagKind)]
    for kind in asked:
        wanted = [slug for slug in said.get(kind, "").split(",") if slug]
        entry.tags.filter(kind=kind).exclude(slug__in=wanted).delete()
        Tag.objects.bulk_create([Tag(entry=entry, kind=kind, slug=slug) for slug in wanted], ignore_conflicts=True)


def _keep_on_the_entry(entry: Entry, said: Said) -> None:
    if HAPPENED_ON in said:
        entry.happened_on = date.fromisoformat(said[HAPPENED_ON]) if said[HAPPENED_ON] else None
        entry.term_set_by_hand = bool(said.get(TERM))
        if entry.term_set_by_hand:
            entry.term_id = int(said[TERM])
        else:
            entry.term = term_of(entry.happened_on or timezone.localdate(entry.started_at))
    if VISIBILITY in said:
        entry.wished = said[VISIBILITY] or Visibility.PRIVATE
    if NO_NAMES in said:
        entry.no_names_checked = bool(said[NO_NAMES]) or entry.is_finished
