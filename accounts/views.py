from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import get_login_redirect_url
from allauth.account.views import ConfirmEmailView
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from django.views.generic import FormView

from accounts import actions
from accounts.adapter import is_change
from accounts.forms import NameForm, NewAddressForm
from wizards import held_views


@login_not_required
@require_safe
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Say how people come to have an account: they are invited."""
    return render(request, "accounts/by_invitation.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever signs in on a page that another tab has signed in from meanwhile is where they wanted to be."""
    if request.path == reverse("account_login") and request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    return held_views.csrf_failure(request, reason=reason)


@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, and what they can change."""
    return render(request, "accounts/me.html", {"new_address": _new_address(request)})


@require_POST
def keep_alive(request: HttpRequest) -> HttpResponse:
    """Answer “Stay signed in”: the request itself is the activity (accounts.middleware)."""
    request.session.modified = True
    return HttpResponse(status=204)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this person, this one included."""
    actions.sign_out_everywhere(by=request.user)
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@require_http_methods(["GET", "HEAD", "POST"])
def correct_name(request: HttpRequest) -> HttpResponse:
    """Let a person correct how they are called."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.correct_name(user=request.user, **form.cleaned_data)
        messages.success(request, _("Your name is changed."))
        return redirect("my_account")
    request.user.refresh_from_db(fields=["first_name", "last_name"])  # the page's head greets by the name as it is
    return render(request, "accounts/name.html", {"form": form})


@method_decorator(rate_limit(action="manage_email"), name="dispatch")
class NewAddress(FormView):
    """Where a person says which address they want to sign in with. A link is sent to it."""

    template_name = "accounts/new_address.html"
    form_class = NewAddressForm
    http_method_names = ["get", "head", "post", "options"]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks for this person's password."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: NewAddressForm) -> HttpResponse:
        """Note the address and send the link. So many links in a short time reach the limit: say so."""
        email = form.cleaned_data["email"]
        address = actions.propose_address(by=self.request.user, email=email)
        if not send_verification_email_to_address(self.request, address):
            form.add_error("email", _("We have sent this address several links. Look for them, or try in ten minutes."))
            return self.form_invalid(form)
        said = _("A link is on its way to %(email)s. Open it within three days.")
        messages.success(self.request, said % {"email": email})
        return redirect("my_account")


@require_POST
def forget_new_address(request: HttpRequest) -> HttpResponse:
    """Drop an address that waits to be confirmed."""
    actions.forget_new_address(by=request.user)
    messages.success(request, _("The new address is forgotten. You sign in as before."))
    return redirect("my_account")


@method_decorator(login_not_required, name="dispatch")
class ConfirmAddress(ConfirmEmailView):
    """Where the link of an e-mail leads: is this address yours?

    An address that is to take the place of another counts only for somebody who is signed in to that account.
    Otherwise one that was mistyped would give the account to whoever reads mail there.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask strangers to sign in first."""
        link = EmailConfirmationHMAC.from_key(kwargs["key"])
        if link is None or not is_change(link.email_address) or link.email_address.user == request.user:
            return super().dispatch(request, *args, **kwargs)
        if request.user.is_authenticated:
            return render(request, "account/email_confirm.html", {"is_somebody_elses": True}, status=403)
        said = _("Sign in with the address that you have had until now. Then the new one takes its place.")
        messages.info(request, said)
        return redirect_to_login(request.get_full_path())


def _new_address(request: HttpRequest) -> EmailAddress | None:
    """The address that this person has proposed and not confirmed."""
    return EmailAddress.objects.filter(user=request.user, verified=False).exclude(email=request.user.email).first()
