"""Who is too close to which school, and who takes it over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from schools import actions
from schools.conflicts import conflicts
from schools.forms.ties import EndTieForm, GiveSchoolForm, TieForm
from schools.models import Membership, School, Tie
from schools.permissions import Role, may_run_programme
from schools.views.programme import ProgrammePage


class TiesPage(FormView):
    """Where officers say which schools they are close to, and the co-ordinator sees what follows."""

    template_name = "schools/ties.html"
    form_class = TieForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let officers and the co-ordinator in."""
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not actions.may_see_ties(request.user):
            raise PermissionDenied(_("Officers tell us here about schools that they are close to. You are not asked."))

    def form_valid(self, form: TieForm) -> HttpResponse:
        """Declare the tie, and show the list."""
        given = form.cleaned_data
        try:
            actions.declare_tie(**given, user=self.request.user, now=timezone.now())
        except actions.UnableToDeclare as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        words = _("Thank you. Another officer reviews %(school)s while this counts.")
        messages.success(self.request, words % {"school": given["school"].name})
        return redirect("ties")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Their own ties; for the co-ordinator everybody's, and the schools that need another officer."""
        user, today = self.request.user, timezone.localdate()
        runs = may_run_programme(user)
        ties = Tie.objects.visible_to(user).standing().select_related("school", "user")
        theirs = Membership.objects.at_school_within_reach_of(today).filter(user=user).values("school")
        return super().get_context_data(
            mine=ties.filter(user=user).order_by("school__name", "pk"),
            others=ties.exclude(user=user).order_by("school__name", "user__last_name", "pk") if runs else [],
            by_role=School.objects.filter(pk__in=theirs).alphabetical(),
            conflicts=conflicts(today) if runs else [],
            runs=runs,
            today=today,
            **kwargs,
        )


class EndTie(FormView):
    """Say when a tie ended."""

    template_name = "schools/end_tie.html"
    form_class = EndTieForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it among one's own that go on."""
        super().setup(request, *args, **kwargs)
        own = Tie.objects.visible_to(request.user).standing().filter(user=request.user.pk, until__isnull=True)
        self.tie = get_object_or_404(own.select_related("school"), pk=kwargs["tie"])

    def form_valid(self, form: EndTieForm) -> HttpResponse:
        """Write the day down."""
        try:
            actions.end_tie(tie=self.tie, until=form.cleaned_data["until"], by=self.request.user, now=timezone.now())
        except actions.UnableToDeclare as refusal:
            form.add_error("until", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The day is written down. The tie counts for two years after it."))
        return redirect("ties")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which tie it is."""
        return super().get_context_data(tie=self.tie, **kwargs)


class WithdrawTie(ProgrammePage, View):
    """Take out a tie that was declared by mistake."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, tie: int) -> HttpResponse:
        """Take it out, and show the list again."""
        found = get_object_or_404(Tie.objects.visible_to(request.user), pk=tie)
        try:
            actions.withdraw_tie(tie=found, by=request.user, now=timezone.now())
        except actions.UnableToDeclare as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("This counts no more."))
        return redirect("ties")


class GiveSchool(ProgrammePage, FormView):
    """Give one school to an officer who is not too close to it."""

    template_name = "schools/give_school.html"
    form_class = GiveSchoolForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the school."""
        super().setup(request, *args, **kwargs)
        self.school = get_object_or_404(School.objects.visible_to(request.user), pk=kwargs["pk"])

    def form_valid(self, form: GiveSchoolForm) -> HttpResponse:
        """Give it, and show who is too close to which school."""
        officer = form.cleaned_data["officer"]
        try:
            actions.give_school_to(school=self.school, officer=officer, by=self.request.user, now=timezone.now())
        except actions.UnableToName as refusal:
            form.add_error("officer", str(refusal))
            return self.form_invalid(form)
        words = _("%(person)s reviews %(school)s now.")
        messages.success(self.request, words % {"person": officer, "school": self.school.name})
        return redirect("ties")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which school, and who has it given like this now."""
        given = Membership.objects.current().filter(school=self.school, role=Role.SCHOOL_OFFICER)
        return super().get_context_data(school=self.school, given=given.select_related("user"), **kwargs)
