from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from support import actions, levels
from support.domain.draft import DraftStep, Owner
from support.domain.reviews import first_due
from support.forms.plans import DoneForm, DropForm, HelpForm
from support.forms.steps import StepForm, initial
from support.models import ChosenOffer, PlanTheme, Step
from support.pages import plans as pages
from support.proposals import school_calendar
from support.views.plans import WorkingPage


class StepFormPage(WorkingPage, FormView):
    """A step of the plan, as a form."""

    template_name = "support/plan_step.html"
    form_class = StepForm
    step: Step | None = None
    theme: PlanTheme

    @property
    def before(self) -> DraftStep | None:
        """The step as it is."""
        if self.step is None:
            return None
        step = self.step
        offer = step.offer.code if step.offer else ""
        return DraftStep(Owner(step.owner), step.who, step.text, step.due_on, step.statement, step.level, offer)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The statements of the theme, where they stand, and the help that was chosen."""
        chosen = ChosenOffer.objects.filter(theme=self.theme).select_related("offer").order_by("offer__order", "pk")
        return {
            **super().get_form_kwargs(),
            "framework": self.plan.audit.framework,
            "theme": self.theme_of(self.theme.theme),
            "answers": levels.latest(self.plan.audit),
            "offers": [(one.offer.code, one.offer.title) for one in chosen],
            "before": self.before,
            "today": self.today,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The step and its theme."""
        title = self.theme_of(self.theme.theme).title
        return super().get_context_data(step=self.step, theme=self.theme, theme_title=title, **kwargs)


class AddStep(StepFormPage):
    """A new step."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the theme too."""
        super().setup(request, *args, **kwargs)
        self.theme = get_object_or_404(PlanTheme.objects.select_related("plan"), plan=self.plan, theme=kwargs["theme"])
        self.theme.plan = self.plan

    def get_initial(self) -> dict[str, Any]:
        """A new step begins with the head teacher, due by the next review."""
        due = first_due(self.theme.tier_agreed, today=self.today, calendar=school_calendar(self.today))
        return initial(None, due_on=due)

    def form_valid(self, form: StepForm) -> HttpResponse:
        """Add it, and show its theme."""
        refusal = self.attempt(form, actions.add_step, theme=self.theme, wanted=form.wanted())
        return refusal or self.back(self.theme.theme)


class OneStep:
    """A page about one step of the plan."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the step too."""
        super().setup(request, *args, **kwargs)
        self.step = get_object_or_404(
            Step.objects.filter(theme__plan=self.plan).select_related("theme", "offer", "by"), pk=kwargs["step"]
        )
        self.theme = self.step.theme
        self.theme.plan = self.plan

    def show_step(self) -> HttpResponse:
        """Show the plan again, at this step."""
        return self.back(f"step-{self.step.pk}")


class ChangeStep(OneStep, StepFormPage):
    """Change what a step says."""

    def get_initial(self) -> dict[str, Any]:
        """The step as it is."""
        return {**initial(self.before, due_on=self.today), "seen": self.step.revision}

    def form_valid(self, form: StepForm) -> HttpResponse:
        """Change it, and show it."""
        seen = form.cleaned_data["seen"] or 0
        refusal = self.attempt(form, actions.change_step, step=self.step, wanted=form.wanted(), seen=seen)
        return refusal or self.show_step()


class SettlePage(OneStep, WorkingPage, FormView):
    """A step is done, or given up."""

    template_name = "support/plan_settle.html"

    def get_initial(self) -> dict[str, Any]:
        """What has been written about it before."""
        return {"outcome": self.step.outcome, "seen": self.step.revision}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The step as it is read."""
        line = pages.step_line(self.plan.audit.framework, self.step, today=self.today)
        return super().get_context_data(step=self.step, line=line, is_done=self.form_class is DoneForm, **kwargs)


class TickOff(SettlePage):
    """Tick a step off, with a line on what happened."""

    form_class = DoneForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """What is done is not ahead."""
        return {**super().get_form_kwargs(), "today": self.today}

    def get_initial(self) -> dict[str, Any]:
        """Done today, unless they say otherwise."""
        return {**super().get_initial(), "done_on": self.step.done_on or self.today}

    def form_valid(self, form: DoneForm) -> HttpResponse:
        """Tick it off, and show it."""
        given = form.cleaned_data
        refusal = self.attempt(
            form,
            actions.finish_step,
            step=self.step,
            on=given["done_on"],
            outcome=given["outcome"],
            seen=given["seen"] or 0,
        )
        if refusal is None:
            messages.success(self.request, _("The step is ticked off."))
        return refusal or self.show_step()


class Drop(SettlePage):
    """Give a step up, with a line on why."""

    form_class = DropForm

    def form_valid(self, form: DropForm) -> HttpResponse:
        """Drop it, and show it."""
        given = form.cleaned_data
        seen = given["seen"] or 0
        refusal = self.attempt(form, actions.drop_step, step=self.step, outcome=given["outcome"], seen=seen)
        return refusal or self.show_step()


class TakeUpAgain(OneStep, WorkingPage, View):
    """Make a step that was done or dropped one to do again."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do so, and show it."""
        actions.take_up_again(step=self.step, by=request.user, now=timezone.now())
        messages.success(request, _("The step is to do again."))
        return self.show_step()


class Help(WorkingPage, FormView):
    """Since when a help is under way, and when it was finished."""

    template_name = "support/plan_help.html"
    form_class = HelpForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the help too."""
        super().setup(request, *args, **kwargs)
        chosen = ChosenOffer.objects.filter(theme__plan=self.plan).select_related("offer", "theme")
        self.chosen = get_object_or_404(chosen, pk=kwargs["chosen"])
        self.chosen.theme.plan = self.plan

    def get_form_kwargs(self) -> dict[str, Any]:
        """What has been is not ahead."""
        return {**super().get_form_kwargs(), "today": self.today}

    def get_initial(self) -> dict[str, Any]:
        """What is known."""
        return {"begun_on": self.chosen.begun_on, "finished_on": self.chosen.finished_on}

    def form_valid(self, form: HelpForm) -> HttpResponse:
        """Keep it, and show the theme."""
        refusal = self.attempt(form, actions.progress_offer, chosen=self.chosen, **form.cleaned_data)
        return refusal or self.back(self.chosen.theme.theme)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The help."""
        return super().get_context_data(chosen=self.chosen, **kwargs)
