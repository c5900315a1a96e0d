import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from support.models import Visit, VisitComment, VisitDraw
from tests.factories import MembershipFactory
from tests.readiness.factories import AuditFactory
from tests.support.visits.factories import NOTE, VisitCommentFactory, VisitDrawFactory, VisitFactory

pytestmark = pytest.mark.django_db
PLAN = {"kind": "visit", "on": "2026-12-01", "who": "Head teacher and core team"}


@pytest.fixture
def audit(school, head, officer):
    return AuditFactory(school=school, in_review=True)


@pytest.fixture
def address(audit):
    """Addresses of this audit's visit: `address()`, `address("note")`."""
    return lambda name="": reverse(f"visit_{name}" if name else "visit", args=[audit.pk])


def says(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.find("main").get_text(" ").split())


def test_stands_where_the_review_is(address, audit):
    assert address() == f"/reviews/{audit.pk}/visit/"


class TestWhyAVisitIsOffered:
    def test_the_officer_reads_on_which_statements_the_outcome_hangs(self, as_user, officer, address):
        text = says(as_user(officer).get(address()))

        assert "The outcome hangs on one statement: each of these 2 alone would change it." in text
        assert "With “Getting started” in place of “In place”, the outcome would be" in text
        assert "Lots have not been drawn yet." in text

    def test_the_school_does_not_read_how_the_review_goes(self, as_user, head, address):
        assert "hangs" not in says(as_user(head).get(address()))

    def test_the_school_reads_why_once_the_visit_is_planned(self, as_user, head, address, audit):
        VisitFactory(audit=audit)

        text = says(as_user(head).get(address()))

        assert "The outcome hangs on one statement." in text
        assert "Tuesday 1 December 2026" in text

    def test_without_a_reason_of_the_rule(self, as_user, officer, school):
        clear = AuditFactory(school=school, in_review=True, level=4)

        text = says(as_user(officer).get(reverse("visit", args=[clear.pk])))

        assert "The rule offers no visit for this audit. You can still plan one, and say why." in text

    def test_many_statements_are_folded(self, as_user, officer, school):
        level_two = AuditFactory(school=school, in_review=True, level=2)  # every step counts, at the edge of an outcome

        soup = BeautifulSoup(as_user(officer).get(reverse("visit", args=[level_two.pk])).content, "html.parser")

        assert len(soup.find("main").find("details").find_all("li")) > 3


class TestDraw:
    def test_is_one_button(self, as_user, officer, address):
        response = as_user(officer).post(address("draw"), follow=True)

        assert VisitDraw.objects.count() == 1
        assert "Lots were drawn by" in says(response)

    def test_is_offered_no_more_once_drawn(self, as_user, officer, address, audit):
        VisitDrawFactory(audit=audit)

        text = says(as_user(officer).get(address()))

        assert "Draw lots" not in text
        assert "The lot fell on this audit. One in five is visited, whatever it says." in text


class TestPlan:
    def test_plans_and_leads_back(self, as_user, officer, address):
        response = as_user(officer).post(address("plan"), PLAN, follow=True)

        assert response.redirect_chain == [(address(), 302)]
        assert (Visit.objects.get().planned_by, str(Visit.objects.get().on)) == (officer, "2026-12-01")

    def test_asks_for_a_reason_only_where_the_rule_has_none(self, as_user, officer, address, school, audit):
        assert "Why would a visit help?" not in says(as_user(officer).get(address("plan")))
        for answer in audit.answers.all():
            answer.level = 4
            answer.save()

        response = as_user(officer).post(address("plan"), PLAN)

        assert "Say why a visit would help." in says(response)
        as_user(officer).post(address("plan"), {**PLAN, "reason": "The head asked for it."})
        assert Visit.objects.get().reason == "The head asked for it."

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("on", "", "Give the day."),
            ("on", "yesterday", "Give the day, such as 24/11/2026."),
            ("who", " ", "Say who will be there."),
            ("kind", "raid", "Choose a visit or a call."),
            ("who", "x" * 5001, "too long by 1 characters"),
        ],
    )
    def test_says_what_to_put_right(self, as_user, officer, address, field, value, sentence):
        response = as_user(officer).post(address("plan"), {**PLAN, field: value})

        assert sentence in says(response)
        assert not Visit.objects.exists()

    def test_offers_what_was_planned_before(self, as_user, officer, address, audit):
        VisitFactory(audit=audit)

        form = as_user(officer).get(address("plan")).context["form"]

        assert 'value="2026-12-01"' in str(form["on"])


