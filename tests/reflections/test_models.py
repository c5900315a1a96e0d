from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from reflections.models import (
    BreakGlass,
    Confidence,
    Entry,
    EntryText,
    Example,
    FrozenError,
    Group,
    GroupMember,
    Opening,
    PromptsVersion,
    Reading,
    SharedLearning,
    Tag,
)
from schools.permissions import Role
from tests.factories import MembershipFactory, UserFactory
from tests.reflections.factories import (
    WRITTEN,
    BreakGlassFactory,
    ConfidenceFactory,
    EntryFactory,
    EntryTextFactory,
    ExampleFactory,
    GroupFactory,
    PromptSetFactory,
    PromptsVersionFactory,
    ReadingFactory,
    TagFactory,
)


@pytest.fixture
def unsaved(draft):
    """An entry that is not in the database yet, as it should be, with changes: `unsaved(state="lost")`."""

    def build(**changes):
        given = {
            "author": draft.author, "school": draft.school, "prompts_version": draft.prompts_version, "form": "full",
            "started_at": WRITTEN, "edited_at": WRITTEN,
        }  # fmt: skip
        return Entry(**{**given, **changes})

    return build


class TestEntry:
    def test_as_it_should_be_it_is_saved(self, unsaved):
        unsaved().save()

    @pytest.mark.parametrize(
        ("name", "changes"),
        [
            ("entry_form_exists", {"form": "long"}),
            ("entry_state_exists", {"state": "lost"}),
            ("entry_visibility_exists", {"visibility": "everybody"}),
            ("entry_wished_exists", {"wished": "everybody"}),
            ("entry_finished_at_when_finished", {"state": "finished", "no_names_checked": True}),
            ("entry_finished_at_when_finished", {"finished_at": WRITTEN}),
            ("entry_finished_without_names", {"state": "finished", "finished_at": WRITTEN}),
            ("entry_draft_is_private", {"visibility": "learning_only"}),
        ],
    )
    def test_the_database_refuses(self, unsaved, refused, name, changes):
        if name == "entry_state_exists":
            with pytest.raises(ValidationError):
                unsaved(**changes).validate_constraints()
            return
        refused(unsaved(**changes), by=name)

    def test_entry_does_not_follow_itself(self, draft):
        draft.follows = draft
        with pytest.raises(ValidationError, match="not itself"):
            draft.validate_constraints()

    def test_its_name_tells_nothing_of_its_author(self, draft):
        assert str(draft) == f"Entry {draft.pk}"

    def test_what_is_missing_is_said(self, author, school):
        empty = EntryFactory(author=author, school=school, words={})

        assert [step.slug for step in empty.missing()] == ["what-happened", "now-what"]


class TestParts:
    def test_entry_text_once_per_prompt(self, refused):
        text = EntryTextFactory()
        refused(EntryText(entry=text.entry, prompt=text.prompt, text="Twice"), by="entry_text_once_per_prompt")

    def test_confidence_once_per_item_and_moment(self, refused):
        one = ConfidenceFactory()
        again = Confidence(entry=one.entry, item=one.item, moment=one.moment, value=1)
        refused(again, by="confidence_once_per_item_and_moment")

    @pytest.mark.parametrize("value", [0, 6])
    def test_confidence_from_1_to_5(self, draft, refused, value):
        refused(Confidence(entry=draft, item="contain", moment="now", value=value), by="confidence_from_1_to_5")

    def test_confidence_moment_exists(self, draft, refused):
        refused(Confidence(entry=draft, item="contain", moment="later", value=3), by="confidence_moment_exists")

    def test_tag_once_per_entry(self, refused):
        tag = TagFactory()
        refused(Tag(entry=tag.entry, kind=tag.kind, slug=tag.slug), by="tag_once_per_entry")

    def test_tag_kind_exists(self, draft, refused):
        refused(Tag(entry=draft, kind="people", slug="jack"), by="tag_kind_exists")

    def test_reading_once_per_session(self, refused):
        one = ReadingFactory()
        again = Reading(user=one.user, session=one.session, lines_digest=one.lines_digest, at=WRITTEN)
        refused(again, by="reading_once_per_session")

    def test_opening_of_something(self, draft, refused):
        refused(Opening(entry=draft, by=UserFactory(), at=WRITTEN, what="drawer"), by="opening_of_something")


