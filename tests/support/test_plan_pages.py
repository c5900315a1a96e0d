"""A plan on the page, on paper, in a calendar: what each shows, and what it asks of the database."""

import io
from datetime import timedelta

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from support import actions, ics
from support.models import PlanTheme, Review, Step
from tests.factories import MembershipFactory
from tests.support.factories import (
    AGREED,
    ChosenOfferFactory,
    PlanFactory,
    ReviewFactory,
    StepFactory,
    ready_to_agree,
    reviewer,
)

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def plan():
    return PlanFactory(agreed_at=timezone.now() - timedelta(days=60))


@pytest.fixture
def theme(plan):
    return PlanTheme.objects.get(plan=plan, theme="time-and-fit")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def head(plan):
    return plan.audit.started_by


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser").main


def words(page):
    return page.get_text(" ", strip=True)


class TestThePage:
    def test_steps_are_due_and_overdue_in_words(self, plan, theme, head, today, as_user):
        for days, text in ((-21, "Book the hall."), (5, "Ring the cluster."), (0, "Write to families.")):
            StepFactory(theme=theme, text=text, due_on=today + timedelta(days=days))
        said = words(read(as_user(head), f"/plans/{plan.pk}/"))
        for each in ("3 weeks overdue", "Due in 5 days", "Due today", "1 step is overdue."):
            assert each in said
        first = said.index("What comes next")
        assert first < said.index("Book the hall.") < said.index("Write to families.") < said.index("Ring the cluster.")

    def test_what_is_done_says_what_happened_and_by_whom(self, plan, theme, head, as_user):
        StepFactory(theme=theme, status="done", done_on=AGREED.date(), outcome="Both days are booked.", by=head)
        said = words(read(as_user(head), f"/plans/{plan.pk}/"))
        assert "Done on 21 November 2026" in said
        assert "Both days are booked." in said
        assert f"({head})" in said

    def test_a_tier_that_differs_says_why(self, plan, theme, head, as_user):
        day = {"review_on": AGREED.date()}
        PlanTheme.objects.filter(pk=theme.pk).update(tier_agreed="universal", reason="A new head starts.", **day)
        said = words(read(as_user(head), f"/plans/{plan.pk}/"))
        assert "The answers gave Targeted. Universal was agreed: A new head starts." in said

    def test_two_intensive_themes_and_those_that_wait(self, head, as_user):
        plan = PlanFactory(audit=ready_to_agree(level=1))
        page = read(as_user(plan.agreed_by), f"/plans/{plan.pk}/")
        headings = [one.get_text(strip=True) for one in page.find_all(["h2", "h3"])]
        now, then = headings.index("Intensive"), headings.index("Intensive: next, when there is room")
        assert headings[now + 1 : then] == ["Leadership and purpose", "Time, people and fit"]
        assert len(headings[then + 1 : headings.index("Take it with you")]) == 6

    def test_a_closed_theme_and_what_its_review_said(self, plan, theme, head, today, as_user):
        ReviewFactory(theme=theme, held=True, held_on=today, decision="by_agreement", note="It goes on alone.")
        Review.objects.filter(theme=theme, held_on=None).delete()
        PlanTheme.objects.filter(pk=theme.pk).update(closed_on=today, closed_by=plan.agreed_by)
        said = words(read(as_user(head), f"/plans/{plan.pk}/"))
        for each in ("Closed", "Targeted support closed on", "It goes on alone.", "The support closed by agreement."):
            assert each in said

    def test_who_may_do_what_with_it(self, plan, theme, head, coordinator, as_user):
        works, reviews, reads = (
            read(as_user(user), f"/plans/{plan.pk}/") for user in (head, plan.agreed_by, coordinator)
        )
        assert "Tick off" in words(works)
        assert "Hold the review" not in words(works)
        assert {"Tick off", "Hold the review"} <= {
            one.contents[0].strip() for one in reviews.find_all("a") if isinstance(one.contents[0], str)
        }
        assert not {"Tick off", "Add a step"} & set(words(reads).split(":"))
        assert reads.find("form") is None

    def test_a_plan_that_is_over_is_read_only(self, plan, head, as_user):
        later = ready_to_agree(level=3, school=plan.audit.school, started_at=timezone.now())
        new = actions.agree(audit=later, by=reviewer(later), now=timezone.now())
        said = words(read(as_user(head), f"/plans/{plan.pk}/"))
        assert "A later plan has taken the place of this one." in said
        assert "Tick off" not in said
        assert [one["href"] for one in read(as_user(head), "/plans/").select(".card a")] == [f"/plans/{new.pk}/"]

    def test_the_queries_do_not_grow_with_steps(self, plan, theme, as_user):
        client = as_user(plan.agreed_by)

        def queries():
            with CaptureQueriesContext(connection) as made:
                assert client.get(f"/plans/{plan.pk}/").status_code == 200
            return len(made)

        client.get(f"/plans/{plan.pk}/")  # warm
        before = queries()
        for each in PlanTheme.objects.filter(plan=plan):
            for _step in range(5):
                StepFactory(theme=each, offer=ChosenOfferFactory(theme=each).offer)
            ReviewFactory(theme=each, held=True)
        assert queries() == before <= MOST


