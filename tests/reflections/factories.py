"""Reflections for tests, written and shared by the product's own actions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from reflections import actions
from reflections.domain.prompts import Form
from reflections.domain.said import TICKED, seen_as
from reflections.models import (
    BreakGlass,
    Comment,
    Confidence,
    Entry,
    EntryText,
    Example,
    Group,
    GroupMember,
    GroupShare,
    Opening,
    PromptSet,
    PromptsVersion,
    Reading,
    SharedLearning,
    Tag,
)
from schools.models import Membership, School
from schools.permissions import Role
from tests.factories import LONG_AGO, MembershipFactory, SchoolFactory, SessionFactory, UserFactory
from tests.reflections.prompt_texts import document, published

WRITTEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
WORDS = {
    "what-happened": "Somebody waited by the door until it was quiet.",
    "so-what": "Waiting is doing something.",
    "now-what": "I will wait with them tomorrow.",
}


def write(entry: Entry, by: User, at: datetime, **words: str) -> Entry:
    """Write these words, a step each (`what_happened="…"`), as the pages do."""
    for name, text in words.items():
        step = entry.prompts.step(name.replace("_", "-"))
        kept = entry.said(step)
        said = {**kept, step.slug: text}
        actions.save_step(entry=entry, step=step, said=said, seen=seen_as(kept), by=by, now=at)
        entry = Entry.objects.with_context().get(pk=entry.pk)
    return entry


def say(entry: Entry, slug: str, by: User, at: datetime, **said: str) -> Entry:
    """Say something in a step (`visibility="private"`)."""
    step = entry.prompts.step(slug)
    kept = entry.said(step)
    words = {**kept, **{name.replace("_", "-"): value for name, value in said.items()}}
    actions.save_step(entry=entry, step=step, said=words, seen=seen_as(kept), by=by, now=at)
    return Entry.objects.with_context().get(pk=entry.pk)


def finish(entry: Entry, by: User, at: datetime) -> Entry:
    """Tick that there are no names, and finish."""
    entry = say(entry, "tags-and-sharing", by, at, **{"no-names-checked": TICKED})
    actions.finish(entry=entry, by=by, now=at)
    return Entry.objects.with_context().get(pk=entry.pk)


class PromptSetFactory(DjangoModelFactory):
    class Meta:
        model = PromptSet

    slug = factory.Sequence(lambda n: f"log-{n}")

    @classmethod
    def _create(cls, model_class: type[PromptSet], *, slug: str) -> PromptSet:
        text = document()
        text["reflection"]["slug"] = slug
        prompt_set = PromptSet(live=False)
        prompt_set.fill_from(text)
        prompt_set.save()
        prompt_set.save_revision().publish()
        prompt_set.refresh_from_db()
        return prompt_set


class PromptsVersionFactory(DjangoModelFactory):
    """Version 1 of some prompts."""

    class Meta:
        model = PromptsVersion

    slug = factory.Sequence(lambda n: f"some-log-{n}")

    @classmethod
    def _create(cls, model_class: type[PromptsVersion], *, slug: str) -> PromptsVersion:
        return published(LONG_AGO, slug=slug)


class EntryFactory(DjangoModelFactory):
    """A draft, or with `finished=True` a finished entry; by some member of staff unless an author is named."""

    class Meta:
        model = Entry

    class Params:
        finished = False

    author = None
    school = None
    form = Form.FULL
    at = WRITTEN
    follows = None
    words = factory.LazyFunction(lambda: dict(WORDS))
    is_finished = factory.SelfAttribute("finished")

    @classmethod
    def _create(
        cls,
        model_class: type[Entry],
        *,
        author: User | None,
        school: School | None,
        form: Form,
        at: datetime,
        follows: Entry | None,
        words: dict[str, str],
        is_finished: bool,
    ) -> Entry:
        if PromptsVersion.objects.latest_published() is None:
            published(LONG_AGO)
        author, school = _at_work(author, school)
        entry = actions.start_entry(author=author, school=school, form=form, now=at, follows=follows)
        entry = write(entry, author, at, **{slug.replace("-", "_"): text for slug, text in words.items()})
        return finish(entry, author, at) if is_finished else entry


def _at_work(author: User | None, school: School | None) -> tuple[User, School]:
    """Somebody who works at a school, and the school."""
    if author is None:
        school = school or SchoolFactory()
        return MembershipFactory(staff=True, school=school).user, school
    if school is None:
        role = Membership.objects.current().filter(user=author, school__isnull=False).order_by("pk").first()
        school = role.school if role else MembershipFactory(staff=True, user=author).school
    return author, school


class EntryTextFactory(DjangoModelFactory):
    class Meta:
        model = EntryText

    entry = factory.SubFactory(EntryFactory, words={})
    prompt = factory.Sequence(lambda n: f"prompt-{n}")
    text = "Some words."


class ConfidenceFactory(DjangoModelFactory):
    class Meta:
        model = Confidence

    entry = factory.SubFactory(EntryFactory, words={})
    item = "contain"
    moment = "now"
    value = 3


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    entry = factory.SubFactory(EntryFactory, words={})
    kind = "themes"
    slug = "safe-base"


class ReadingFactory(DjangoModelFactory):
    class Meta:
        model = Reading

    user = factory.SubFactory(UserFactory)
    session = factory.SubFactory(SessionFactory)
    lines_digest = "0" * 64
    at = LONG_AGO


class GroupFactory(DjangoModelFactory):
    """A group of some school, begun by somebody who works there; `people` are in it too."""

    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"Group {n}")
    school = None
    by = None
    people = ()
    at = WRITTEN - timedelta(days=1)

    @classmethod
    def _create(cls, model_class: type[Group], *, name: str, school: Any, by: Any, people: Any, at: datetime) -> Group:
        by, school = _at_work(by, school)
        return actions.create_group(name=name, school=school, people=people, by=by, now=at)


class GroupMemberFactory(DjangoModelFactory):
    """Somebody of the school who is added to a group."""

    class Meta:
        model = GroupMember

    group = factory.SubFactory(GroupFactory)
    user = factory.LazyAttribute(lambda member: MembershipFactory(staff=True, school=member.group.school).user)
    joined = WRITTEN
    added_by = factory.SelfAttribute("group.created_by")


class GroupShareFactory(DjangoModelFactory):
    """An entry shared with a group of its author's."""

    class Meta:
        model = GroupShare

    entry = factory.SubFactory(EntryFactory, finished=True)
    group = None
    at = WRITTEN

    @classmethod
    def _create(cls, model_class: type[GroupShare], *, entry: Entry, group: Any, at: datetime) -> GroupShare:
        group = group or GroupFactory(school=entry.school, by=entry.author)
        actions.share_with_group(entry=entry, group=group, by=entry.author, now=at)
        return GroupShare.objects.get(entry=entry)


