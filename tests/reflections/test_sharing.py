"""Sharing: the table of who sees what, walked through the pages; and every way of taking it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from reflections import actions
from reflections.domain.visibility import Reader, Sees, Visibility, sees
from reflections.models import Comment, Entry, Example, GroupShare, Opening, SharedLearning
from tests.factories import MembershipFactory
from tests.reflections.factories import (
    WORDS,
    WRITTEN,
    BreakGlassFactory,
    CommentFactory,
    EntryFactory,
    ExampleFactory,
    GroupFactory,
    write,
)

LATER = WRITTEN + timedelta(hours=1)


@pytest.fixture
def member(colleague):
    """Somebody of the author's group."""
    return colleague


@pytest.fixture
def group(author, school, member):
    return GroupFactory(school=school, by=author, people=[member])


@pytest.fixture
def readers(request, author, member):
    """Somebody of each kind of reader."""
    fixtures = {
        Reader.HEAD: "head",
        Reader.CORE_TEAM: "core_member",
        Reader.STAFF: "staff_member",
        Reader.OFFICER: "officer",
        Reader.COORDINATOR: "coordinator",
        Reader.SUPERUSER: "superuser",
        Reader.STRANGER: "stranger",
    }
    found = {reader: request.getfixturevalue(name) for reader, name in fixtures.items()}
    return {Reader.AUTHOR: author, Reader.GROUP_MEMBER: member, **found}


@pytest.fixture
def shared_as(entry, author, group):
    """The entry with this visibility."""

    def share(visibility):
        if visibility == Visibility.GROUP:
            actions.share_with_group(entry=entry, group=group, by=author, now=WRITTEN)
        if visibility == Visibility.LEARNING:
            words = {slug: WORDS[slug] for slug in ("so-what", "now-what")}
            actions.share_learning(entry=entry, words=words, may_stay=False, by=author, now=WRITTEN)
        return Entry.objects.get(pk=entry.pk)

    return share


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("reader", Reader)
def test_the_table_is_kept_on_the_pages(reader, visibility, readers, shared_as, as_user):
    entry = shared_as(visibility)
    client = as_user(readers[reader])

    whole = client.get(f"/reflections/{entry.pk}/")
    learning = SharedLearning.objects.filter(entry=entry).first()
    words = client.get(f"/reflections/learning/{learning.pk}/") if learning else None
    expected = sees(reader, visibility)

    assert (WORDS["what-happened"] in whole.content.decode()) is (expected is Sees.WHOLE)
    assert whole.status_code == (200 if expected is Sees.WHOLE else 404)
    if words is not None:
        may_read = expected in {Sees.LEARNING, Sees.WHOLE}
        assert (WORDS["now-what"] in words.content.decode()) is may_read
        assert WORDS["what-happened"] not in words.content.decode()
        assert words.status_code == (200 if may_read else 404)


class TestGroups:
    def test_whoever_joins_later_does_not_read_what_was_shared_before(self, shared_as, group, author, school, as_user):
        entry = shared_as(Visibility.GROUP)
        newcomer = MembershipFactory(staff=True, school=school).user
        actions.add_people(group=group, people=[newcomer], by=author, now=LATER)

        assert as_user(newcomer).get(f"/reflections/{entry.pk}/").status_code == 404
        later = EntryFactory(author=author, school=school, finished=True)
        actions.share_with_group(entry=later, group=group, by=author, now=LATER)
        assert as_user(newcomer).get(f"/reflections/{later.pk}/").status_code == 200

    def test_leaving_is_immediate_and_takes_back_what_one_has_shared(self, shared_as, group, author, member, as_user):
        entry = shared_as(Visibility.GROUP)
        hers = EntryFactory(author=member, school=group.school, finished=True)
        actions.share_with_group(entry=hers, group=group, by=member, now=WRITTEN)

        actions.leave_group(group=group, by=member, now=LATER)

        assert as_user(member).get(f"/reflections/{entry.pk}/").status_code == 404
        assert as_user(author).get(f"/reflections/{hers.pk}/").status_code == 404
        assert Entry.objects.get(pk=hers.pk).visibility == "private"

    def test_who_no_longer_works_at_the_school_reads_nothing(self, shared_as, member, as_user):
        entry = shared_as(Visibility.GROUP)
        member.memberships.update(ended=LATER)

        assert as_user(member).get(f"/reflections/{entry.pk}/").status_code == 404

    def test_any_member_of_staff_begins_one(self, staff_member, school, member, now):
        group = actions.create_group(name="Friday", school=school, people=[member], by=staff_member, now=now)

        assert {one.user for one in group.members.all()} == {staff_member, member}

    def test_only_people_of_the_school_are_in_it(self, staff_member, school, stranger, now):
        with pytest.raises(actions.UnableToAdd):
            actions.create_group(name="Friday", school=school, people=[stranger], by=staff_member, now=now)

    def test_only_those_in_it_add_others(self, group, head, staff_member, now):
        with pytest.raises(PermissionDenied):
            actions.add_people(group=group, people=[staff_member], by=head, now=now)

    def test_one_shares_only_with_a_group_that_one_is_in(self, entry, author, now):
        elsewhere = GroupFactory(school=entry.school)
        with pytest.raises(PermissionDenied):
            actions.share_with_group(entry=entry, group=elsewhere, by=author, now=now)

    def test_a_draft_is_not_shared(self, draft, author, group, now):
        with pytest.raises(actions.UnableToShare):
            actions.share_with_group(entry=draft, group=group, by=author, now=now)


