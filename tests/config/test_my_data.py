import json

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.functional import Promise

from accounts.actions import propose_address
from accounts.models import User
from config import my_data
from readiness import actions
from readiness.domain.said import Said
from readiness.models import Answer
from schools.models import Invitation, Membership
from tests.factories import (
    PASSWORD,
    HeldPostFactory,
    InvitationFactory,
    MembershipFactory,
    SessionFactory,
    WizardRecordFactory,
)
from tests.readiness.factories import MoveFactory
from tests.readiness.framework_texts import published

NOTE = "We talked about it on Tuesday."


@pytest.fixture
def answered(db, head, school, now):
    """An audit of the school that the head has begun, with one answer and a note."""
    SessionFactory(year=2026)
    published(now)
    audit = actions.start_audit(school=school, by=head, now=now)
    slug = audit.framework.statements[0].slug
    typed = actions.Typed(slug, Said(given=3, evidence=NOTE), seen=Said().seen_as(0))
    actions.save_answers(audit=audit, typed=[typed], by=head, now=now)
    return audit


class TestHeldAbout:
    def test_has_what_each_room_holds(self, head, school, answered):
        held = my_data.held_about(head)

        assert held["account"][0]["e-mail address"] == head.email
        assert [row["where"] for row in held["roles"]] == [school.name]
        assert held["audits"][0]["school"] == school.name
        assert [row["how do we know"] for row in held["answers"]] == [NOTE]

    def test_has_nothing_of_anybody_else(self, stranger, answered):
        held = my_data.held_about(stranger)

        assert held["answers"] == held["audits"] == []
        assert NOTE not in str(held)

    def test_no_model_that_points_at_a_person_is_forgotten(self):
        """A model with a link to a person belongs into some room's `export_for`, and into this list."""
        ours = {
            field.model._meta.label
            for config in apps.get_app_configs()
            if (settings.BASE_DIR / config.label).exists()
            for model in config.get_models()
            for field in model._meta.get_fields()
            if field.is_relation and field.concrete and field.related_model is User
        }
        shown = {
            "readiness.Answer", "readiness.Audit", "readiness.Move",
            "reflections.BreakGlass", "reflections.Comment", "reflections.Entry", "reflections.Example",
            "reflections.Group", "reflections.GroupMember", "reflections.Opening", "reflections.Reading",
            "schools.Import", "schools.Invitation", "schools.Membership",
            "wizards.HeldPost", "wizards.WizardRecord",
        }  # fmt: skip
        # Wagtail's page fields belong to the public pages; who published a framework version is on the version.
        elsewhere = {
            "cms.HomePage",
            "cms.ContentPage",
            "wagtailcore.Page",
            "readiness.FrameworkVersion",
            "readiness.Framework",
            "reflections.PromptSet",
            "reflections.PromptsVersion",
        }

        assert ours - elsewhere == shown


class TestInWords:
    def test_headings_and_keys_are_words_that_can_be_translated(self, head, answered, now):
        InvitationFactory(invited_by=head, email="new@school.example")
        WizardRecordFactory(owner=head, data={"theme": ["a", "b"]})
        HeldPostFactory(user=head)
        MoveFactory(by=head)
        for room in my_data.ROOMS:
            for heading, rows in room.export_for(head).items():
                keys = {key for row in rows for key in row} - getattr(room, "FOR_PROGRAMS", set())
                assert all(isinstance(room.WORDS[key], Promise) for key in {heading, *keys})

    def test_a_page_reads_as_people_write(self, as_user, head, school, answered):
        text = as_user(head).get("/accounts/me/data/").text

        statement = answered.framework.statements[0]
        assert "20 November 2026, 10:00" in text
        assert statement.text in text
        assert "In place" in text
        assert "+00:00" not in text
        assert statement.slug not in text

    def test_the_file_keeps_the_keys_for_programs(self, head, answered):
        (row,) = my_data.held_about(head)["answers"]
        assert (row["slug"], row["given"], row["said"]) == (answered.framework.statements[0].slug, 3, "In place")

    def test_an_address_that_waits_is_among_it(self, as_user, head):
        propose_address(by=head, email="mine@new.example")
        assert my_data.held_about(head)["account"][0]["new e-mail address"] == "mine@new.example"
        assert "mine@new.example" in as_user(head).get("/accounts/me/data/").text


