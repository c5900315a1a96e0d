import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from schools.models import Cluster, Locality, Session
from tests.factories import NonTeachingDayFactory, SchoolFactory, SessionFactory, TermFactory

LISTS = ["wagtailsnippets_schools_locality:list", "wagtailsnippets_schools_cluster:list"]
SESSIONS = "wagtailsnippets_schools_session:list"


@pytest.mark.parametrize("name", [*LISTS, SESSIONS, "wagtailadmin_home"])
def test_the_coordinator_comes_in_by_their_role(as_user, coordinator, name):
    assert as_user(coordinator).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [*LISTS, SESSIONS])
@pytest.mark.parametrize("who", ["head", "officer", "staff_member"])
def test_others_stay_outside(request, as_user, name, who):
    assert as_user(request.getfixturevalue(who)).get(reverse(name)).status_code == 302


def test_the_admin_closes_when_the_role_ends(as_user, coordinator, now):
    page = as_user(coordinator)
    assert page.get(reverse(SESSIONS)).status_code == 200

    coordinator.memberships.update(ended=now)

    assert page.get(reverse(SESSIONS)).status_code == 302


def test_the_role_opens_no_page_or_person_of_the_admin(as_user, coordinator):
    page = as_user(coordinator)

    for name in ("wagtailusers_users:index", "wagtailsnippets_readiness_framework:list", "wagtailsites:index"):
        assert page.get(reverse(name)).status_code == 302


@pytest.mark.parametrize(("kind", "model"), [("locality", Locality), ("cluster", Cluster)])
def test_a_place_is_added_and_its_dates_are_checked(as_user, coordinator, kind, model):
    page, add = as_user(coordinator), reverse(f"wagtailsnippets_schools_{kind}:add")
    given = {"name": "North East", "slug": "north-east", "starts": "2026-08-01", "ends": "2026-07-01"}

    assert "Check the two dates." in page.post(add, given).text
    page.post(add, {**given, "ends": ""})

    assert model.objects.get(slug="north-east").name == "North East"


def test_a_locality_is_ended_and_not_deleted(as_user, coordinator, locality):
    page = as_user(coordinator)

    assert page.post(reverse("wagtailsnippets_schools_locality:delete", args=[locality.pk])).status_code == 302

    assert Locality.objects.filter(pk=locality.pk).exists()


def session_form(session, terms, days):
    return nested_form_data(
        {
            "label": session.label,
            "starts": str(session.starts),
            "ends": str(session.ends),
            "terms": inline_formset(terms, initial=len([term for term in terms if "id" in term])),
            "non_teaching_days": inline_formset(days, initial=len([day for day in days if "id" in day])),
        }
    )


def test_a_session_gets_a_fourth_term_and_a_holiday(as_user, coordinator, session_2026):
    term = TermFactory(session=session_2026, order=1, name="Term 1")
    day = NonTeachingDayFactory(session=session_2026)
    kept = {"id": term.pk, "name": "Autumn", "order": 1, "starts": str(term.starts), "ends": str(term.ends)}
    new = {"name": "Winter", "order": 2, "starts": "2027-01-05", "ends": "2027-02-12"}
    days = [
        {"id": day.pk, "date": str(day.date), "kind": "holiday", "name": ""},
        {"date": "2026-11-30", "kind": "local", "name": "St Andrew’s Day"},
    ]
    page = as_user(coordinator)

    page.post(
        reverse("wagtailsnippets_schools_session:edit", args=[session_2026.pk]),
        session_form(session_2026, [kept, new], days),
    )

    session = Session.objects.get(pk=session_2026.pk)
    assert sorted(session.terms.values_list("order", "name")) == [(1, "Autumn"), (2, "Winter")]
    assert session.non_teaching_days.filter(kind="local").get().name == "St Andrew’s Day"


def test_a_day_twice_in_a_session_is_said_in_words(as_user, coordinator):
    session = SessionFactory(year=2030)
    SchoolFactory()
    days = [{"date": "2030-11-30", "kind": "local", "name": ""}] * 2

    answer = as_user(coordinator).post(
        reverse("wagtailsnippets_schools_session:edit", args=[session.pk]), session_form(session, [], days)
    )

    assert answer.status_code == 200
    assert not session.non_teaching_days.exists()
