from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """How allauth behaves here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # The same words whether or not somebody has this address.
        "email_password_mismatch": _(
            "This e-mail address and password do not go together. Check both, or choose “Forgotten your password?”."
        ),
        "too_many_login_attempts": _(
            "There have been several tries with this address. To keep it safe, wait five minutes and try again, "
            "or choose “Forgotten your password?”."
        ),
        "enter_current_password": _("This is not the password that you have now. Enter it again."),
        "incorrect_password": _("This is not your password. Enter it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up: people are invited."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody lands who has changed their password: where they came from."""
        return reverse("my_account")