class TestPages:
    def test_the_page_and_the_file_say_the_same(self, as_user, head, answered):
        page = as_user(head)

        said = json.loads(page.get("/accounts/me/data.json").content)

        assert said["answers"][0]["how do we know"] == NOTE
        assert NOTE in page.get("/accounts/me/data/").text

    def test_a_name_is_corrected(self, as_user, head):
        answer = as_user(head).post("/accounts/me/name/", {"first_name": "Mòrag", "last_name": "Ross"}, follow=True)

        assert "Your name is changed." in answer.text
        head.refresh_from_db()
        assert str(head) == "Mòrag Ross"

    def test_a_name_is_not_emptied(self, as_user, head):
        answer = as_user(head).post("/accounts/me/name/", {"first_name": "", "last_name": "Ross"})

        assert "Enter your first name." in answer.text
        head.refresh_from_db()
        assert head.first_name

    @pytest.mark.parametrize(
        ("filled", "said"),
        [
            ({"sure": "on"}, "Enter your password"),
            ({"password": "another one", "sure": "on"}, "This is not your password."),
            ({"password": PASSWORD}, "Tick the box if you are sure."),
        ],
    )
    def test_an_account_is_not_closed_by_chance(self, as_user, head, filled, said):
        assert said in as_user(head).post("/accounts/me/close/", filled).text
        head.refresh_from_db()
        assert head.closed_at is None

    def test_closing_signs_out_and_nobody_comes_in_again(self, as_user, client, head):
        email, page, other_laptop = head.email, as_user(head), as_user(head)

        answer = page.post("/accounts/me/close/", {"password": PASSWORD, "sure": "on"}, follow=True)

        assert "Your account is closed." in answer.text
        assert other_laptop.get("/home/").status_code == 302
        again = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
        assert "do not go together" in again.text

    def test_the_only_coordinator_stays(self, as_user, coordinator):
        answer = as_user(coordinator).post("/accounts/me/close/", {"password": PASSWORD, "sure": "on"})

        assert "Invite another one first." in answer.text
        coordinator.refresh_from_db()
        assert coordinator.is_active


class TestCloseAccount:
    def test_the_work_stays_under_the_roles_name(self, as_user, head, school, answered, now):
        successor = MembershipFactory(head=True, school=school).user
        address, name = head.email, str(head)

        my_data.close_account(user=head, now=now)

        page = as_user(successor).get(f"/audits/{answered.pk}/").text
        assert "1 of 36 answered" in page
        assert "Last saved by Head teacher" in page
        assert name not in page
        assert Answer.objects.get().evidence == NOTE
        assert not Membership.objects.current().filter(user=head).exists()
        assert not User.objects.filter(email=address).exists()

    def test_no_table_holds_the_address_or_the_name_any_more(self, head, school, now):
        head.first_name, head.last_name = "Zebedee", "Quartermain"
        head.save()
        InvitationFactory(
            email=head.email, first_name="Zebedee", last_name="Quartermain", accepted_at=now, accepted_by=head
        )
        waiting = InvitationFactory(email=head.email)
        HeldPostFactory(user=head)
        WizardRecordFactory(owner=head, data={"name": "Zebedee"})
        address = head.email

        my_data.close_account(user=head, now=now)

        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
                rows = str(cursor.fetchall())
                assert not any(word in rows for word in (address, "Zebedee", "Quartermain")), table
        waiting.refresh_from_db()
        assert waiting.withdrawn_at == now
        assert Invitation.objects.filter(accepted_by=head).exists()
