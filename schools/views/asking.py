"""What the head teacher's and the co-ordinator's pages have in common: inviting somebody, and ending a role."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from schools import actions
from schools.forms.invitations import InviteForm
from schools.models import Membership
from schools.views.invitations import page_of


class Invites:
    """A page with a form that invites. `place` says where to, if the form does not; `back` is where it leads."""

    place: dict[str, Any] = {}

    def form_valid(self, form: InviteForm) -> HttpResponse:
        """Send the link, and show the people again."""
        given = {**form.cleaned_data, **self.place}
        try:
            actions.invite(**given, by=self.request.user, now=timezone.now(), address_of=page_of(self.request))
        except actions.UnableToInvite as refusal:
            form.add_error("email", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("An invitation is on its way to %(email)s.") % {"email": given["email"]})
        return self.back()


class EndsRole:
    """A page that asks whether a role shall end, and ends it. `role` is found in `setup`; `back` is where it leads."""

    template_name = "schools/end_role.html"
    http_method_names = ["get", "head", "post", "options"]
    role: Membership

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, unless it has ended meanwhile."""
        return self.back() if self.role.ended else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it, and show the people again."""
        try:
            actions.end_role(membership=self.role, by=request.user, now=timezone.now())
        except actions.UnableToName as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(person)s is no longer in this role.") % {"person": self.role.user})
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose role, and what they may no longer do."""
        return super().get_context_data(
            role=self.role,
            place=self.role.school or self.role.locality or "",
            is_theirs=self.role.user == self.request.user,
            back_url=self.back().url,
            **kwargs,
        )
