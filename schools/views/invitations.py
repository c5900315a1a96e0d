from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from accounts.models import User
from schools import actions
from schools.forms.invitations import AcceptForm
from schools.models import Invitation
from schools.permissions import Scope

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def page_of(request: HttpRequest) -> Callable[[str], str]:
    """How to make the whole address of an invitation's page from its token."""
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))


@method_decorator([login_not_required, never_cache], name="dispatch")
class AcceptPage(FormView):
    """Where an invitation's link leads: a new person chooses a password, a known one says yes."""

    template_name = "schools/invitation.html"
    form_class = AcceptForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the invitation, or say what has become of it."""
        try:
            self.invitation = actions.find(token=kwargs["token"], now=timezone.now())
        except actions.UnableToInvite as refusal:
            return self._refuse(refusal)
        self.known = User.objects.filter(email=self.invitation.email).first()
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """The name that the inviting person gave."""
        return {"first_name": self.invitation.first_name, "last_name": self.invitation.last_name}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept at once for somebody who is signed in; others fill in the form, or sign in."""
        if request.user.is_authenticated:
            return self._accept(user=request.user)
        if self.known is not None:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AcceptForm) -> HttpResponse:
        """Make the account, give the role, and sign the person in."""
        given = form.cleaned_data
        return self._accept(first_name=given["first_name"], last_name=given["last_name"], password=given["password1"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who invites to what, and which of the three ways in is this person's."""
        return super().get_context_data(
            invitation=self.invitation,
            is_theirs=self.request.user.is_authenticated and self.request.user == self.known,
            is_somebody_else=self.request.user.is_authenticated and self.request.user != self.known,
            is_known=self.known is not None,
            sign_in=f"{reverse('account_login')}?next={self.request.path}",
            **kwargs,
        )

    def _accept(self, **who: Any) -> HttpResponse:
        try:
            person = actions.accept(token=self.kwargs["token"], now=timezone.now(), **who)
        except actions.UnableToInvite as refusal:
            return self._refuse(refusal)
        if not self.request.user.is_authenticated:
            login(self.request, person, backend=BACKEND)
        messages.success(self.request, _("Welcome. You have your new role now."))
        return redirect("home")

    def _refuse(self, refusal: Exception) -> HttpResponse:
        # 410 for all: whether a link was ever real is nobody's business.
        context = {"refusal": str(refusal)}
        self.template_name = "schools/invitation_over.html"
        return self.response_class(
            request=self.request, template=[self.template_name], context=context, status=410, using=None
        )


class AnswerInvitation(View):
    """A button beside an invitation that waits: withdraw it, or send it again."""

    http_method_names = ["post"]
    what = ""

    def post(self, request: HttpRequest, invitation: int) -> HttpResponse:
        """Do it, and go back to the page that lists it."""
        found = get_object_or_404(Invitation.objects.visible_to(request.user), pk=invitation)
        try:
            said = self._withdraw(found) if self.what == "withdraw" else self._send_again(found)
        except actions.UnableToInvite as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said % {"email": found.email})
        if found.scope == Scope.SCHOOL and found.role in actions.INVITED_BY_HEAD:
            return redirect("school_team", pk=found.school_id)
        return redirect("people")

    def _withdraw(self, invitation: Invitation) -> str:
        actions.withdraw_invitation(invitation=invitation, by=self.request.user, now=timezone.now())
        return _("The invitation to %(email)s is withdrawn. Its link does not work any more.")

    def _send_again(self, invitation: Invitation) -> str:
        actions.invite_again(
            invitation=invitation, by=self.request.user, now=timezone.now(), address_of=page_of(self.request)
        )
        return _("A new link is on its way to %(email)s. The old one does not work any more.")
