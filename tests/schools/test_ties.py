from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from config import my_data
from readiness import actions as readiness_actions
from readiness.models import Audit
from schools import actions, ties
from schools.models import School, Tie
from schools.permissions import AT_SCHOOL, Permission, can, has_anywhere, is_too_close, require
from tests.factories import MembershipFactory, SchoolFactory, TieFactory, UserFactory
from tests.readiness.factories import AuditFactory

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 20)
TWO_YEARS_BEFORE = date(2024, 11, 20)


def says(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


class TestForHowLong:
    @pytest.mark.parametrize(
        ("day", "since"),
        [(DAY, TWO_YEARS_BEFORE), (date(2028, 2, 29), date(2026, 2, 28)), (date(2026, 2, 28), date(2024, 2, 28))],
    )
    def test_counts_since(self, day, since):
        assert ties.counts_since(day) == since

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    def test_both_ways_of_asking_agree_but_for_a_leap_day(self, last_day, day):
        said = last_day >= ties.counts_since(day)
        leap = (2, 29) in {(last_day.month, last_day.day), (day.month, day.day)}

        assert leap or said == (day <= ties.counts_until(last_day))


class TestTie:
    def test_tie_kind_is_known(self, refused, school):
        refused(TieFactory.build(user=UserFactory(), school=school, kind="liked_it"), by="tie_kind_is_known")

    def test_tie_withdrawn_at_and_by(self, refused, school, now):
        refused(TieFactory.build(user=UserFactory(), school=school, withdrawn_at=now), by="tie_withdrawn_at_and_by")

    def test_tie_once_per_school_and_kind(self, refused, school):
        first = TieFactory(school=school)

        refused(TieFactory.build(user=first.user, school=school), by="tie_once_per_school_and_kind")

    def test_tie_once_per_school_and_kind_leaves_out_what_was_a_mistake(self, school, coordinator, now):
        first = TieFactory(school=school, withdrawn_at=now, withdrawn_by=coordinator)

        assert TieFactory(user=first.user, school=school).pk

    @pytest.mark.parametrize(
        ("until", "counts"),
        [(None, True), (DAY, True), (TWO_YEARS_BEFORE, True), (TWO_YEARS_BEFORE - timedelta(days=1), False)],
    )
    def test_counts_while_it_goes_on_and_two_years_after(self, school, until, counts):
        tie = TieFactory(school=school, until=until)

        assert Tie.objects.counting(DAY).filter(pk=tie.pk).exists() is counts
        assert School.objects.close_to(tie.user, DAY).filter(pk=school.pk).exists() is counts

    def test_a_mistake_counts_no_more(self, school, coordinator, now):
        tie = TieFactory(school=school, withdrawn_at=now, withdrawn_by=coordinator)

        assert not School.objects.close_to(tie.user, DAY).exists()

    def test_is_seen_by_its_person_and_the_coordinator(self, school, officer, coordinator, head, nobody):
        TieFactory(school=school, user=officer)

        seen = [Tie.objects.visible_to(user).count() for user in (officer, coordinator, head, nobody)]
        assert seen == [1, 1, 0, 0]


class TestWhatRolesSay:
    @pytest.mark.parametrize("role", sorted(AT_SCHOOL))
    @pytest.mark.parametrize(
        ("ended", "counts"),
        [
            (None, True),
            (datetime(2024, 11, 20, 0, 0, tzinfo=LONDON), True),
            (datetime(2024, 11, 19, 23, 59, tzinfo=LONDON), False),
        ],
    )
    def test_who_works_there_or_did(self, school, role, ended, counts):
        user = MembershipFactory(role=role, school=school, ended=ended).user

        assert School.objects.close_to(user, DAY).filter(pk=school.pk).exists() is counts

    @pytest.mark.parametrize("who", ["officer", "school_officer", "coordinator"])
    def test_whoever_supports_it_does_not_work_there(self, request, school, who):
        assert not School.objects.close_to(request.getfixturevalue(who), DAY).exists()


class TestPermission:
    """The rule in the one place where permissions are."""

    def test_leaves_the_school_out_where_somebody_must_be_impartial(self, school, officer, locality):
        second = SchoolFactory(locality=locality)
        TieFactory(user=officer, school=school)

        assert list(School.objects.where(officer, Permission.REVIEW_AUDIT)) == [second]
        assert set(School.objects.where(officer, Permission.SEE_SUBMITTED_AUDIT)) == {school, second}

    def test_says_what_to_do(self, school, officer):
        TieFactory(user=officer, school=school)

        with pytest.raises(PermissionDenied, match="Ask the programme co-ordinator to give the school to another"):
            require(officer, Permission.REVIEW_AUDIT, school)

    def test_says_so_only_to_those_whose_role_it_is(self, school, head, stranger):
        TieFactory(user=stranger, school=school)

        for user in (head, stranger):
            assert not is_too_close(user, Permission.REVIEW_AUDIT, school)
            with pytest.raises(PermissionDenied, match="Your role at this school"):
                require(user, Permission.REVIEW_AUDIT, school)

    def test_somebody_elses_tie_is_not_ones_own(self, school, officer):
        TieFactory(school=school)

        assert can(officer, Permission.REVIEW_AUDIT, school)

    @pytest.mark.parametrize(("who", "has"), [("officer", True), ("school_officer", True), ("coordinator", False)])
    def test_has_anywhere(self, request, who, has):
        assert has_anywhere(request.getfixturevalue(who), Permission.REVIEW_AUDIT) is has

    @pytest.mark.parametrize("who", ["nobody", "superuser", "head"])
    def test_others_have_it_nowhere(self, request, db, who):
        assert not has_anywhere(request.getfixturevalue(who), Permission.REVIEW_AUDIT)

    def test_no_review_is_begun_by_somebody_too_close(self, school, officer, now):
        audit = AuditFactory(school=school, submitted=True)
        TieFactory(user=officer, school=school)

        with pytest.raises(PermissionDenied, match="within the last two years"):
            readiness_actions.begin_review(audit=audit, by=officer, now=now)

        assert Audit.objects.get(pk=audit.pk).state == "submitted"

    def test_the_page_says_the_same(self, as_user, school, officer):
        audit = AuditFactory(school=school, in_review=True)
        TieFactory(user=officer, school=school)

        client = as_user(officer)

        assert client.get(reverse("visit", args=[audit.pk])).status_code == 200
        response = client.get(reverse("visit_plan", args=[audit.pk]))
        assert response.status_code == 403
        assert "Ask the programme co-ordinator to give the school to another officer." in says(response)


class TestDeclare:
    def test_is_an_officers_word(self, school, officer, now):
        tie = actions.declare_tie(user=officer, school=school, kind="worked_there", until=DAY, now=now)

        assert Tie.objects.get() == tie
        assert (tie.user, tie.school, tie.until, tie.declared_at) == (officer, school, DAY, now)

    @pytest.mark.parametrize("who", ["head", "staff_member", "superuser"])
    def test_others_are_not_asked(self, request, school, who, now):
        with pytest.raises(actions.UnableToDeclare, match="You are not asked"):
            actions.declare_tie(
                user=request.getfixturevalue(who), school=school, kind="worked_there", until=None, now=now
            )

    def test_once_is_enough(self, school, officer, now):
        TieFactory(user=officer, school=school)

        with pytest.raises(actions.UnableToDeclare, match="already"):
            actions.declare_tie(user=officer, school=school, kind="worked_there", until=None, now=now)

    def test_the_last_day_is_not_to_come(self, school, officer, now):
        tomorrow = now.date() + timedelta(days=1)

        with pytest.raises(actions.UnableToDeclare, match="not come yet"):
            actions.declare_tie(user=officer, school=school, kind="worked_there", until=tomorrow, now=now)


class TestEnd:
    def test_writes_the_last_day_down_once(self, school, officer, now):
        tie = TieFactory(user=officer, school=school)

        actions.end_tie(tie=tie, until=DAY, by=officer, now=now)
        with pytest.raises(actions.UnableToDeclare, match="written down already"):
            actions.end_tie(tie=tie, until=date(2020, 1, 1), by=officer, now=now)

        assert Tie.objects.get().until == DAY

    def test_is_its_persons(self, school, officer, coordinator, now):
        tie = TieFactory(user=officer, school=school)

        with pytest.raises(actions.UnableToDeclare):
            actions.end_tie(tie=tie, until=DAY, by=coordinator, now=now)

    def test_the_last_day_is_not_to_come(self, school, officer, now):
        with pytest.raises(actions.UnableToDeclare, match="not come yet"):
            actions.end_tie(
                tie=TieFactory(user=officer, school=school), until=DAY + timedelta(days=1), by=officer, now=now
            )


class TestWithdraw:
    def test_is_the_coordinators(self, school, officer, coordinator, now):
        tie = TieFactory(user=officer, school=school)
        with pytest.raises(PermissionDenied):
            actions.withdraw_tie(tie=tie, by=officer, now=now)

        actions.withdraw_tie(tie=tie, by=coordinator, now=now)
        actions.withdraw_tie(tie=tie, by=MembershipFactory(coordinator=True).user, now=now + timedelta(days=1))

        tie = Tie.objects.get()
        assert (tie.withdrawn_by, tie.withdrawn_at) == (coordinator, now)
        assert can(officer, Permission.REVIEW_AUDIT, school)

    def test_nobody_takes_out_their_own(self, school, coordinator, now):
        with pytest.raises(actions.UnableToDeclare, match="another co-ordinator"):
            actions.withdraw_tie(tie=TieFactory(user=coordinator, school=school), by=coordinator, now=now)


class TestMyData:
    def test_holds_ones_ties(self, school, officer):
        TieFactory(user=officer, school=school)

        assert [row["school"] for row in my_data.held_about(officer)["ties to schools"]] == ["Sample Primary School"]

    def test_closing_the_account_forgets_them(self, school, officer, now):
        TieFactory(user=officer, school=school)

        my_data.close_account(user=officer, now=now)

        assert not Tie.objects.exists()
