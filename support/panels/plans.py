from datetime import date
from typing import Any

from django.db.models import QuerySet
from laces.components import Component

from schools.models import School
from schools.permissions import Permission
from support.models import Plan, Step
from support.sentences import capital, due_words

FEW = 5
"""As many steps as a home page names."""


class NextSteps(Component):
    """The steps that are due next on the plans that somebody works on, overdue ones first."""

    template_name = "support/panels/next_steps.html"

    def __init__(self, steps: list[Step], plan: Plan, *, today: date, several: bool) -> None:
        self.steps, self.plan, self.today, self.several = steps, plan, today, several

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Each step with when it is due, in words."""
        lines = [(step, capital(due_words(step.due_on, today=self.today))) for step in self.steps]
        return {"lines": lines, "plan": self.plan, "several": self.several}


def next_steps(user: Any, *, today: date, among: QuerySet[School] | None = None) -> list[Component]:
    """The panel of the plans that this person works on; none without a plan. Two queries."""
    schools = School.objects.where(user, Permission.WORK_ON_PLAN)
    if among is not None:
        schools = schools.filter(pk__in=among.values("pk"))
    plans = list(Plan.objects.current().filter(audit__school__in=schools.values("pk")).with_context().by_school()[:2])
    if not plans:
        return []
    steps = (
        Step.objects.to_do()
        .of_current_plans()
        .filter(theme__plan__audit__school__in=schools.values("pk"))
        .select_related("theme__plan__audit__school")
        .soonest_first()
    )
    return [NextSteps(list(steps[:FEW]), plans[0], today=today, several=len(plans) > 1)]
