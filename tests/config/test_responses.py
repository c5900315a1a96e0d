import pytest
from django.db import connection
from django.db.utils import OperationalError


@pytest.mark.django_db
def test_healthz_answers_without_sign_in(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_healthz_is_a_500_when_the_database_does_not_answer(client, monkeypatch):
    class Broken:
        def __enter__(self):
            raise OperationalError("gone")

        def __exit__(self, *_):
            return False

    monkeypatch.setattr(connection, "cursor", Broken)
    client.raise_request_exception = False
    assert client.get("/healthz").status_code == 500


@pytest.mark.django_db
def test_pages_allow_no_inline_script_or_style(client):
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_only_the_admin_has_the_wider_policy(admin_client):
    policy = admin_client.get("/cms-admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "https:" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/cms-admin/login/", "/_util/login/"])
def test_wagtails_own_sign_in_pages_are_shadowed(address, client):
    response = client.get(f"{address}?next=/cms-admin/")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/cms-admin/"


@pytest.mark.django_db
def test_a_refusal_says_why(as_user, staff_member):
    answer = as_user(staff_member).post("/audits/")
    assert answer.status_code == 403
    assert "A head teacher starts the audit. Ask yours if the school is ready to begin." in answer.text
