from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User


def is_change(address: EmailAddress) -> bool:
    """Whether this is an address that somebody wants to have in place of the one that they sign in with."""
    return address.email != address.user.email


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

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Where somebody lands who has confirmed an address: at their account, or where they sign in."""
        return reverse("my_account" if self.request.user.is_authenticated else "account_login")

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Send the link; an address that is to take the place of another gets words of its own."""
        address = emailconfirmation.email_address
        if not is_change(address):
            return super().send_confirmation_mail(request, emailconfirmation, signup)
        link = self.get_email_confirmation_url(request, emailconfirmation)
        return self.send_mail("account/email/new_address", address.email, {"activate_url": link})

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Make a confirmed address the one that its person signs in with: wholly, or not at all.

        The notice to the old address is part of it: an address that cannot be told is not replaced.
        """
        try:
            with transaction.atomic():
                User.objects.select_for_update().get(pk=email_address.user_id)
                return super().confirm_email(request, email_address)
        except IntegrityError:  # somebody else has come by this address meanwhile
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