class TestLearning:
    def test_is_a_snapshot(self, shared_as, author, now):
        entry = shared_as(Visibility.LEARNING)
        write(entry, author, now, so_what="Something else by now.")

        assert SharedLearning.objects.get().words["so-what"] == WORDS["so-what"]

    def test_names_nobody(self, shared_as, head, author, as_user):
        shared_as(Visibility.LEARNING)
        client = as_user(head)

        pages = [
            client.get("/reflections/learning/"),
            client.get(f"/reflections/learning/{SharedLearning.objects.get().pk}/"),
        ]
        assert all(str(author) not in page.content.decode() for page in pages)

    def test_never_holds_what_stops(self, entry, author, now):
        with pytest.raises(actions.UnableToSave):
            actions.share_learning(
                entry=entry, words={"so-what": "Write to jo@school.example"}, may_stay=False, by=author, now=now
            )

    def test_without_words_there_is_nothing_to_share(self, entry, author, now):
        with pytest.raises(actions.UnableToShare):
            actions.share_learning(entry=entry, words={"so-what": " "}, may_stay=False, by=author, now=now)

    def test_goes_with_its_entry(self, shared_as, author):
        actions.delete_entry(entry=shared_as(Visibility.LEARNING), by=author)

        assert not SharedLearning.objects.exists()


class TestTakingBack:
    @pytest.mark.parametrize("visibility", [Visibility.GROUP, Visibility.LEARNING])
    def test_works_at_once_for_everybody(self, visibility, shared_as, author, readers, as_user):
        entry = shared_as(visibility)
        answer = as_user(author).post(f"/reflections/{entry.pk}/share/")

        assert answer.status_code == 302
        assert Entry.objects.get(pk=entry.pk).visibility == "private"
        assert not GroupShare.objects.exists()
        assert not SharedLearning.objects.exists()
        for reader in set(Reader) - {Reader.AUTHOR}:
            assert as_user(readers[reader]).get(f"/reflections/{entry.pk}/").status_code == 404

    def test_nobody_else_takes_it_back_or_shares_it(self, shared_as, member, head, group, now):
        entry = shared_as(Visibility.GROUP)
        for user in (member, head):
            with pytest.raises(PermissionDenied):
                actions.make_private(entry=entry, by=user)
            with pytest.raises(PermissionDenied):
                actions.share_learning(entry=entry, words=dict(WORDS), may_stay=False, by=user, now=now)


class TestOpenings:
    def test_every_opening_by_somebody_else_is_listed_to_the_author(self, shared_as, author, member, as_user):
        entry = shared_as(Visibility.GROUP)
        as_user(member).get(f"/reflections/{entry.pk}/")
        as_user(member).get(f"/reflections/{entry.pk}/")
        page = as_user(author).get(f"/reflections/{entry.pk}/").content.decode()

        assert Opening.objects.filter(entry=entry, by=member, what="entry").count() == 2
        assert page.count(f"{member} opened the entry") == 2
        assert not Opening.objects.filter(by=author).exists()

    def test_of_shared_learning_too(self, shared_as, author, head, as_user):
        entry = shared_as(Visibility.LEARNING)
        as_user(head).get(f"/reflections/learning/{SharedLearning.objects.get().pk}/")

        assert f"{head} opened what you shared" in as_user(author).get(f"/reflections/{entry.pk}/").content.decode()

    def test_a_reader_is_not_told_who_else_has_read(self, shared_as, member, as_user):
        entry = shared_as(Visibility.GROUP)
        as_user(member).get(f"/reflections/{entry.pk}/")

        assert "opened the entry" not in as_user(member).get(f"/reflections/{entry.pk}/").content.decode()