class TestGroups:
    def test_group_has_a_name(self, school, author, refused):
        group = Group(name="", school=school, created_by=author, created_at=WRITTEN)
        refused(group, by="group_has_a_name")

    def test_group_member_once(self, refused):
        group = GroupFactory()
        again = GroupMember(group=group, user=group.created_by, joined=WRITTEN, added_by=group.created_by)
        refused(again, by="group_member_once")

    def test_group_member_leaves_after_joining(self, refused):
        group, user = GroupFactory(), UserFactory()
        odd = GroupMember(group=group, user=user, joined=WRITTEN, added_by=user, left=WRITTEN - timedelta(days=1))
        refused(odd, by="group_member_leaves_after_joining")


class TestSharing:
    def test_shared_learning_stays_only_if_it_may(self, school, refused):
        learning = SharedLearning(school=school, words={}, shared_at=WRITTEN)
        refused(learning, by="shared_learning_stays_only_if_it_may")

    @pytest.mark.parametrize(
        ("name", "changes"),
        [
            ("example_agreed_at_and_by", {"agreed_at": WRITTEN, "state": "agreed"}),
            ("example_officer_and_when", {"officer_at": WRITTEN}),
            ("example_published_at_and_by", {"published_at": WRITTEN}),
            ("example_one_step_after_another", {"state": "published"}),
        ],
    )
    def test_an_example_goes_step_by_step(self, entry, name, changes):
        example = ExampleFactory(entry=entry)
        for field, value in changes.items():
            setattr(example, field, value)
        constraint = next(one for one in Example._meta.constraints if one.name == name)
        with pytest.raises(ValidationError):
            constraint.validate(Example, example)

    def test_example_state_exists(self, entry):
        constraint = next(one for one in Example._meta.constraints if one.name == "example_state_exists")
        example = ExampleFactory(entry=entry)
        example.state = "forgotten"
        with pytest.raises(ValidationError):
            constraint.validate(Example, example)

    def test_break_glass_has_a_reason(self, entry, refused):
        access = BreakGlass(entry=entry, reason="", asked_by=UserFactory(), asked_at=WRITTEN)
        refused(access, by="break_glass_has_a_reason")

    def test_break_glass_needs_two_people(self, entry, refused):
        one = UserFactory()
        alone = BreakGlass(
            entry=entry, reason="Alone", asked_by=one, asked_at=WRITTEN, agreed_by=one, agreed_at=WRITTEN,
            ends_at=WRITTEN + timedelta(hours=1),
        )  # fmt: skip
        refused(alone, by="break_glass_needs_two_people")

    def test_break_glass_ends(self, entry, refused):
        endless = BreakGlass(
            entry=entry, reason="Endless", asked_by=UserFactory(), asked_at=WRITTEN, agreed_by=UserFactory(),
            agreed_at=WRITTEN,
        )  # fmt: skip
        refused(endless, by="break_glass_ends")

    def test_break_glass_is_open_for_a_day(self, db):
        access = BreakGlassFactory(agreed=True)
        opened = BreakGlass.objects.filter(pk=access.pk)

        assert opened.open(WRITTEN + timedelta(hours=23, minutes=59)).exists()
        assert not opened.open(WRITTEN + timedelta(hours=24)).exists()


class TestPrompts:
    def test_prompts_version_number_once(self, refused):
        version = PromptsVersionFactory()
        again = PromptsVersion(
            prompt_set=version.prompt_set, number=1, document=version.document, digest="0" * 64, published_at=WRITTEN
        )
        refused(again, by="prompts_version_number_once")

    def test_a_version_is_frozen(self, db):
        version = PromptsVersionFactory()
        with pytest.raises(FrozenError):
            version.save()
        with pytest.raises(FrozenError):
            version.delete()
        with pytest.raises(FrozenError):
            PromptsVersion.objects.update(number=2)
        with pytest.raises(FrozenError):
            PromptsVersion.objects.all().delete()
        with pytest.raises(FrozenError):
            PromptsVersion.objects.bulk_update([version], ["number"])

    def test_a_draft_may_have_problems_and_a_live_text_may_not(self, db):
        prompts = PromptSetFactory()
        prompts.before_you_start = []
        prompts.may_be_unfinished = True
        prompts.clean()
        prompts.may_be_unfinished = False
        with pytest.raises(ValidationError, match="before they start"):
            prompts.clean()


def test_a_role_opens_no_entry(entry):
    for role in Role:
        user = MembershipFactory(
            role=role,
            **({"school": entry.school} if role not in {Role.OFFICER, Role.COORDINATOR} else {}),
            **({"locality": entry.school.locality} if role == Role.OFFICER else {}),
        ).user
        assert not Entry.objects.visible_to(user).exists()