def typed(**changed):
    levels = {f"level-{slug}": level for slug, level in NOTE.levels.items()}
    texts = {"strengths": NOTE.strengths, "seen": NOTE.seen, "agreed_actions": NOTE.agreed_actions}
    return {**texts, **levels, "revision": 0, **changed}


class TestNote:
    @pytest.fixture(autouse=True)
    def visit(self, audit):
        return VisitFactory(audit=audit)

    def test_is_saved_as_a_draft(self, as_user, officer, address):
        response = as_user(officer).post(address("note"), typed(), follow=True)

        assert response.redirect_chain == [(address(), 302)]
        text = says(response)
        assert NOTE.seen in text
        assert (
            "There are calm places that children can use when they need to, without having to earn them. In place"
            in text
        )
        assert "Only officers read it until it is shown to the school." in text

    def test_may_be_empty(self, as_user, officer, address):
        as_user(officer).post(address("note"), {"revision": 0, "strengths": "One line so far."})

        assert Visit.objects.get().strengths == "One line so far."

    def test_every_field_says_that_it_could_be_released(self, as_user, officer, address):
        soup = BeautifulSoup(as_user(officer).get(address("note")).content, "html.parser")

        assert "Freedom of Information (Scotland) Act 2002" in soup.find("main").text
        for field in soup.find("main").find_all("textarea"):
            hints = [soup.find(id=name).text for name in field["aria-describedby"].split()]
            assert any("Write as if this could be released" in hint for hint in hints)

    def test_two_officers_see_both_versions(self, as_user, officer, address, locality):
        colleague = MembershipFactory(officer=True, locality=locality).user
        as_user(officer).post(address("note"), typed())

        response = as_user(colleague).post(address("note"), typed(seen="What I saw myself."))

        text = says(response)
        assert f"{officer} has saved this note since you opened it." in text
        assert NOTE.seen in text
        assert response.context["form"]["seen"].value() == "What I saw myself."
        again = {"revision": response.context["form"]["revision"].value(), "seen": "What I saw myself."}
        as_user(colleague).post(address("note"), {**typed(), **again})
        assert Visit.objects.get().seen == "What I saw myself."

    def test_a_revision_that_is_no_number_is_refused(self, as_user, officer, address):
        response = as_user(officer).post(address("note"), typed(revision="x"))

        assert response.status_code == 200
        assert Visit.objects.get().revision == 0

    def test_a_level_that_is_not_offered_is_refused(self, as_user, officer, address):
        response = as_user(officer).post(address("note"), typed(**{"level-made-room": 9}))

        assert "Choose one of the levels shown." in says(response)

    def test_there_is_none_without_a_visit(self, as_user, school, officer):
        other = AuditFactory(in_review=True)
        MembershipFactory(officer=True, locality=other.school.locality, user=officer)

        assert as_user(officer).get(reverse("visit_note", args=[other.pk])).status_code == 404
        assert as_user(officer).post(reverse("visit_show", args=[other.pk])).status_code == 404
        assert as_user(officer).post(reverse("visit_final", args=[other.pk])).status_code == 404

    @pytest.mark.parametrize("who", ["head", "core_member", "coordinator"])
    def test_nobody_else_reads_a_draft(self, request, as_user, address, visit, who):
        user = request.getfixturevalue(who)
        as_user(visit.planned_by).post(address("note"), typed())

        assert NOTE.seen not in says(as_user(user).get(address()))
        assert as_user(user).get(address("note")).status_code == 403


