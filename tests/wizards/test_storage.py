import json

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.datastructures import MultiValueDict

from wizards.models import WizardRecord
from wizards.storage import DatabaseStorage


def given(storage, step="begin", **answers):
    """Let a step be saved and the request end."""
    storage.set_step_data(step, MultiValueDict({name: [value] for name, value in answers.items()}))
    storage.update_response(HttpResponse())


class TestKeeping:
    def test_gives_back_what_another_request_saved(self, make_request, ailsa):
        given(DatabaseStorage("trip-1", make_request(user=ailsa)), moment="A calm start")
        later = DatabaseStorage("trip-1", make_request("GET", user=ailsa))
        assert later.get_step_data("begin").getlist("moment") == ["A calm start"]

    def test_is_apart_for_each_prefix(self, make_request, ailsa):
        given(DatabaseStorage("trip-1", make_request(user=ailsa)), moment="A calm start")
        assert DatabaseStorage("trip-2", make_request(user=ailsa)).get_step_data("begin") is None

    def test_is_apart_for_each_person(self, make_request, ailsa, bruce):
        given(DatabaseStorage("trip-1", make_request(user=ailsa)), moment="A calm start")
        assert DatabaseStorage("trip-1", make_request(user=bruce)).get_step_data("begin") is None

    def test_survives_the_end_of_a_session(self, make_request, new_session, ailsa):
        given(DatabaseStorage("trip-1", make_request(user=ailsa, session=new_session())), moment="A calm start")
        later = DatabaseStorage("trip-1", make_request(user=ailsa, session=new_session()))
        assert later.get_step_data("begin")["moment"] == "A calm start"

    def test_keeps_a_visitors_data_with_their_session(self, make_request, new_session):
        session = new_session()
        given(DatabaseStorage("trip-1", make_request(session=session)), moment="A calm start")
        assert (
            DatabaseStorage("trip-1", make_request(session=session)).get_step_data("begin")["moment"] == "A calm start"
        )
        assert DatabaseStorage("trip-1", make_request()).get_step_data("begin") is None

    def test_does_not_hand_a_visitors_data_to_who_signs_in_next(self, make_request, new_session, ailsa):
        session = new_session()
        given(DatabaseStorage("trip-1", make_request(session=session)), moment="A calm start")
        assert DatabaseStorage("trip-1", make_request(session=session, user=ailsa)).get_step_data("begin") is None

    def test_never_stores_tokens_or_management_fields(self, make_request, ailsa):
        page_fields = {
            "csrfmiddlewaretoken": "t0ken",
            "held_for": "t0ken",
            "wizard_goto_step": "finish",
            "trip-1-current_step": "begin",
        }
        given(DatabaseStorage("trip-1", make_request(user=ailsa)), moment="A calm start", **page_fields)
        assert WizardRecord.objects.get().data["step_data"] == {"begin": {"moment": ["A calm start"]}}

    def test_keeps_extra_data(self, make_request, ailsa):
        storage = DatabaseStorage("trip-1", make_request(user=ailsa))
        storage.extra_data["asked"] = True
        storage.update_response(HttpResponse())
        assert DatabaseStorage("trip-1", make_request(user=ailsa)).extra_data == {"asked": True}

    def test_two_tabs_that_save_two_steps_at_once_both_keep_theirs(self, make_request, ailsa):
        one, other = (DatabaseStorage("trip-1", make_request(user=ailsa)) for _tab in range(2))
        assert one.get_step_data("begin") is other.get_step_data("begin") is None
        given(one, "begin", moment="A calm start")
        given(other, "finish", next_time="Wait longer")
        later = DatabaseStorage("trip-1", make_request(user=ailsa))
        assert later.get_step_data("begin")["moment"] == "A calm start"
        assert later.get_step_data("finish")["next_time"] == "Wait longer"

    def test_a_part_that_one_tab_takes_away_stays_away(self, make_request, ailsa):
        storage = DatabaseStorage("trip-1", make_request(user=ailsa))
        storage.extra_data.update(asked=True, told=True)
        storage.update_response(HttpResponse())
        later = DatabaseStorage("trip-1", make_request(user=ailsa))
        del later.extra_data["asked"]
        later.update_response(HttpResponse())
        assert WizardRecord.objects.get().data["extra_data"] == {"told": True}


class TestPlace:
    def test_is_in_the_session_and_not_in_the_data(self, make_request, new_session, ailsa):
        session = new_session()
        storage = DatabaseStorage("trip-1", make_request(user=ailsa, session=session))
        storage.current_step = "finish"
        given(storage, moment="A calm start")
        assert DatabaseStorage("trip-1", make_request(user=ailsa, session=session)).current_step == "finish"
        assert DatabaseStorage("trip-1", make_request(user=ailsa)).current_step is None
        assert "finish" not in json.dumps(WizardRecord.objects.get().data)

    def test_leaves_the_session_alone_when_it_did_not_move(self, make_request, new_session, ailsa):
        session = new_session()
        storage = DatabaseStorage("trip-1", make_request(user=ailsa, session=session))
        given(storage, moment="A calm start")
        assert not session.modified


class TestEconomy:
    def test_costs_no_query_when_nothing_is_asked(self, make_request, ailsa, django_assert_num_queries):
        with django_assert_num_queries(0):
            storage = DatabaseStorage("trip-1", make_request("GET", user=ailsa))
            storage.current_step = "begin"
            storage.update_response(HttpResponse())

    def test_reads_once_and_does_not_write_what_did_not_change(self, make_request, ailsa, django_assert_num_queries):
        given(DatabaseStorage("trip-1", make_request(user=ailsa)), moment="A calm start")
        storage = DatabaseStorage("trip-1", make_request(user=ailsa))
        with django_assert_num_queries(1):
            assert storage.get_step_data("begin")
            assert storage.get_step_data("finish") is None
            given(storage, moment="A calm start")

    def test_writes_nothing_when_the_view_raises(self, make_request, ailsa):
        storage = DatabaseStorage("trip-1", make_request(user=ailsa))
        storage.set_step_data("begin", {"moment": ["A calm start"]})
        assert not WizardRecord.objects.exists()


