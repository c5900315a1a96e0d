"""What the nightly command does, by time; and what the pages say of how many write."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from reflections import actions
from reflections.models import Entry, Opening, SharedLearning
from tests.factories import MembershipFactory, TermFactory
from tests.reflections.factories import WRITTEN, EntryFactory, OpeningFactory, SharedLearningFactory, write

DAY = timedelta(days=1)


@pytest.fixture
def night(django_capture_on_commit_callbacks):
    """The command's work on the evening so many days after the entries were written."""

    def run(days, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.keep_in_time(now=WRITTEN + DAY * days, **options)

    return run


def test_an_old_entry_goes_after_two_warnings(entry, author, night, mailoutbox):
    assert night(600)["warned"] == 0
    assert night(680)["warned"] == 1
    assert night(690)["warned"] == night(690)["warned again"] == 0
    assert night(720)["warned again"] == 1
    assert night(731)["entries deleted"] == 0
    assert night(735)["entries deleted"] == 1

    assert not Entry.objects.exists()
    assert [mail.to for mail in mailoutbox] == [[author.email]] * 2
    assert all("/reflections/" in mail.body for mail in mailoutbox)


def test_saving_it_again_starts_anew(entry, author, night):
    night(680)
    write(entry, author, WRITTEN + DAY * 681, so_what="Still true.")

    assert night(740) == {**night(740), "warned": 0, "warned again": 0, "entries deleted": 0}
    assert Entry.objects.get().warned_at is None


def test_a_dry_run_counts_and_does_nothing(entry, night, mailoutbox):
    assert night(680, dry_run=True)["warned"] == 1
    assert Entry.objects.get().warned_at is None
    assert mailoutbox == []


def test_one_e_mail_a_night_however_many_entries(author, school, night, mailoutbox):
    for _number in range(3):
        EntryFactory(author=author, school=school, finished=True)

    assert night(680)["warned"] == 3
    assert len(mailoutbox) == 1


def test_what_somebody_who_has_left_wrote_goes_after_ninety_days(entry, author, night):
    author.memberships.update(ended=WRITTEN)

    assert night(40)["warned"] == 1
    assert night(80)["warned again"] == 1
    assert night(95)["entries deleted"] == 1


def test_who_works_there_again_keeps_it(entry, author, school, night):
    author.memberships.update(ended=WRITTEN)
    MembershipFactory(core_team=True, school=school, user=author)

    assert night(95)["warned"] == 0


def test_learning_that_may_stay_stays_for_its_time(entry, author, night):
    SharedLearningFactory(entry=entry, may_stay=True)
    author.memberships.update(ended=WRITTEN)
    night(40)
    night(80)
    night(95)

    assert SharedLearning.objects.get().entry is None
    assert night(6 * 365 + 1)["learning deleted"] == 1
    assert not SharedLearning.objects.exists()


def test_openings_are_kept_for_a_year(entry, night):
    OpeningFactory(entry=entry)

    assert night(364)["openings deleted"] == 0
    assert night(366)["openings deleted"] == 1
    assert not Opening.objects.exists()


@pytest.mark.django_db
def test_the_command_says_how_many_and_names_nobody(entry, author):
    said = StringIO()
    call_command("keep_reflections", "--dry-run", stdout=said)
    call_command("keep_reflections", stdout=said)

    assert "Dry run. warned: 0" in said.getvalue()
    assert "entries deleted: 0" in said.getvalue()
    assert author.email not in said.getvalue()
    assert Entry.objects.exists()


class TestHowManyWrite:
    def page(self, client):
        return client.get("/reflections/participation/").content.decode()

    @pytest.fixture
    def written_by(self, school, session_2026, prompts):
        """So many people who have each finished an entry in a term that lasts for ever."""
        term = TermFactory(session=session_2026, starts=date(2000, 1, 1), ends=date(2999, 1, 1))

        def write(people):
            for _number in range(people):
                author = MembershipFactory(staff=True, school=school).user
                entry = EntryFactory(author=author, school=school, finished=True)
                Entry.objects.filter(pk=entry.pk).update(term=term)

        return write

    def test_four_authors_are_too_few_to_say_anything(self, written_by, head, as_user):
        written_by(4)
        page = self.page(as_user(head))

        assert "Fewer than five people" in page
        assert "Not shown" in page

    def test_from_five_on_there_is_a_number(self, written_by, officer, school, as_user):
        written_by(5)
        page = self.page(as_user(officer))

        assert "Half or more" in page
        assert ">5</td>" in page

    @pytest.mark.parametrize("who", ["staff_member", "stranger", "superuser"])
    def test_others_see_nothing_of_this_school(self, who, request, written_by, school, as_user):
        written_by(5)

        assert school.name not in self.page(as_user(request.getfixturevalue(who)))

    def test_a_draft_does_not_count(self, written_by, head, school, author, as_user):
        written_by(4)
        EntryFactory(author=author, school=school)

        assert "Fewer than five people" in self.page(as_user(head))
