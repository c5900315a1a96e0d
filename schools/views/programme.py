"""The pages of whoever runs the programme: people, and which school belongs where."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from schools import actions
from schools.forms.invitations import InviteLeaderForm
from schools.forms.programme import AssignForm, FindSchoolsForm, GiveSchoolsForm
from schools.models import Invitation, Membership, School
from schools.permissions import Role, may_run_programme, require_programme
from schools.views.asking import EndsRole, Invites

SCHOOLS_ON_A_PAGE = 50


class ProgrammePage:
    """What every page of the programme does first: refuse those who do not run it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the co-ordinator in."""
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:  # strangers are sent to sign in before the page is made
            require_programme(request.user)


class PeoplePage(ProgrammePage, Invites, FormView):
    """Heads, officers and co-ordinators; who has been invited; and the form that invites."""

    template_name = "schools/people.html"
    form_class = InviteLeaderForm

    def back(self) -> HttpResponse:
        """Show the people again."""
        return redirect("people")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Roles that reach beyond staff, and what waits for an answer."""
        roles = (
            Membership.objects.current()
            .visible_to(self.request.user)
            .select_related("user", "school", "locality")
            .order_by("locality__name", "school__name", "user__last_name", "pk")
        )
        led = Membership.objects.current().filter(role__in=[Role.HEAD, Role.ACTING_HEAD]).values("school")
        taking_part = School.objects.running().filter(memberships__isnull=False).distinct()
        waiting = Invitation.objects.visible_to(self.request.user).unanswered()
        invited = waiting.filter(role__in=actions.INVITED_BY_COORDINATOR).select_related("school", "locality")
        return super().get_context_data(
            coordinators=roles.filter(role=Role.COORDINATOR),
            officers=roles.filter(role=Role.OFFICER),
            heads=roles.filter(role__in=[Role.HEAD, Role.ACTING_HEAD]),
            without_head=taking_part.exclude(pk__in=led).alphabetical(),
            invited=invited.order_by("-invited_at", "-pk"),
            now=timezone.now(),
            **kwargs,
        )


class EndLeaderRole(ProgrammePage, EndsRole, TemplateView):
    """End the role of a head, an officer or a co-ordinator."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the role."""
        super().setup(request, *args, **kwargs)
        self.role = get_object_or_404(Membership.objects.visible_to(request.user), pk=kwargs["membership"])

    def back(self) -> HttpResponse:
        """Show the people again, to those who still run the programme."""
        return redirect("people" if may_run_programme(self.request.user) else "home")


class GiveSchools(ProgrammePage, FormView):
    """Give an officer's schools to another officer, in one step."""

    template_name = "schools/give_schools.html"
    form_class = GiveSchoolsForm

    def form_valid(self, form: GiveSchoolsForm) -> HttpResponse:
        """Give them, and show the people again."""
        given = form.cleaned_data
        try:
            actions.give_schools_to(officer=given["officer"], to=given["to"], by=self.request.user, now=timezone.now())
        except actions.UnableToName as refusal:
            form.add_error("officer", str(refusal))
            return self.form_invalid(form)
        words = _("%(to)s supports the schools of %(officer)s from now on.")
        messages.success(self.request, words % {"to": given["to"], "officer": given["officer"]})
        return redirect("people")


class SchoolList(ProgrammePage, FormView):
    """Every school, narrowed by the address bar, and the form that moves the ticked ones to a locality or cluster."""

    template_name = "schools/list.html"
    form_class = AssignForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read what to list."""
        super().setup(request, *args, **kwargs)
        self.find = FindSchoolsForm(request.GET, auto_id="find_%s")  # two forms of one page share no id
        self.found = self.find.narrowed(School.objects.visible_to(request.user))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Schools may be ticked that have moved out of what is listed meanwhile."""
        among = School.objects.visible_to(self.request.user)
        return {**super().get_form_kwargs(), "among": among, "today": timezone.localdate()}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        """Move the schools, and show the same list again."""
        count = actions.assign(schools=form.cleaned_data["schools"], by=self.request.user, **form.places)
        said = ngettext("%(count)d school has moved.", "%(count)d schools have moved.", count)
        messages.success(self.request, said % {"count": count})
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of schools, and how many have no locality."""
        listed = self.found.select_related("locality", "cluster").alphabetical()
        page = Paginator(listed, SCHOOLS_ON_A_PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        form = kwargs.get("form") or self.get_form()
        return super().get_context_data(
            find=self.find,
            page=page,
            query=query.urlencode(),
            ticked=set(form.data.getlist("schools")) if form.is_bound else set(),
            without_locality=School.objects.visible_to(self.request.user).running().without_locality().count(),
            **{**kwargs, "form": form},
        )
