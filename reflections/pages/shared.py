"""What the pages of shared things show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reflections.actions.entries import term_of
from reflections.domain import participation as domain
from reflections.domain.participation import Band
from reflections.domain.prompts import LEARNING
from reflections.domain.states import ExampleState, Opened
from reflections.forms.around import term_label
from reflections.models import BreakGlass, Entry, Example, Group, GroupShare, SharedLearning
from reflections.pages.own import Section
from schools.models import Membership, School
from schools.permissions import Permission, roles_with

OPENED_WORDS = {
    Opened.ENTRY: gettext_lazy("the entry"),
    Opened.LEARNING: gettext_lazy("what you shared of it"),
    Opened.EXAMPLE: gettext_lazy("the practice example"),
}
BAND_WORDS = {
    Band.TOO_FEW: gettext_lazy("Fewer than five people, so we say no more"),
    Band.UNDER_HALF: gettext_lazy("Under half of the people who work there"),
    Band.HALF_OR_MORE: gettext_lazy("Half or more of the people who work there"),
}


@dataclass(frozen=True)
class OpenedLine:
    """One time that somebody else opened something of an entry."""

    who: str
    what: str
    at: datetime


def openings(entry: Entry) -> list[OpenedLine]:
    """Everything that others have opened of an entry, newest first. Exceptional access is told apart (`accesses`)."""
    found = entry.openings.exclude(what=Opened.BREAK_GLASS).select_related("by").order_by("-at", "-pk")
    return [OpenedLine(str(one.by), str(OPENED_WORDS[Opened(one.what)]), one.at) for one in found]


def accesses(entry: Entry) -> list[BreakGlass]:
    """The exceptional access to an entry that its author is told of."""
    told = BreakGlass.objects.filter(entry=entry).told_to_author()
    return list(told.select_related("asked_by", "agreed_by").order_by("-agreed_at", "-pk"))


@dataclass(frozen=True)
class Shared:
    """What is shared of an entry now."""

    with_group: GroupShare | None
    learning: SharedLearning | None
    example: Example | None


def shared(entry: Entry) -> Shared:
    """With which group, which words, which example."""
    return Shared(
        GroupShare.objects.filter(entry=entry).select_related("group").first(),
        SharedLearning.objects.filter(entry=entry).first(),
        Example.objects.filter(entry=entry).first(),
    )


def people_of(group: Group) -> list[str]:
    """The names of those who are in a group, for which `members__user` has been fetched."""
    return sorted(str(member.user) for member in group.members.all() if member.left is None)


@dataclass(frozen=True)
class LearningLine:
    """One shared learning in a list: where and when, and nobody's name."""

    pk: int
    school: str
    term: str
    at: datetime


def learning_line(learning: SharedLearning) -> LearningLine:
    """The line of one."""
    term = term_label(learning.term) if learning.term else ""
    return LearningLine(learning.pk, learning.school.name, term, learning.shared_at)


def learning_sections(learning: SharedLearning) -> list[Section]:
    """The words, under the titles of the prompts that they answer."""
    titles = {"so-what": _("So what?"), "now-what": _("Now what?")}
    if learning.entry is not None:
        prompts = learning.entry.prompts
        titles = {slug: prompts.step(slug).title for slug in LEARNING}
    return [Section(titles[slug], learning.words[slug], []) for slug in LEARNING if learning.words.get(slug)]


def turn_of(example: Example) -> str:
    """What happens next to an example, in words."""
    return {
        ExampleState.PROPOSED: _("Waiting for the head teacher"),
        ExampleState.AGREED: _("Agreed. Waiting for the programme co-ordinator"),
        ExampleState.PUBLISHED: _("Published"),
    }[ExampleState(example.state)]


@dataclass(frozen=True)
class ParticipationRow:
    """One school: its band in words, and the number of entries where one may be said."""

    school: str
    band: str
    entries: int | None


def participation(schools: Iterable[School], *, today: date) -> tuple[str, list[ParticipationRow]]:
    """The term, and what may be said of each school in it. Nobody's name, and no number under five authors."""
    term = term_of(today)
    if term is None:
        return "", []
    schools = list(schools)
    ids = [school.pk for school in schools]
    counted: dict[int, Any] = {
        row["school"]: row
        for row in Entry.objects.finished()
        .filter(term=term, school__in=ids)
        .values("school")
        .annotate(authors=Count("author", distinct=True), entries=Count("pk"))
        .order_by()
    }
    working = Membership.objects.current().filter(school__in=ids, role__in=roles_with(Permission.WRITE_REFLECTION))
    staff = dict(working.values_list("school").annotate(Count("user", distinct=True)).order_by())
    return term_label(term), [_row(school, counted.get(school.pk), staff.get(school.pk, 0)) for school in schools]


def _row(school: School, counted: Any, staff: int) -> ParticipationRow:
    counted = counted or {"authors": 0, "entries": 0}
    said = domain.participation(authors=counted["authors"], entries=counted["entries"], staff=staff)
    return ParticipationRow(school.name, str(BAND_WORDS[said.band]), said.entries)
