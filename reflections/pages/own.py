"""What the pages of the log show, ready for templates that only loop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reflections.domain.prompts import NOW_WHAT, Kind, Step
from reflections.domain.said import TICKED
from reflections.domain.states import TagKind
from reflections.domain.visibility import Visibility
from reflections.forms.around import PRINCIPLES, SOLIHULL, THEMES, framework_lists, term_label
from reflections.models import Entry, EntryText
from schools.models import Session

LONGEST_LINE = 90
VISIBILITY_WORDS = {
    Visibility.PRIVATE: gettext_lazy("Only you"),
    Visibility.GROUP: gettext_lazy("Shared with a group"),
    Visibility.LEARNING: gettext_lazy("Learning shared"),
}
MOMENT_WORDS = {"going-in": gettext_lazy("Going in"), "now": gettext_lazy("Now")}
TAG_LISTS = {TagKind.THEME: THEMES, TagKind.PRINCIPLE: PRINCIPLES, TagKind.SOLIHULL: SOLIHULL}
TAG_WORDS = {
    TagKind.THEME: gettext_lazy("Themes"),
    TagKind.PRINCIPLE: gettext_lazy("Nurture principles"),
    TagKind.SOLIHULL: gettext_lazy("Solihull Approach"),
}


@dataclass(frozen=True)
class Card:
    """One entry in a list of its author's own."""

    entry: Entry
    day: date
    line: str
    who: str
    follows: bool


@dataclass(frozen=True)
class TermOfEntries:
    """A term with its entries."""

    label: str
    cards: list[Card]


@dataclass(frozen=True)
class Planned:
    """What the author planned in an earlier term, and has not gone on from yet."""

    entry: Entry
    words: str
    term: str


@dataclass(frozen=True)
class Log:
    """My entries."""

    drafts: list[Card]
    terms: list[TermOfEntries]
    planned: Planned | None


def log(user: Any, *, today: date) -> Log:
    """The entries of their author, by term and newest first. Three queries, however many entries there are."""
    texts = Prefetch("texts", EntryText.objects.filter(prompt__in=_prompts_of_cards()))
    entries = list(Entry.objects.of(user).with_context().prefetch_related(texts).newest_first())
    finished = [entry for entry in entries if entry.is_finished]
    drafts = [entry for entry in entries if not entry.is_finished]
    by_term = groupby(finished, key=lambda entry: label_of_term(entry))
    return Log(
        drafts=[card(entry) for entry in sorted(drafts, key=lambda one: one.edited_at, reverse=True)],
        terms=[TermOfEntries(label, [card(entry) for entry in some]) for label, some in by_term],
        planned=_planned(entries, today=today),
    )


def _prompts_of_cards() -> set[str]:
    return {"what-happened", NOW_WHAT}


def card(entry: Entry) -> Card:
    """An entry with its day and its first line."""
    text = entry.texts_by_slug.get("what-happened") or entry.texts_by_slug.get(NOW_WHAT) or ""
    return Card(
        entry=entry,
        day=entry.happened_on or timezone.localdate(entry.started_at),
        line=_shortened(text),
        who=str(VISIBILITY_WORDS[Visibility(entry.visibility)]),
        follows=entry.follows_id is not None,
    )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE].rpartition(" ")[0] + "…"


def label_of_term(entry: Entry) -> str:
    """The term that an entry stands in, in words."""
    return term_label(entry.term) if entry.term else _("No term yet")


def _planned(entries: list[Entry], *, today: date) -> Planned | None:
    now = Session.objects.calendar().term_at(today)
    if now is None:
        return None
    followed = {entry.follows_id for entry in entries}
    for entry in entries:
        is_earlier = entry.term is not None and entry.term.starts < now.starts
        if entry.is_finished and is_earlier and entry.pk not in followed and entry.texts_by_slug.get(NOW_WHAT):
            return Planned(entry, entry.texts_by_slug[NOW_WHAT], label_of_term(entry))
    return None


@dataclass(frozen=True)
class Answer:
    """One thing asked, with what was said."""

    asked: str
    said: str


@dataclass(frozen=True)
class Section:
    """One step as it reads: its title, its text, and what stands beside it."""

    title: str
    text: str
    answers: list[Answer]


@dataclass(frozen=True)
class Rating:
    """One thing rated: the words for going in, and for now."""

    text: str
    going_in: str
    now: str


def sections(entry: Entry, *, only: Iterable[str] | None = None) -> list[Section]:
    """What was written, step by step, without what is empty."""
    wanted = set(only) if only is not None else None
    found = [_section(entry, step) for step in entry.steps if wanted is None or step.slug in wanted]
    return [section for section in found if section.text or section.answers]


def _section(entry: Entry, step: Step) -> Section:
    texts = entry.texts_by_slug
    answers = []
    for field in step.fields:
        said = texts.get(field.slug, "")
        if not said:
            continue
        if field.kind is Kind.DATE:
            said = date_format(date.fromisoformat(said), "j F Y")
        if field.kind is Kind.TICK:
            said = _("Yes") if said == TICKED else said
        answers.append(Answer(field.prompt or step.title, said[:1].upper() + said[1:]))
    return Section(step.title, texts.get(step.slug, "") if step.has_text else "", answers)


def ratings(entry: Entry) -> list[Rating]:
    """What was rated, in the words of the version that it was rated by."""
    confidence = next((step.confidence for step in entry.steps if step.confidence), None)
    if confidence is None:
        return []
    words = dict(confidence.scale)
    rated = {(one.item, one.moment): words.get(one.value, "") for one in entry.ratings.all()}
    return [
        Rating(text, rated.get((item, "going-in"), ""), rated.get((item, "now"), ""))
        for item, text in confidence.items
        if (item, "going-in") in rated or (item, "now") in rated
    ]


def tags(entry: Entry) -> list[Answer]:
    """The tags by kind, in words."""
    held = list(entry.tags.all())
    if not held:
        return []
    lists = {kind: dict(options) for kind, options in framework_lists().items()}
    answers = []
    for kind in TagKind:
        words = [lists[TAG_LISTS[kind]].get(tag.slug, tag.slug.replace("-", " ")) for tag in held if tag.kind == kind]
        if words:
            answers.append(Answer(str(TAG_WORDS[kind]), "; ".join(sorted(words))))
    return answers


def thread(entry: Entry) -> list[Entry]:
    """The entries that hang together with this one, oldest first: what it goes on from, and what goes on from it."""
    mine = {one.pk: one for one in Entry.objects.filter(author=entry.author_id).with_context()}
    first = mine[entry.pk]
    seen = {first.pk}
    while first.follows_id in mine and first.follows_id not in seen:
        first = mine[first.follows_id]
        seen.add(first.pk)
    found, waiting = [], [first]
    while waiting:
        one = waiting.pop(0)
        found.append(one)
        waiting += [other for other in mine.values() if other.follows_id == one.pk and other not in found]
    return sorted(found, key=lambda one: (one.started_at, one.pk))