class CommentFactory(DjangoModelFactory):
    """What the author writes to their own shared entry."""

    class Meta:
        model = Comment

    entry = factory.LazyFunction(lambda: GroupShareFactory().entry)
    text = "Thank you."
    at = WRITTEN

    @classmethod
    def _create(cls, model_class: type[Comment], *, entry: Entry, text: str, at: datetime) -> Comment:
        return actions.comment(entry=entry, text=text, by=entry.author, now=at)


class SharedLearningFactory(DjangoModelFactory):
    """The learning of a finished entry."""

    class Meta:
        model = SharedLearning

    entry = factory.SubFactory(EntryFactory, finished=True)
    words = factory.LazyFunction(lambda: {"so-what": WORDS["so-what"], "now-what": WORDS["now-what"]})
    may_stay = False
    at = WRITTEN

    @classmethod
    def _create(cls, model_class: type[SharedLearning], *, entry, words, may_stay, at) -> SharedLearning:
        return actions.share_learning(entry=entry, words=words, may_stay=may_stay, by=entry.author, now=at)


class ExampleFactory(DjangoModelFactory):
    """A proposed example, or with `agreed=True` or `published=True` what became of it."""

    class Meta:
        model = Example

    entry = factory.SubFactory(EntryFactory, finished=True)
    words = "We waited at the door, and it helped."
    agreed = False
    published = False
    at = WRITTEN

    @classmethod
    def _create(cls, model_class: type[Example], *, entry, words, agreed, published, at) -> Example:
        example = actions.propose_example(entry=entry, words=words, by=entry.author, now=at)
        if agreed or published:
            roles = Membership.objects.current().filter(school=entry.school, role=Role.HEAD)
            role = roles.first() or MembershipFactory(head=True, school=entry.school)
            actions.agree_to_example(example=example, by=role.user, now=at)
        if published:
            coordinator = MembershipFactory(coordinator=True).user
            actions.publish_example(example=example, words=f"{words} (edited)", by=coordinator, now=at)
        return Example.objects.get(pk=example.pk)


class OpeningFactory(DjangoModelFactory):
    class Meta:
        model = Opening

    entry = factory.SubFactory(EntryFactory, words={})
    by = factory.SubFactory(UserFactory)
    at = WRITTEN
    what = "entry"


class BreakGlassFactory(DjangoModelFactory):
    """A request by the locality's officer, or with `agreed=True` one that a co-ordinator has agreed to."""

    class Meta:
        model = BreakGlass

    entry = factory.SubFactory(EntryFactory, finished=True)
    reason = "A request by law."
    untold_because = ""
    agreed = False
    at = WRITTEN

    @classmethod
    def _create(cls, model_class: type[BreakGlass], *, entry, reason, untold_because, agreed, at) -> BreakGlass:
        locality = entry.school.locality
        roles = Membership.objects.current().filter(locality=locality, role=Role.OFFICER)
        role = roles.first() or MembershipFactory(officer=True, locality=locality)
        access = actions.ask_for_access(entry=entry, reason=reason, untold_because=untold_because, by=role.user, now=at)
        if agreed:
            actions.agree_to_access(access=access, by=MembershipFactory(coordinator=True).user, now=at)
        return BreakGlass.objects.get(pk=access.pk)
