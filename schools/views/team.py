from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from schools import actions
from schools.forms.invitations import InviteForm
from schools.forms.team import ChangeRoleForm, HandOverForm, NameForm
from schools.models import Invitation, Membership, School
from schools.permissions import Permission, Role
from schools.views.asking import EndsRole, Invites


class SchoolPage:
    """What every page of a school's people does first: find the school among those whose team this person names."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the school; a stranger gets 404."""
        super().setup(request, *args, **kwargs)
        self.school = get_object_or_404(School.objects.where(request.user, Permission.NAME_TEAM), pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the school."""
        return super().get_context_data(school=self.school, **kwargs)

    @property
    def roles(self):
        """The roles at this school, ended ones too."""
        return Membership.objects.visible_to(self.request.user).filter(school=self.school).select_related("user")

    def back(self) -> HttpResponse:
        """Show the team again."""
        return redirect("school_team", pk=self.school.pk)


class TeamPage(SchoolPage, FormView):
    """The people who work at a school, those who answer its audit with the head teacher, and who has been invited."""

    template_name = "schools/team.html"
    form_class = NameForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the school's own people."""
        return {**super().get_form_kwargs(), "school": self.school}

    def form_valid(self, form: NameForm) -> HttpResponse:
        """Name the person, and show the team again."""
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        try:
            actions.name_to_team(school=self.school, user=person, role=role, by=self.request.user, now=timezone.now())
        except actions.UnableToName as refusal:
            form.add_error("person", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("%(person)s has joined the team.") % {"person": person})
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show who has which role now, each person once, and whose invitation is not answered."""
        people: dict[Any, list[Membership]] = {}
        for role in self.roles.current().order_by("user__last_name", "user__first_name", "user", "started", "pk"):
            people.setdefault(role.user, []).append(role)
        invited = Invitation.objects.visible_to(self.request.user).unanswered().filter(school=self.school)
        return super().get_context_data(
            people=list(people.items()),
            may_end=actions.ENDED_BY_HEAD,
            invited=invited.exclude(role=Role.HEAD).order_by("-invited_at", "-pk"),
            now=timezone.now(),
            **kwargs,
        )


class InvitePage(SchoolPage, Invites, FormView):
    """Invite somebody to the school."""

    template_name = "schools/invite.html"
    form_class = InviteForm

    @property
    def place(self) -> dict[str, Any]:
        """To this school."""
        return {"school": self.school}


class RoleHistory(SchoolPage, TemplateView):
    """Who has had which role at the school, from when until when, and who gave and ended it."""

    template_name = "schools/role_history.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every role, the newest first."""
        roles = self.roles.select_related("user", "started_by", "ended_by").order_by("-started", "-pk")
        return super().get_context_data(roles=roles, **kwargs)


class ChangeRole(SchoolPage, FormView):
    """Give a member of staff another role in place of one."""

    template_name = "schools/change_role.html"
    form_class = ChangeRoleForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the role too."""
        super().setup(request, *args, **kwargs)
        self.role = get_object_or_404(
            self.roles.current().filter(role__in=actions.ENDED_BY_HEAD), pk=kwargs["membership"]
        )

    def get_initial(self) -> dict[str, Any]:
        """What they are now."""
        return {"role": self.role.role}

    def form_valid(self, form: ChangeRoleForm) -> HttpResponse:
        """Change it, and show the team again."""
        role = Role(form.cleaned_data["role"])
        if role != self.role.role:
            actions.change_role(membership=self.role, role=role, by=self.request.user, now=timezone.now())
            messages.success(self.request, _("%(person)s has another role now.") % {"person": self.role.user})
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose role it is."""
        return super().get_context_data(role=self.role, **kwargs)


class EndRole(SchoolPage, EndsRole, TemplateView):
    """End a role that the head teacher may end."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the role too."""
        super().setup(request, *args, **kwargs)
        self.role = get_object_or_404(self.roles, pk=kwargs["membership"])

    def back(self) -> HttpResponse:
        """Show the team again. Somebody who has ended their own last role here has no way back to it."""
        may_stay = School.objects.where(self.request.user, Permission.NAME_TEAM).filter(pk=self.school.pk).exists()
        return super().back() if may_stay else redirect("home")


class HandOver(SchoolPage, FormView):
    """Leave the school to a colleague, with its open audit as it is."""

    template_name = "schools/hand_over.html"
    form_class = HandOverForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues."""
        return {**super().get_form_kwargs(), "school": self.school, "leaver": self.request.user}

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        """Hand over. The school is the colleague's from the next request on."""
        person = form.cleaned_data["person"]
        try:
            actions.hand_over(school=self.school, to=person, by=self.request.user, now=timezone.now())
        except actions.UnableToName as refusal:
            form.add_error("person", str(refusal))
            return self.form_invalid(form)
        words = _("%(person)s leads %(school)s now. Everything that was begun there is theirs as you left it.")
        messages.success(self.request, words % {"person": person, "school": self.school.name})
        return redirect("home")
