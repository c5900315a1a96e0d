from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.forms import NameForm


@login_not_required
@require_safe
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Say how people come to have an account: they are invited."""
    return render(request, "accounts/by_invitation.html")


@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, and what they can change."""
    return render(request, "accounts/me.html")


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
