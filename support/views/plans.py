from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from readiness.domain.framework import Theme
from schools.models.places import remember_roles
from schools.permissions import Permission, can, require
from support import actions, pdf_plan
from support.models import Plan, Step
from support.pages import plans as pages
from support.views.kept import KeptForm
from support.views.results import download, private


class PlanList(ListView):
    """The plans that this person may read: those that are worked on, by school."""

    template_name = "support/plan_list.html"
    context_object_name = "plans"
    http_method_names = ["get", "head", "options"]

    def get_queryset(self):
        """Each with how many of its steps are to do, and how many of them overdue."""
        to_do = Q(themes__steps__status=Step.Status.TO_DO)
        late = to_do & Q(themes__steps__due_on__lt=timezone.localdate())
        return (
            Plan.objects.visible_to(self.request.user)
            .current()
            .with_context()
            .by_school()
            .annotate(to_do=Count("themes__steps", filter=to_do), late=Count("themes__steps", filter=late))
        )


class PlanView:
    """What every page of a plan does first: find the plan among those that this person may read."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the plan; a stranger gets 404."""
        super().setup(request, *args, **kwargs)
        remember_roles(request.user)
        self.plan = get_object_or_404(Plan.objects.visible_to(request.user).with_context(), pk=kwargs["pk"])

    @cached_property
    def today(self):
        """Today, on the clocks of the site."""
        return timezone.localdate()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plan and its school."""
        return super().get_context_data(plan=self.plan, school=self.plan.audit.school, **kwargs)


class PlanPage(PlanView, TemplateView):
    """The plan: what comes next, and every theme with its help, its steps and its next review."""

    template_name = "support/plan.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plan as it is today, and what this person may do with it."""
        user, school = self.request.user, self.plan.audit.school
        return super().get_context_data(
            page=pages.plan_page(self.plan, today=self.today),
            may_work=self.plan.is_current and can(user, Permission.WORK_ON_PLAN, school),
            may_review=self.plan.is_current and can(user, Permission.REVIEW_AUDIT, school),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Not to be kept by anything between here and the reader."""
        return private(super().render_to_response(context, **kwargs))


class WorkingPage(PlanView, KeptForm):
    """A page that changes a plan: for those who work on it, while no later plan has taken its place."""

    permission = Permission.WORK_ON_PLAN

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse others; lead back to the plan when it is over."""
        require(request.user, self.permission, self.plan.audit.school)
        if not self.plan.is_current:
            messages.info(request, _("A later plan has taken the place of this one. It is kept to be read."))
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def back(self, place: str = "") -> HttpResponse:
        """Show the plan again, at this place of it."""
        return redirect(reverse("plan", args=[self.plan.pk]) + (f"#{place}" if place else ""))

    def theme_of(self, slug: str) -> Theme:
        """A theme of the framework; 404 where the framework has none of this name."""
        for theme in self.plan.audit.framework.themes:
            if theme.slug == slug:
                return theme
        raise Http404

    def attempt(self, form: Any, action: Any, **given: Any) -> HttpResponse | None:
        """Do it; None when it is done, else the page that says why not, with everything that was typed."""
        try:
            action(by=self.request.user, now=timezone.now(), **given)
        except actions.StepChangedMeanwhile as clash:
            return self.clashed(form, clash.theirs, revision=clash.theirs.revision)
        except actions.UnableToChange as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        self.saved()
        return None


class PlanPdf(PlanView, View):
    """The plan on paper."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The plan as an accessible PDF."""
        content = pdf_plan.render(pages.plan_page(self.plan, today=self.today), today=self.today)
        return download(content, pdf_plan.file_name(self.plan), "application/pdf")