class TestTheList:
    def test_every_school_once_by_name_with_what_is_to_do(self, plan, theme, today, as_user):
        StepFactory(theme=theme, due_on=today - timedelta(days=1))
        other = PlanFactory(audit=ready_to_agree(level=2, school__locality=plan.audit.school.locality))
        cards = read(as_user(plan.agreed_by), "/plans/").select(".card")
        assert [card.a.get_text() for card in cards] == sorted([plan.audit.school.name, other.audit.school.name])
        mine = next(card for card in cards if card.a.get_text() == plan.audit.school.name)
        assert "3 steps to do, 1 overdue" in words(mine)

    def test_it_is_empty_for_those_who_have_none(self, stranger, as_user):
        assert "There is no plan yet." in words(read(as_user(stranger), "/plans/"))

    def test_its_queries_do_not_grow_with_plans(self, plan, as_user):
        client = as_user(plan.agreed_by)
        counts = []
        for _turn in range(2):
            client.get("/plans/")
            with CaptureQueriesContext(connection) as made:
                client.get("/plans/")
            counts.append(len(made))
            PlanFactory(audit=ready_to_agree(level=2, school__locality=plan.audit.school.locality))
        assert counts[0] == counts[1] <= 5


class TestOnPaper:
    def test_the_pdf_is_accessible_and_says_what_the_page_says(self, plan, theme, head, as_user):
        StepFactory(theme=theme, status="done", done_on=AGREED.date(), outcome="Both days are booked.")
        plan.stop_or_pause = "The spelling project."
        plan.save()
        answer = as_user(head).get(f"/plans/{plan.pk}/plan.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert 'filename="support-plan-' in answer["Content-Disposition"]
        reader = pypdf.PdfReader(io.BytesIO(answer.content))
        assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
        text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        school = plan.audit.school.name
        for each in (f"Support plan {school}", "The spelling project.", "Both days are booked.", "Next review:"):
            assert each in text

    def test_it_is_the_same_bytes_again(self, plan, head, as_user):
        first, second = (as_user(head).get(f"/plans/{plan.pk}/plan.pdf").content for _each in range(2))
        assert first == second

    def test_what_a_person_typed_is_never_markup(self, plan, theme, head, as_user):
        StepFactory(theme=theme, text='#read("/etc/passwd") *not bold* <script>', outcome="\x07 \ue000", who="$x$")
        assert as_user(head).get(f"/plans/{plan.pk}/plan.pdf").status_code == 200


class TestTheCalendar:
    @pytest.fixture
    def feed(self, as_user, client):
        """What the calendar of this person reads, without signing in."""

        def read_it(user):
            token = actions.make_calendar_feed(by=user, now=timezone.now())
            return client.get(f"/calendar/{token}.ics")

        return read_it

    def events(self, answer):
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        return {str(one["UID"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}

    def test_a_step_is_an_all_day_event_that_names_the_school_and_no_more(self, plan, theme, head, today, feed):
        day = today + timedelta(days=5)
        step = StepFactory(theme=theme, text="Speak to the union.", who="Depute", outcome="Not yet.", due_on=day)
        answer = feed(head)
        event = self.events(answer)[f"step-{step.pk}@127.0.0.1"]
        assert str(event["SUMMARY"]) == f"Step due: {plan.audit.school.name}"
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (day, day + timedelta(days=1))
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert str(event["URL"]).endswith(f"/plans/{plan.pk}/#step-{step.pk}")
        for secret in ("union", "Depute", "Not yet", "Targeted"):
            assert secret not in answer.content.decode()

    def test_reviews_of_one_day_are_one_event(self, plan, head, feed):
        days = set(Review.objects.values_list("planned_on", flat=True))
        reviews = [uid for uid in self.events(feed(head)) if "review" in uid]
        assert len(reviews) == len(days) < 8

    def test_it_is_the_same_again_and_moves_with_its_step(self, theme, head, today, feed):
        step = StepFactory(theme=theme, due_on=today + timedelta(days=5))
        first = feed(head)
        assert feed(head).content == first.content
        Step.objects.filter(pk=step.pk).update(due_on=today + timedelta(days=7))
        then, now = self.events(first), self.events(feed(head))
        assert set(then) == set(now)
        moved = {uid for uid in then if then[uid]["DTSTART"].dt != now[uid]["DTSTART"].dt}
        assert moved == {f"step-{step.pk}@127.0.0.1"}

    def test_what_is_done_dropped_or_over_is_not_in_it(self, plan, theme, head, feed):
        StepFactory(theme=theme, status="done", done_on=AGREED.date(), outcome="Yes.")
        StepFactory(theme=theme, status="dropped", outcome="No.")
        assert sum("step" in uid for uid in self.events(feed(head))) == Step.objects.to_do().count()
        later = ready_to_agree(level=3, school=plan.audit.school, started_at=timezone.now())
        new = actions.agree(audit=later, by=reviewer(later), now=timezone.now())
        found = self.events(feed(head))
        assert found
        assert all(str(event["URL"]).endswith(f"/plans/{new.pk}/") or "step" in uid for uid, event in found.items())

    def test_it_holds_the_plans_that_its_person_may_read(self, plan, coordinator, stranger, feed):
        staff = MembershipFactory(staff=True, school=plan.audit.school).user
        assert self.events(feed(plan.agreed_by))
        assert self.events(feed(coordinator))
        assert self.events(feed(staff)) == {}
        assert self.events(feed(stranger)) == {}

    def test_no_more_when_their_role_has_ended(self, plan, head, feed):
        assert self.events(feed(head))
        head.memberships.update(ended=timezone.now())
        assert self.events(feed(head)) == {}

    @pytest.mark.parametrize("token", ["wrong", "%00", "a" * 300])
    def test_a_wrong_token_is_not_found(self, client, token):
        assert client.get(f"/calendar/{token}.ics").status_code == 404

    def test_names_are_escaped_and_long_lines_folded(self, plan, theme, head, feed):
        school = plan.audit.school
        school.name = "St Mary’s; a, b\\c and a name that goes on for far longer than one line of a calendar may be"
        school.save()
        raw = feed(head).content
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        assert b"St Mary\xe2\x80\x99s\\; a\\, b\\\\c" in raw.replace(b"\r\n ", b"")
        assert any(str(one["SUMMARY"]).endswith(school.name) for one in Calendar.from_ical(raw).walk("VEVENT"))

    def test_its_queries_do_not_grow(self, plan, theme, head, client):
        token = actions.make_calendar_feed(by=head, now=timezone.now())
        counts = []
        for _turn in range(2):
            with CaptureQueriesContext(connection) as made:
                client.get(f"/calendar/{token}.ics")
            counts.append(len(made))
            for each in PlanTheme.objects.filter(plan=plan):
                StepFactory(theme=each)
        assert counts[0] == counts[1] <= 5

    def test_the_page_shows_the_address_once(self, plan, head, as_user, client):
        browser = as_user(head)
        assert "You have no calendar address." in words(read(browser, "/calendar/"))
        made = BeautifulSoup(browser.post("/calendar/", {"do": "make"}).content, "html.parser").main
        address = made.find("input", id="calendar-address")["value"]
        assert client.get(address).status_code == 200
        page = read(browser, "/calendar/")
        assert "You have an address" in words(page)
        assert page.find("input", id="calendar-address") is None
        browser.post("/calendar/", {"do": "end"})
        assert client.get(address).status_code == 404
        assert "no-store" in browser.get("/calendar/")["Cache-Control"]

    def test_an_empty_calendar_is_one_all_the_same(self):
        assert ics.render([], []).startswith(b"BEGIN:VCALENDAR\r\n")
