import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings

from tests.wizards.shell import Begin, StepStorage, TripWizard
from wizards.models import WizardRecord
from wizards.views import RecordWizard

BEGIN, FINISH = "/trips/1/begin/", "/trips/1/finish/"
CALM = {"trip-1-current_step": "begin", "begin-moment": "A calm start", "begin-level": "2"}
SCRIPT = {"X-Requested-With": "fetch"}

pytestmark = pytest.mark.usefixtures("urls")


@pytest.fixture
def urls():
    with override_settings(ROOT_URLCONF="tests.wizards.shell"):
        yield


@pytest.fixture
def client(client, ailsa):
    client.force_login(ailsa)
    return client


def answers():
    return WizardRecord.objects.get().data["step_data"]


class TestSaving:
    def test_a_saved_step_leads_to_the_next_one(self, client):
        response = client.post(BEGIN, CALM)
        assert (response.status_code, response.url) == (302, FINISH)
        assert answers() == {"begin": {"begin-moment": ["A calm start"], "begin-level": ["2"]}}

    def test_the_last_step_leads_to_the_page_after_the_wizard(self, client):
        response = client.post(FINISH, {"trip-1-current_step": "finish", "finish-next_time": "Wait longer"})
        assert (response.status_code, response.url) == (302, "/trips/1/check/")
        assert answers() == {"finish": {"finish-next_time": ["Wait longer"]}}

    def test_a_step_shows_again_what_it_was_given(self, client):
        client.post(BEGIN, CALM)
        assert "A calm start" in client.get(BEGIN).text

    def test_steps_are_saved_in_any_order(self, client):
        client.post(FINISH, {"trip-1-current_step": "finish", "finish-next_time": "Wait longer"})
        client.post(BEGIN, CALM)
        assert set(answers()) == {"begin", "finish"}

    def test_two_records_are_apart(self, client):
        client.post(BEGIN, CALM)
        assert "A calm start" not in client.get("/trips/2/begin/").text

    def test_a_step_that_is_not_valid_comes_back_with_what_was_typed(self, client):
        response = client.post(BEGIN, CALM | {"begin-level": "two"})
        assert response.status_code == 200
        assert "A calm start" in response.text
        assert "Enter a whole number" in response.text
        assert not WizardRecord.objects.exists()

    def test_what_does_not_belong_to_the_step_is_not_kept(self, client):
        client.post(BEGIN, CALM | {"finish-next_time": "Elsewhere", "extra": "x", "csrfmiddlewaretoken": "t0ken"})
        assert answers() == {"begin": {"begin-moment": ["A calm start"], "begin-level": ["2"]}}

    def test_a_stray_file_breaks_nothing(self, client):
        response = client.post(BEGIN, CALM | {"begin-paper": SimpleUploadedFile("paper.txt", b"words")})
        assert response.status_code == 302
        assert WizardRecord.objects.get().data["step_files"] == {}

    def test_a_script_gets_no_page(self, client):
        response = client.post(BEGIN, CALM, headers=SCRIPT)
        assert (response.status_code, response.content) == (204, b"")
        assert answers()["begin"]["begin-moment"] == ["A calm start"]

    def test_a_script_is_told_that_a_step_is_not_valid(self, client):
        response = client.post(BEGIN, CALM | {"begin-level": "two"}, headers=SCRIPT)
        assert response.status_code == 422


class TestTampering:
    @pytest.mark.parametrize("step", ["finish", "nowhere", "", "done", "placeholder"])
    def test_a_hidden_step_that_is_not_the_addresss_is_refused(self, client, step):
        response = client.post(BEGIN, CALM | {"trip-1-current_step": step})
        assert response.status_code == 400
        assert not WizardRecord.objects.exists()

    def test_a_post_without_the_hidden_step_is_refused(self, client):
        response = client.post(BEGIN, {"begin-moment": "A calm start"})
        assert response.status_code == 400
        assert not WizardRecord.objects.exists()

    def test_a_post_without_a_step_in_the_address_is_refused(self, client):
        assert client.post("/trips/1/", CALM).status_code == 400

    @pytest.mark.parametrize("step", ["nowhere", "placeholder"])
    def test_an_address_that_is_no_step_is_not_found(self, client, step):
        address = f"/trips/1/{step}/"
        assert client.get(address).status_code == 404
        assert client.post(address, CALM | {"trip-1-current_step": step}).status_code == 404

    def test_a_post_to_done_is_not_found(self, client):
        assert client.post("/trips/1/done/", CALM | {"trip-1-current_step": "done"}).status_code == 404

    def test_going_elsewhere_by_post_still_saves_this_step(self, client):
        response = client.post(BEGIN, CALM | {"wizard_goto_step": "begin"})
        assert response.url == FINISH
        assert answers()["begin"]["begin-moment"] == ["A calm start"]


class TestGet:
    def test_the_address_without_a_step_leads_to_the_first(self, client):
        assert client.get("/trips/1/").url == BEGIN

    def test_the_address_without_a_step_leads_back_to_the_place(self, client):
        client.get(FINISH)
        assert client.get("/trips/1/").url == FINISH

    def test_a_place_that_is_no_step_any_more_leads_to_the_first(self, client, monkeypatch):
        client.get(FINISH)
        monkeypatch.setattr(TripWizard, "get_steps", lambda self: [("begin", Begin)])
        assert client.get("/trips/1/").url == BEGIN

    @pytest.mark.parametrize(
        "address", ["/trips/1/?reset=1", BEGIN + "?reset=1", "/trips/1/done/", "/trips/1/done/?reset"]
    )
    def test_forgets_nothing_and_finishes_nothing(self, client, address):
        client.post(BEGIN, CALM)
        client.get(address)
        client.head(address)
        assert answers()["begin"]["begin-moment"] == ["A calm start"]

    def test_reset_is_not_passed_on(self, client):
        assert client.get("/trips/1/?reset=1").url == BEGIN

    def test_done_leads_to_the_page_after_the_wizard(self, client):
        assert client.get("/trips/1/done/").url == "/trips/1/check/"


class TestStorageOfItsOwn:
    """A storage that writes each step into rows of its own, as it is given."""

    def test_leaves_no_wizard_record_behind(self, client, monkeypatch):
        monkeypatch.setattr(TripWizard, "storage_name", "tests.wizards.shell.StepStorage")
        StepStorage.rows.clear()
        client.post(BEGIN, CALM)
        assert StepStorage.rows["begin"]["begin-moment"] == "A calm start"
        assert not WizardRecord.objects.exists()


class Nameless(RecordWizard):
    """A wizard whose author said too little."""

    url_name = "trip"


class TestSubclass:
    def test_takes_its_prefix_from_its_subject(self, ailsa):
        class AboutAilsa(RecordWizard):
            def get_subject(self):
                return ailsa

        assert AboutAilsa().get_prefix(None) == f"user-{ailsa.pk}"

    @pytest.mark.parametrize("method", ["get_steps", "get_done_url"])
    def test_is_told_what_it_lacks(self, method):
        with pytest.raises(NotImplementedError, match=f"Nameless needs {method}"):
            getattr(Nameless(), method)()

    def test_is_told_that_two_records_would_share_their_data(self):
        with pytest.raises(NotImplementedError, match=r"get_prefix\(\) or get_subject\(\)"):
            Nameless().get_prefix(None)

    def test_may_not_call_a_step_done(self, monkeypatch):
        monkeypatch.setattr(TripWizard, "get_steps", lambda self: [("done", Begin)])
        with pytest.raises(ImproperlyConfigured, match="cannot be a step"):
            TripWizard.as_view()(RequestFactory().get("/"), trip=1)