class TestReset:
    @pytest.fixture
    def session(self, new_session):
        return new_session()

    @pytest.fixture
    def kept(self, make_request, ailsa, session):
        """A wizard whose last post led to /done/."""
        storage = DatabaseStorage("trip-1", make_request(user=ailsa, session=session))
        storage.current_step = "finish"
        storage.set_step_data("begin", {"moment": ["A calm start"]})
        storage.update_response(HttpResponseRedirect("/done/"))

    def reset(self, request):
        storage = DatabaseStorage("trip-1", request)
        storage.reset()
        storage.update_response(HttpResponse())
        return storage

    @pytest.mark.usefixtures("kept")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_forgets_nothing_on_a_get(self, make_request, ailsa, session, method):
        self.reset(make_request(method, "/form/?reset=1", user=ailsa, session=session))
        storage = DatabaseStorage("trip-1", make_request("GET", user=ailsa, session=session))
        assert storage.get_step_data("begin")["moment"] == "A calm start"
        assert storage.current_step == "finish"

    @pytest.mark.usefixtures("kept")
    def test_forgets_on_the_page_that_the_last_post_led_to(self, make_request, ailsa, session):
        self.reset(make_request("GET", "/done/", user=ailsa, session=session))
        assert not WizardRecord.objects.exists()
        assert DatabaseStorage("trip-1", make_request("GET", user=ailsa, session=session)).current_step is None

    @pytest.mark.usefixtures("kept")
    def test_forgets_on_a_post(self, make_request, ailsa, session):
        storage = self.reset(make_request(user=ailsa, session=session))
        assert not WizardRecord.objects.exists()
        assert storage.get_step_data("begin") is None

    @pytest.mark.usefixtures("kept")
    def test_leaves_nothing_behind_when_the_finish_redirects(self, make_request, ailsa, session):
        storage = DatabaseStorage("trip-1", make_request(user=ailsa, session=session))
        storage.set_step_data("finish", {"next_time": ["Wait longer"]})
        storage.reset()
        storage.update_response(HttpResponseRedirect("/thanks/"))
        assert not WizardRecord.objects.exists()

    @pytest.mark.usefixtures("kept")
    def test_takes_what_is_given_after_it(self, make_request, ailsa, session):
        storage = DatabaseStorage("trip-1", make_request(user=ailsa, session=session))
        storage.reset()
        given(storage, "finish", next_time="Wait longer")
        assert WizardRecord.objects.get().data["step_data"] == {"finish": {"next_time": ["Wait longer"]}}

    @pytest.mark.usefixtures("kept")
    def test_leaves_the_record_of_another_person_alone(self, make_request, bruce):
        self.reset(make_request(user=bruce))
        assert WizardRecord.objects.count() == 1

    def test_deletes_the_files_with_the_data(self, make_request, ailsa):
        files = InMemoryStorage()
        storage = DatabaseStorage("trip-1", make_request(user=ailsa), files)
        storage.set_step_files("begin", {"paper": SimpleUploadedFile("paper.txt", b"words")})
        storage.update_response(HttpResponse())
        [name] = files.listdir("")[1]
        later = DatabaseStorage("trip-1", make_request(user=ailsa), files)
        later.reset()
        later.update_response(HttpResponse())
        assert not files.exists(name)


class RowStorage(DatabaseStorage):
    """Keeps each step in a place of its own, as a subclass over rows does."""

    rows: dict = {}

    def load(self):
        return {"step_data": {step: dict(answers) for step, answers in self.rows.items()}}

    def save(self, data):
        self.rows.clear()
        self.rows.update(data["step_data"])

    def forget(self):
        self.rows.clear()


class TestSubclass:
    @pytest.fixture(autouse=True)
    def _no_rows(self):
        RowStorage.rows.clear()

    def test_may_keep_the_data_anywhere(self, make_request, ailsa):
        given(RowStorage("trip-1", make_request(user=ailsa)), moment="A calm start")
        assert RowStorage.rows == {"begin": {"moment": ["A calm start"]}}
        assert RowStorage("trip-1", make_request(user=ailsa)).get_step_data("begin")["moment"] == "A calm start"
        assert not WizardRecord.objects.exists()

    def test_is_told_when_to_forget(self, make_request, ailsa):
        given(RowStorage("trip-1", make_request(user=ailsa)), moment="A calm start")
        storage = RowStorage("trip-1", make_request(user=ailsa))
        storage.reset()
        storage.update_response(HttpResponse())
        assert RowStorage.rows == {}

    def test_finds_the_subject_of_its_wizard(self, make_request, ailsa):
        request = make_request(user=ailsa)
        assert RowStorage("trip-1", request).subject is None
        request.wizard_subject = ailsa
        assert RowStorage("trip-1", request).subject == ailsa


class Addressed(DatabaseStorage):
    keeps_place = False


def test_where_every_address_names_its_step_the_session_is_left_alone(make_request, new_session, ailsa):
    for storage, written in ((DatabaseStorage, ["begin"]), (Addressed, [])):
        request = make_request(user=ailsa, session=new_session())
        kept = storage("trip-1", request)
        kept.current_step = "begin"
        kept.update_response(HttpResponse())
        assert kept.current_step == "begin"
        assert list(request.session.values()) == written
