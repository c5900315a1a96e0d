import pytest

from tests.factories import MembershipFactory, SchoolFactory


@pytest.fixture
def of_several(school, locality):
    """A head of one school who is staff at another, and an officer of a third school's locality."""
    user = MembershipFactory(head=True, school=school).user
    second = MembershipFactory(head=True, user=user, school=SchoolFactory(name="Second Primary")).school
    return user, school, second


def test_home_shows_all_places_until_one_is_chosen(as_user, of_several):
    user, first, second = of_several
    page = as_user(user)

    both = page.get("/home/").text
    one = page.post("/schools/switch/", {"place": f"school-{second.pk}"}, follow=True).text
    all_again = page.post("/schools/switch/", {"place": "everywhere"}, follow=True).text

    panels = [text.partition("<main")[2].partition("</main>")[0] for text in (both, one, all_again)]
    assert [first.name in text for text in panels] == [True, False, True]
    assert [second.name in text for text in panels] == [True, True, True]


def test_nobody_switches_to_where_they_have_no_role(as_user, of_several):
    user, first, second = of_several
    elsewhere = SchoolFactory(name="Elsewhere Primary")
    page = as_user(user)

    for asked in (f"school-{elsewhere.pk}", "partnership", "", "school-", "school-x", "\x00"):
        text = page.post("/schools/switch/", {"place": asked}, follow=True).text
        assert "Elsewhere Primary" not in text
        assert first.name in text
        assert second.name in text


def test_a_place_is_left_when_the_role_ends(as_user, of_several, now):
    user, first, second = of_several
    page = as_user(user)
    page.post("/schools/switch/", {"place": f"school-{second.pk}"})
    user.memberships.filter(school=second).update(ended=now)

    text = page.get("/home/").text

    assert first.name in text
    assert second.name not in text


def test_one_place_needs_no_switcher(as_user, head):
    assert "You work in several places" not in as_user(head).get("/home/").text


def test_an_officer_of_two_localities_sees_one_at_a_time(as_user, officer, school):
    other = MembershipFactory(officer=True, user=officer).locality
    SchoolFactory(locality=other)
    SchoolFactory(locality=other)
    page = as_user(officer)

    assert "You support 3 schools." in page.get("/home/").text
    assert (
        "You support 2 schools." in page.post("/schools/switch/", {"place": f"locality-{other.pk}"}, follow=True).text
    )