class TestTheHeadReads:
    @pytest.fixture
    def visit(self, audit):
        return VisitFactory(audit=audit, written=True)

    @pytest.mark.parametrize("who", ["head", "acting_head", "core_member", "coordinator", "officer"])
    def test_the_note_once_it_is_shown(self, request, as_user, officer, address, visit, who):
        user = request.getfixturevalue(who)
        as_user(officer).post(address("show"))

        assert NOTE.seen in says(as_user(user).get(address()))

    @pytest.mark.parametrize(("who", "asked"), [("head", True), ("core_member", False), ("coordinator", False)])
    def test_only_the_head_is_asked_for_a_word(self, request, as_user, officer, address, visit, who, asked):
        user = request.getfixturevalue(who)
        as_user(officer).post(address("show"))

        assert ("Say that I have read the note" in says(as_user(user).get(address()))) is asked

    def test_comments_and_it_stays(self, as_user, officer, head, address, visit):
        as_user(officer).post(address("show"))

        response = as_user(head).post(address(), {"revision": 1, "comment": "Opened in August."}, follow=True)

        assert "Your comment is attached to the note." in says(response)
        assert Visit.objects.get().read_by == head
        as_user(officer).post(address("final"))
        assert "Opened in August." in says(as_user(officer).get(address()))

    def test_reads_again_after_a_change_and_the_comment_is_kept(self, as_user, officer, head, address, visit):
        as_user(officer).post(address("show"))
        as_user(officer).post(address("note"), typed(revision=1, seen="Other words."))

        response = as_user(head).post(address(), {"revision": 1, "comment": "Not so."}, follow=True)

        assert "The note has changed since you opened it. Please read it again." in says(response)
        assert VisitComment.objects.get().text == "Not so."
        assert "The note has changed since." in says(response)

    def test_too_long_a_comment_is_given_back(self, as_user, officer, head, address, visit):
        as_user(officer).post(address("show"))

        response = as_user(head).post(address(), {"revision": 1, "comment": "x" * 5001})

        assert "too long" in says(response)
        assert response.context["form"]["comment"].value() == "x" * 5001
        assert not VisitComment.objects.exists()

    def test_before_it_is_shown_there_is_nothing_to_say(self, as_user, head, address, visit):
        response = as_user(head).post(address(), {"revision": 1, "comment": "Too soon."})

        assert "The note is not ready to read yet." in says(response)
        assert not VisitComment.objects.exists()


class TestFinal:
    def test_comes_after_the_heads_reading(self, as_user, officer, head, address, audit):
        VisitFactory(audit=audit, shown=True)
        text = says(as_user(officer).post(address("final"), follow=True))
        assert "The head teacher has not read the note as it is now." in text
        as_user(head).post(address(), {"revision": 1, "comment": ""})

        text = says(as_user(officer).post(address("final"), follow=True))

        assert "The note is final." in text
        assert "Nothing of it changes any more." in text
        assert "Change the note" not in text

    def test_a_final_note_is_read_and_no_longer_written(self, as_user, officer, address, audit):
        VisitFactory(audit=audit, final=True)

        assert as_user(officer).get(address("note")).url == address()
        assert "This note is final." in says(as_user(officer).post(address("note"), typed(revision=1, seen="Other")))
        assert Visit.objects.get().seen == NOTE.seen


class TestWhoComesIn:
    @pytest.mark.parametrize("who", ["stranger", "staff_member", "superuser"])
    @pytest.mark.parametrize("name", ["", "plan", "note"])
    def test_others_find_no_such_page(self, request, as_user, address, audit, who, name):
        VisitCommentFactory(visit=VisitFactory(audit=audit, shown=True))

        assert as_user(request.getfixturevalue(who)).get(address(name)).status_code == 404

    def test_there_is_no_visit_before_the_audit_is_submitted(self, as_user, school, head):
        draft = AuditFactory(school=school)

        assert as_user(head).get(reverse("visit", args=[draft.pk])).status_code == 404

    def test_the_page_asks_the_database_little(self, as_user, officer, address, audit, django_assert_max_num_queries):
        VisitCommentFactory(visit=VisitFactory(audit=audit, shown=True))
        client = as_user(officer)
        client.get(address())

        with django_assert_max_num_queries(13):
            client.get(address())
