"""Writing: what the actions keep, refuse and settle."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from reflections import actions
from reflections.domain.prompts import Form
from reflections.domain.said import seen_as
from reflections.models import Entry, EntryText, PromptsVersion
from tests.factories import MembershipFactory
from tests.reflections.factories import EntryFactory, finish, say, write

CHRISTMAS = datetime(2026, 12, 28, 15, 0, tzinfo=ZoneInfo("Europe/London"))


class TestStarting:
    def test_a_new_entry_is_a_private_empty_draft_in_the_term_of_today(self, author, school, terms, now):
        entry = actions.start_entry(author=author, school=school, form=Form.SHORT, now=now)

        assert (entry.state, entry.visibility, entry.term) == ("draft", "private", terms[0])
        assert entry.texts_by_slug == {}

    def test_in_the_christmas_gap_it_belongs_to_the_first_term(self, author, school, terms):
        entry = actions.start_entry(author=author, school=school, form=Form.FULL, now=CHRISTMAS)

        assert entry.term == terms[0]

    def test_before_any_term_is_known_it_has_none(self, author, school, now):
        assert actions.start_entry(author=author, school=school, form=Form.FULL, now=now).term is None

    @pytest.mark.parametrize("who", ["officer", "coordinator", "stranger", "superuser", "nobody"])
    def test_only_people_who_work_there_write(self, who, request, school, prompts, now):
        with pytest.raises(PermissionDenied):
            actions.start_entry(author=request.getfixturevalue(who), school=school, form=Form.FULL, now=now)

    @pytest.mark.parametrize("who", ["head", "acting_head", "core_member", "staff_member"])
    def test_everybody_who_works_there_does(self, who, request, school, prompts, now):
        assert actions.start_entry(author=request.getfixturevalue(who), school=school, form=Form.FULL, now=now).pk

    def test_it_goes_on_only_from_an_entry_of_ones_own(self, entry, colleague, school, now):
        with pytest.raises(PermissionDenied):
            actions.start_entry(author=colleague, school=school, form=Form.FULL, now=now, follows=entry)

    def test_without_prompts_it_says_so(self, staff_member, school, now):
        with pytest.raises(actions.UnableToStart, match="not ready"):
            actions.start_entry(author=staff_member, school=school, form=Form.FULL, now=now)

    def test_an_entry_keeps_the_prompts_that_it_was_written_to(self, draft, now):
        newest = PromptsVersion.objects.latest_published()
        document = {"reflection": {**newest.document["reflection"], "version": "2.0", "title": "Newer"}}
        actions.load_prompts(document=document, now=now + timedelta(days=1))

        assert PromptsVersion.objects.latest_published().as_prompts().title == "Newer"
        assert Entry.objects.get(pk=draft.pk).prompts.title == "Time to reflect"


class TestSaving:
    def test_an_emptied_text_leaves_no_row(self, draft, author, now):
        write(draft, author, now, so_what="")

        assert not EntryText.objects.filter(entry=draft, prompt="so-what").exists()

    def test_saving_the_same_again_writes_nothing(self, draft, author, now, django_assert_num_queries):
        step = draft.prompts.step("so-what")
        kept = Entry.objects.get(pk=draft.pk).said(step)
        with django_assert_num_queries(4):  # savepoint, entry, its texts, release
            actions.save_step(entry=draft, step=step, said=kept, seen=seen_as(kept), by=author, now=now)

    def test_two_windows_never_write_over_each_other_unseen(self, draft, author, now):
        step = draft.prompts.step("so-what")
        seen = seen_as(draft.said(step))
        actions.save_step(entry=draft, step=step, said={"so-what": "From one"}, seen=seen, by=author, now=now)

        with pytest.raises(actions.ChangedMeanwhile) as clash:
            actions.save_step(entry=draft, step=step, said={"so-what": "From two"}, seen=seen, by=author, now=now)
        assert clash.value.theirs == {"so-what": "From one"}
        assert EntryText.objects.get(entry=draft, prompt="so-what").text == "From one"

    def test_nobody_else_writes_in_it(self, draft, colleague, head, superuser, now):
        step = draft.prompts.step("so-what")
        for user in (colleague, head, superuser):
            with pytest.raises(PermissionDenied):
                actions.save_step(
                    entry=draft, step=step, said={"so-what": "Mine"}, seen=seen_as(draft.said(step)), by=user, now=now
                )

    @pytest.mark.parametrize("text", ["jo@school.example", "ML1 1AA", "CHI 0102031234"])
    def test_what_must_never_be_kept_is_refused(self, draft, author, now, text):
        with pytest.raises(actions.UnableToSave):
            write(draft, author, now, so_what=text)
        assert text not in str(list(EntryText.objects.values_list("text", flat=True)))

    def test_a_name_is_asked_about_and_can_be_kept(self, draft, author, now):
        assert write(draft, author, now, so_what="The boy Jack smiled.").texts_by_slug["so-what"].endswith("smiled.")

    def test_ratings_and_tags_are_rows(self, draft, author, now):
        entry = say(draft, "confidence", author, now, **{"contain-going-in": "2", "contain-now": "4"})
        entry = say(entry, "tags-and-sharing", author, now, themes="safe-base,time-and-fit", solihull="containment")

        assert {(r.item, r.moment, r.value) for r in entry.ratings.all()} == {
            ("contain", "going-in", 2),
            ("contain", "now", 4),
        }
        assert {(tag.kind, tag.slug) for tag in entry.tags.all()} == {
            ("themes", "safe-base"),
            ("themes", "time-and-fit"),
            ("solihull", "containment"),
        }
        entry = say(entry, "tags-and-sharing", author, now, themes="", solihull="containment")
        assert entry.tags.count() == 1

    def test_what_is_wished_opens_nothing(self, draft, author, now):
        entry = say(draft, "tags-and-sharing", author, now, visibility="learning_only")

        assert (entry.wished, entry.visibility) == ("learning_only", "private")


class TestTerms:
    @pytest.mark.parametrize(
        ("day", "term"),
        [("2026-12-28", 0), ("2026-12-18", 0), ("2027-01-05", 1), ("2027-04-10", 1), ("2027-06-30", 2)],
    )
    def test_the_day_places_an_entry(self, draft, author, now, terms, day, term):
        assert say(draft, "setting", author, now, happened_on=day).term == terms[term]

    def test_the_author_may_place_it_and_no_change_of_dates_moves_it(self, draft, author, now, terms):
        entry = say(draft, "setting", author, now, happened_on="2026-12-28", term=str(terms[1].pk))
        terms[1].starts = date(2027, 1, 11)
        terms[1].save()

        assert actions.place_in_terms() == 0
        entry.refresh_from_db()
        assert (entry.term, entry.term_set_by_hand) == (terms[1], True)

    def test_what_was_worked_out_follows_the_dates(self, author, school, now, terms):
        entry = EntryFactory(author=author, school=school)
        say(entry, "setting", author, now, happened_on="2027-01-06")
        terms[1].starts = date(2027, 1, 11)
        terms[1].save()

        assert actions.place_in_terms() == 1
        entry.refresh_from_db()
        assert entry.term == terms[0]
        assert actions.place_in_terms() == 0

    def test_a_term_that_goes_takes_no_entry_with_it(self, draft, terms):
        actions.place_in_terms()
        terms[0].delete()

        assert Entry.objects.get(pk=draft.pk).term is None


class TestFinishing:
    def test_needs_its_steps_and_the_tick(self, author, school, now):
        entry = EntryFactory(author=author, school=school, words={"what-happened": "A calm start."})
        with pytest.raises(actions.UnableToFinish, match="Now what") as refusal:
            actions.finish(entry=entry, by=author, now=now)
        assert [step.slug for step in refusal.value.missing] == ["now-what"]

        entry = write(entry, author, now, now_what="Wait.")
        with pytest.raises(actions.UnableToFinish, match="Tick"):
            actions.finish(entry=entry, by=author, now=now)
        assert not Entry.objects.finished().exists()

        assert finish(entry, author, now).is_finished

    def test_twice_is_once(self, entry, author, now):
        actions.finish(entry=entry, by=author, now=now + timedelta(days=1))

        assert Entry.objects.get(pk=entry.pk).finished_at == entry.finished_at

    def test_it_stays_private(self, entry):
        assert entry.visibility == "private"

    def test_nobody_else_finishes_it(self, draft, head, now):
        with pytest.raises(PermissionDenied):
            actions.finish(entry=draft, by=head, now=now)


class TestDeleting:
    def test_everything_goes(self, entry, author):
        actions.delete_entry(entry=entry, by=author)

        assert not Entry.objects.exists()
        assert not EntryText.objects.exists()

    def test_what_goes_on_from_it_stays(self, entry, author, school):
        later = EntryFactory(author=author, school=school, follows=entry)
        actions.delete_entry(entry=entry, by=author)

        assert Entry.objects.get(pk=later.pk).follows is None

    def test_nobody_else_deletes_it(self, entry, head, superuser):
        for user in (head, superuser, MembershipFactory(coordinator=True).user):
            with pytest.raises(PermissionDenied):
                actions.delete_entry(entry=entry, by=user)
