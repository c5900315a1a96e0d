from datetime import date, timedelta

import pytest

from config import my_data
from support.models import Visit
from support.panels import visits as panels
from tests.factories import SchoolFactory
from tests.readiness.factories import AuditFactory
from tests.support.consistency.factories import DecisionFactory, RatingFactory, RoundFactory
from tests.support.visits.factories import VisitCommentFactory, VisitDrawFactory, VisitFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


@pytest.fixture
def audit(school, head, officer):
    return AuditFactory(school=school, in_review=True)


def rows_for(user, *, today=DAY, **narrowed):
    return [
        (row.school, row.what)
        for panel in panels.visits_and_rounds(user, today=today, **narrowed)
        if isinstance(panel, panels.Visits)
        for row in panel.rows
    ]


class TestVisits:
    @pytest.mark.parametrize(
        ("until", "officer_says", "head_says"),
        [
            ("planned", "Write the note, and show it to the head teacher.", "Planned."),
            ("written", "Write the note, and show it to the head teacher.", "Planned."),
            (
                "shown",
                "The note is waiting for the head teacher.",
                "The note of the visit is waiting for you to read it.",
            ),
            ("read", "The head teacher has read the note. You can make it final.", None),
            ("final", None, None),
        ],
    )
    def test_say_what_is_to_be_done(self, audit, officer, head, until, officer_says, head_says):
        VisitFactory(audit=audit, on=DAY, until=until)

        for user, said in ((officer, officer_says), (head, head_says)):
            assert rows_for(user) == ([("Sample Primary School", said)] if said else [])

    def test_before_their_day_there_is_nothing_to_do(self, audit, officer):
        VisitFactory(audit=audit, on=DAY)

        assert rows_for(officer, today=DAY - timedelta(days=1)) == [("Sample Primary School", "Planned.")]

    def test_others_have_nothing_to_do(self, audit, coordinator, core_member, stranger):
        VisitFactory(audit=audit, shown=True)

        assert [rows_for(user) for user in (coordinator, core_member, stranger)] == [[], [], []]

    def test_of_one_place_only(self, audit, officer, school):
        VisitFactory(audit=audit)
        elsewhere = type(school).objects.filter(pk=SchoolFactory().pk)

        assert rows_for(officer, among=elsewhere) == []
        assert rows_for(officer, among=type(school).objects.filter(pk=school.pk))


class TestSeeingAlike:
    @pytest.mark.parametrize(("who", "has"), [("officer", True), ("coordinator", True), ("head", False)])
    def test_is_for_officers_and_the_coordinator(self, request, who, has):
        found = panels.visits_and_rounds(request.getfixturevalue(who), today=DAY)

        assert any(isinstance(panel, panels.SeeingAlike) for panel in found) is has

    def test_names_the_open_round(self, officer):
        open_round = RoundFactory(opens=DAY, closes=DAY + timedelta(days=14))

        assert panels.visits_and_rounds(officer, today=DAY)[0].open_round == open_round
        assert panels.visits_and_rounds(officer, today=DAY - timedelta(days=1))[0].open_round is None

    def test_stands_on_the_home_page(self, as_user, audit, officer, head):
        VisitFactory(audit=audit, shown=True)

        assert "Invented schools to rate" in as_user(officer).get("/home/").text
        assert "waiting for you to read it" in as_user(head).get("/home/").text


class TestMyData:
    def test_holds_what_somebody_did(self, audit, officer, head):
        VisitDrawFactory(audit=audit)
        VisitCommentFactory(visit=VisitFactory(audit=audit, read=True))
        RatingFactory(officer=officer)
        DecisionFactory(by=officer)

        held = my_data.held_about(officer)

        assert held["visits"][0]["school"] == "Sample Primary School"
        assert set(held["visits"][0]) == {"school", "on", "planned it", "written it", "shown it"}
        assert [len(held[name]) for name in ("lots drawn", "ratings of invented schools", "rulings")] == [1, 1, 1]
        assert my_data.held_about(head)["comments on notes"][0]["comment"].startswith("The calm room")
        assert "read it" in my_data.held_about(head)["visits"][0]

    def test_of_another_is_not_there(self, audit, stranger):
        VisitFactory(audit=audit)

        assert my_data.held_about(stranger)["visits"] == []
        assert Visit.objects.exists()
