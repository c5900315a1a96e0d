from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import FormView

from schools.permissions import Permission, can
from support import actions, levels
from support.domain.reviews import UNIVERSAL
from support.forms.plans import ReviewForm
from support.models import Review, Step
from support.pages import plans as pages
from support.views.plans import WorkingPage


class HoldReview(WorkingPage, FormView):
    """Look back at one theme: where it stands, what was said, and whether its support goes on."""

    template_name = "support/plan_review.html"
    form_class = ReviewForm
    permission = Permission.REVIEW_AUDIT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the review too."""
        super().setup(request, *args, **kwargs)
        reviews = Review.objects.filter(theme__plan=self.plan).select_related("theme")
        self.review = get_object_or_404(reviews, pk=kwargs["review"])
        self.review.theme.plan = self.plan
        self.theme = self.theme_of(self.review.theme.theme)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who hold no review; lead back to the plan when this one has been held."""
        if not can(request.user, Permission.REVIEW_AUDIT, self.plan.audit.school):
            raise PermissionDenied(_("The locality support officer holds the review, together with the school."))
        if self.review.held_on is not None:
            messages.info(request, _("This review has been held. What it said is on the plan."))
            return self.back("reviews")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Where the statements of the theme stood last."""
        return {
            **super().get_form_kwargs(),
            "framework": self.plan.audit.framework,
            "theme": self.theme,
            "latest": levels.latest(self.plan.audit),
            "may_close": self.review.theme.tier_agreed != UNIVERSAL,
            "today": self.today,
        }

    def get_initial(self) -> dict[str, Any]:
        """Held today, unless they say otherwise."""
        return {"held_on": self.today}

    def form_valid(self, form: ReviewForm) -> HttpResponse:
        """Record it, and show the plan."""
        given = form.cleaned_data
        refusal = self.attempt(
            form,
            actions.hold_review,
            review=self.review,
            on=given["held_on"],
            note=given["note"],
            now_at=form.now_at(),
            decision=given["decision"],
        )
        return refusal or self.back(self.review.theme.theme)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The theme, its tier, and its steps."""
        theme = self.review.theme
        steps = Step.objects.filter(theme=theme).select_related("theme", "offer", "by").soonest_first()
        framework = self.plan.audit.framework
        return super().get_context_data(
            review=self.review,
            theme=self.theme,
            tier=framework.tier(theme.tier_agreed),
            steps=[pages.step_line(framework, step, today=self.today) for step in steps],
            **kwargs,
        )