class TestComments:
    def test_belong_to_shared_entries_alone(self, entry, author, now):
        with pytest.raises(PermissionDenied):
            actions.comment(entry=entry, text="To myself", by=author, now=now)

    def test_are_written_by_those_who_may_read(self, shared_as, member, head, author, now, as_user):
        entry = shared_as(Visibility.GROUP)
        actions.comment(entry=entry, text="I know that door.", by=member, now=now)

        assert "I know that door." in as_user(author).get(f"/reflections/{entry.pk}/").content.decode()
        with pytest.raises(PermissionDenied):
            actions.comment(entry=entry, text="Me too", by=head, now=now)

    def test_through_the_page(self, shared_as, member, as_user):
        entry = shared_as(Visibility.GROUP)
        client = as_user(member)
        asked = client.post(f"/reflections/{entry.pk}/comment/", {"text": "Mrs May was there."})
        assert "might be somebody’s name" in asked.content.decode()
        mark = asked.context["questions"][0].mark

        client.post(f"/reflections/{entry.pk}/comment/", {"text": "Mrs May was there.", "asked": mark})
        assert Comment.objects.get().text == "Mrs May was there."

    def test_never_hold_what_stops(self, shared_as, member, as_user):
        entry = shared_as(Visibility.GROUP)
        answer = as_user(member).post(f"/reflections/{entry.pk}/comment/", {"text": "jo@school.example"})

        assert "Take out the e-mail address" in answer.content.decode()
        assert not Comment.objects.exists()

    def test_after_taking_back_only_the_author_reads_them(self, author, as_user, prompts):
        comment = CommentFactory(text="Only for us.")
        actions.make_private(entry=comment.entry, by=comment.entry.author)

        assert "Only for us." in as_user(comment.entry.author).get(f"/reflections/{comment.entry.pk}/").content.decode()


class TestExamples:
    def test_each_step_has_a_name_and_a_time(self, entry, head, officer, coordinator, as_user, now):
        example = ExampleFactory(entry=entry)
        actions.agree_to_example(example=example, by=officer, now=now)
        actions.agree_to_example(example=example, by=head, now=now)
        actions.publish_example(example=example, words="Edited words.", by=coordinator, now=now)
        example = Example.objects.get()

        assert (example.proposed_by, example.agreed_by, example.officer, example.published_by) == (
            entry.author, head, officer, coordinator,
        )  # fmt: skip
        assert all((example.proposed_at, example.agreed_at, example.officer_at, example.published_at))
        page = as_user(coordinator).get(f"/reflections/examples/{example.pk}/").content.decode()
        assert str(head) in page
        assert "Edited words." in page

    def test_an_officer_alone_does_not_move_it_on(self, entry, officer, coordinator, now):
        example = ExampleFactory(entry=entry)
        actions.agree_to_example(example=example, by=officer, now=now)
        with pytest.raises(actions.UnableToMove, match="head teacher has not agreed"):
            actions.publish_example(example=example, words="Too soon", by=coordinator, now=now)

    @pytest.mark.parametrize("who", ["core_member", "staff_member", "coordinator", "stranger", "superuser"])
    def test_others_do_not_agree(self, who, request, entry, now):
        with pytest.raises(PermissionDenied):
            actions.agree_to_example(example=ExampleFactory(entry=entry), by=request.getfixturevalue(who), now=now)

    @pytest.mark.parametrize("who", ["head", "officer", "core_member", "staff_member", "superuser"])
    def test_others_do_not_publish(self, who, request, entry, now):
        example = ExampleFactory(entry=entry, agreed=True)
        with pytest.raises(PermissionDenied):
            actions.publish_example(example=example, words="Mine", by=request.getfixturevalue(who), now=now)

    @pytest.mark.parametrize(
        ("state", "readers"),
        [
            ("proposed", {"author", "head", "acting_head", "officer"}),
            ("agreed", {"author", "head", "acting_head", "officer", "coordinator"}),
            (
                "published",
                {"author", "head", "acting_head", "officer", "coordinator", "core_member", "staff_member", "stranger"},
            ),
        ],
    )
    def test_who_reads_it_on_its_way(self, state, readers, request, entry, as_user):
        everybody = {"author", "head", "acting_head", "core_member", "staff_member", "officer", "coordinator"}
        people = {name: request.getfixturevalue(name) for name in sorted(everybody | {"stranger", "superuser"})}
        example = ExampleFactory(entry=entry, agreed=state == "agreed", published=state == "published")

        assert {name for name, user in people.items() if Example.objects.visible_to(user).exists()} == readers
        for name, user in people.items():
            answer = as_user(user).get(f"/reflections/examples/{example.pk}/")
            assert answer.status_code == (200 if name in readers else 404)

    def test_the_author_takes_it_back_even_when_it_is_published(self, entry, author, stranger, as_user):
        example = ExampleFactory(entry=entry, published=True)
        as_user(author).post(f"/reflections/examples/{example.pk}/", {"act": "take_back"})

        assert not Example.objects.exists()
        assert as_user(stranger).get(f"/reflections/examples/{example.pk}/").status_code == 404

    def test_nobody_else_takes_it_back(self, entry, head, as_user):
        example = ExampleFactory(entry=entry)
        answer = as_user(head).post(f"/reflections/examples/{example.pk}/", {"act": "take_back"})

        assert answer.status_code == 403
        assert Example.objects.exists()


