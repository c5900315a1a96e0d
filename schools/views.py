from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from schools import actions
from schools.forms import NameForm
from schools.models import Membership, School
from schools.permissions import Permission


class TeamPage(FormView):
    """The people who answer a school's audit with the head teacher."""

    template_name = "schools/team.html"
    form_class = NameForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the school among those whose team this person names."""
        super().setup(request, *args, **kwargs)
        self.school = get_object_or_404(School.objects.where(request.user, Permission.NAME_TEAM), pk=kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the school's own people."""
        return {**super().get_form_kwargs(), "school": self.school}

    def form_valid(self, form: NameForm) -> HttpResponse:
        """Name the person, and show the team again."""
        person = form.cleaned_data["person"]
        try:
            actions.name_to_team(
                school=self.school,
                user=person,
                role=form.cleaned_data["role"],
                by=self.request.user,
                now=timezone.now(),
            )
        except actions.UnableToName as refusal:
            form.add_error("person", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("%(person)s has joined the team.") % {"person": person})
        return redirect("school_team", pk=self.school.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show who has which role now."""
        team = (
            Membership.objects.current()
            .visible_to(self.request.user)
            .filter(school=self.school)
            .select_related("user", "school")
            .order_by("user__last_name", "user__first_name", "role")
        )
        return super().get_context_data(school=self.school, team=team, may_end=actions.NAMED_BY_HEAD, **kwargs)


class EndRole(View):
    """End a role that the head teacher has given."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, membership: int) -> HttpResponse:
        """End it, and show the team again."""
        school = get_object_or_404(School.objects.where(request.user, Permission.NAME_TEAM), pk=pk)
        role = get_object_or_404(Membership.objects.visible_to(request.user), pk=membership, school=school)
        try:
            actions.end_role(membership=role, by=request.user, now=timezone.now())
        except actions.UnableToName as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(person)s is no longer in this role.") % {"person": role.user})
        return redirect("school_team", pk=school.pk)
