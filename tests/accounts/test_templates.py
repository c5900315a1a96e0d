"""No page, mail or message of allauth shows in its own clothes."""

from pathlib import Path

import pytest
from allauth.account import urls as allauth_urls
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.test.signals import template_rendered
from django.urls import NoReverseMatch, reverse

from tests.factories import PASSWORD, UserFactory

OURS = Path(settings.BASE_DIR) / "templates"
PAGES = ["login", "reset_password", "reset_password_done", "reset_password_from_key_done", "inactive", "signup"]
PAGES += ["email_verification_sent"]
SIGNED_IN_PAGES = ["logout", "reauthenticate", "change_password", "email"]
NOT_WANTED = {"account_confirm_login_code"}


@pytest.fixture
def origins():
    """Where the templates that are rendered during the test come from."""
    seen = set()

    def note(sender, template, **kwargs):
        seen.add(Path(template.origin.name))

    template_rendered.connect(note)
    yield seen
    template_rendered.disconnect(note)


def foreign(origins):
    return {path for path in origins if OURS not in path.parents and "allauth" in path.parts}


@pytest.mark.parametrize("name", PAGES)
def test_pages_for_anyone(db, client, origins, name):
    assert client.get(reverse(f"account_{name}")).status_code == 200
    assert origins
    assert not foreign(origins)


@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_pages_for_somebody_signed_in(db, as_user, origins, name):
    assert as_user(UserFactory()).get(reverse(f"account_{name}")).status_code == 200
    assert origins
    assert not foreign(origins)


def test_a_whole_round_of_passwords_and_addresses(db, client, as_user, origins, mailoutbox, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    cache.clear()
    user = UserFactory()
    EmailAddress.objects.filter(user=user).update(verified=False)
    new = {"password1": "quite another one", "password2": "quite another one"}
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get(reverse("account_confirm_email", args=["nonsense"]))
    key = EmailConfirmationHMAC(EmailAddress.objects.get(user=user)).key
    client.get(reverse("account_confirm_email", args=[key]))
    client.post(reverse("account_confirm_email", args=[key]), follow=True)
    for address in (user.email, "nobody@school.example"):
        client.post(reverse("account_reset_password"), {"email": address}, follow=True)
    client.get("/accounts/password/reset/key/1-nonsense/")
    link = next(mail for mail in mailoutbox if "/key/" in mail.body).body.split("http://testserver")[1].split()[0]
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[0][0], new, follow=True)
    client.post(reverse("account_login"), {"login": user.email, "password": new["password1"]}, follow=True)
    client.post(reverse("account_change_password"), {"oldpassword": new["password1"], **new}, follow=True)
    client.post(reverse("account_logout"), follow=True)
    unset = as_user(UserFactory(password=None))
    unset.get(reverse("account_set_password"))
    unset.post(reverse("account_set_password"), new, follow=True)

    assert len(mailoutbox) == 6
    assert {mail.subject for mail in mailoutbox} == {
        "Is this your e-mail address?",
        "Set a new password for the nurture pathway",
        "Your request for a new password",
        "Your password for the nurture pathway was changed",
        "You have a password for the nurture pathway",
    }
    assert not foreign(origins)


@pytest.mark.parametrize("name", ["allauth/layouts/base.html", "allauth/layouts/entrance.html"])
def test_what_has_no_template_of_ours_wears_our_clothes(rf, nobody, name):
    request = rf.get("/")
    request.user = nobody

    assert 'class="masthead"' in get_template(name).render({}, request)


@pytest.mark.parametrize("name", sorted({pattern.name for pattern in allauth_urls.urlpatterns} - NOT_WANTED))
def test_every_name_that_allauth_looks_up_is_there(name):
    samples = [[], ["key"], ["1", "key"]]

    assert any(_reverses(name, args) for args in samples)


def _reverses(name, args):
    try:
        return bool(reverse(name, args=args))
    except NoReverseMatch:
        return False