class TestExceptionalAccess:
    @pytest.fixture
    def asked(self, entry, officer):
        return BreakGlassFactory(entry=entry, at=WRITTEN)

    def test_one_person_opens_nothing(self, asked, officer, as_user):
        assert as_user(officer).get(f"/reflections/exceptional/{asked.pk}/entry/").status_code == 403
        as_user(officer).post(f"/reflections/exceptional/{asked.pk}/")
        assert as_user(officer).get(f"/reflections/exceptional/{asked.pk}/entry/").status_code == 403

    def test_two_people_open_it_for_a_day_and_the_author_is_told(self, asked, officer, coordinator, author, now):
        actions.agree_to_access(access=asked, by=coordinator, now=WRITTEN)
        asked.refresh_from_db()
        entry = actions.open_by_access(access=asked, by=officer, now=WRITTEN + timedelta(hours=23))

        assert entry == asked.entry
        assert Opening.objects.get(what="break_glass").by == officer
        with pytest.raises(PermissionDenied):
            actions.open_by_access(access=asked, by=officer, now=WRITTEN + timedelta(hours=24))

    def test_the_author_reads_who_when_and_why(self, asked, officer, coordinator, author, as_user):
        actions.agree_to_access(access=asked, by=coordinator, now=WRITTEN)
        page = as_user(author).get(f"/reflections/{asked.entry_id}/").content.decode()

        assert all(words in page for words in ("opened by exception", str(officer), str(coordinator), asked.reason))

    def test_unless_the_two_record_why_not(self, entry, coordinator, author, as_user):
        asked = BreakGlassFactory(entry=entry, untold_because="It would warn somebody.")
        actions.agree_to_access(access=asked, by=coordinator, now=WRITTEN)
        asked.refresh_from_db()
        actions.open_by_access(access=asked, by=coordinator, now=WRITTEN)

        assert "opened" not in as_user(author).get(f"/reflections/{asked.entry_id}/").content.decode()

    def test_a_third_person_does_not_get_in(self, asked, coordinator, now):
        actions.agree_to_access(access=asked, by=coordinator, now=WRITTEN)
        asked.refresh_from_db()
        third = MembershipFactory(coordinator=True).user
        with pytest.raises(PermissionDenied):
            actions.open_by_access(access=asked, by=third, now=WRITTEN)

    @pytest.mark.parametrize("who", ["head", "core_member", "staff_member", "stranger", "superuser"])
    def test_nobody_else_asks_or_agrees(self, who, request, entry, asked, now):
        user = request.getfixturevalue(who)
        with pytest.raises(PermissionDenied):
            actions.ask_for_access(entry=entry, reason="Because", untold_because="", by=user, now=now)
        with pytest.raises(PermissionDenied):
            actions.agree_to_access(access=asked, by=user, now=now)

    def test_through_the_pages(self, entry, officer, coordinator, as_user):
        client = as_user(officer)
        form = {"entry": entry.pk, "reason": "A request by law.", "untold_because": ""}
        asked = client.post("/reflections/exceptional/", form, follow=True)
        address = asked.request["PATH_INFO"]
        as_user(coordinator).post(address)

        assert WORDS["what-happened"] in client.get(f"{address}entry/").content.decode()

    def test_an_entry_elsewhere_cannot_be_asked_for(self, officer, school, as_user, prompts):
        elsewhere = EntryFactory(finished=True)
        form = {"entry": elsewhere.pk, "reason": "Curious", "untold_because": ""}

        assert "no such entry" in as_user(officer).post("/reflections/exceptional/", form).content.decode()
