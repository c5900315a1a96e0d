from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from readiness import actions, pages
from readiness.domain.states import EDITABLE, OPEN, AuditState, MoveRefused
from readiness.forms import StartForm, SubmitForm
from readiness.models import Audit
from schools.models import School
from schools.models.places import remember_roles
from schools.permissions import Permission, can


class AuditList(FormView):
    """My schools' audits, the open one first, and the place to start one."""

    template_name = "readiness/list.html"
    form_class = StartForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the schools at which this person may start an audit and none is open."""
        super().setup(request, *args, **kwargs)
        self.may_start = (
            School.objects.where(request.user, Permission.START_AUDIT).exclude(audits__state__in=OPEN).alphabetical()
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer every school of this person's: where an audit is open already, starting leads to it."""
        schools = School.objects.where(self.request.user, Permission.START_AUDIT).alphabetical()
        return {**super().get_form_kwargs(), "schools": schools if self.request.method == "POST" else self.may_start}

    def form_valid(self, form: StartForm) -> HttpResponse:
        """Start, and lead to the task list."""
        try:
            audit = actions.start_audit(school=form.cleaned_data["school"], by=self.request.user, now=timezone.now())
        except actions.UnableToStart as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect("audit", pk=audit.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start an audit, for those who may somewhere."""
        if not School.objects.where(request.user, Permission.START_AUDIT).exists():
            raise PermissionDenied(_("A head teacher starts the audit. Ask yours if the school is ready to begin."))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The audits, those under way first."""
        audits = Audit.objects.visible_to(self.request.user).with_context().by_school()
        cards = [pages.card(audit) for audit in audits]
        return super().get_context_data(
            open_audits=[card for card in cards if card.audit.state in OPEN],
            earlier_audits=[card for card in cards if card.audit.state not in OPEN],
            may_start=list(self.may_start),
            **kwargs,
        )


class AuditPage:
    """What every page of an audit does first: find the audit among those this person may see."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the audit; a stranger gets 404."""
        super().setup(request, *args, **kwargs)
        remember_roles(request.user)
        self.audit = get_object_or_404(Audit.objects.visible_to(request.user).with_context(), pk=kwargs["pk"])

    @property
    def may_answer(self) -> bool:
        """Whether this person may change answers now."""
        return self.audit.state in EDITABLE and can(self.request.user, Permission.ANSWER_AUDIT, self.audit.school)

    @property
    def may_submit(self) -> bool:
        """Whether this person submits for the school (and takes back)."""
        return can(self.request.user, Permission.SUBMIT_AUDIT, self.audit.school)


class TaskList(AuditPage, TemplateView):
    """The eight themes with how far each has got: where everyone lands who comes back."""

    template_name = "readiness/task_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The themes, the progress, and who saved what last."""
        page = pages.task_list(self.audit, may_answer=self.may_answer)
        return super().get_context_data(audit=self.audit, page=page, may_submit=self.may_submit, **kwargs)


class CheckPage(AuditPage, FormView):
    """Every answer on one page, what is missing, and the declaration that submits."""

    template_name = "readiness/check.html"
    form_class = SubmitForm

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        """Submit; where something is missing, show the page again with the list."""
        try:
            actions.submit(audit=self.audit, by=self.request.user, now=timezone.now())
        except actions.UnableToSubmit as refusal:
            self.audit.refresh_from_db(fields=["state"])
            if self.audit.state == AuditState.SUBMITTED:  # by the first press, while this one waited for it
                return redirect("audit_results", pk=self.audit.pk)
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Your audit is submitted. Your locality support officer can now read it."))
        return redirect("audit_results", pk=self.audit.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Submitting twice, with a double click, leads to the results as submitting once does."""
        if self.may_submit and self.audit.state == AuditState.SUBMITTED:
            return redirect("audit_results", pk=self.audit.pk)
        if not self.may_submit:
            raise PermissionDenied(_("The head teacher or acting head submits the audit."))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The answers by theme, what is missing and what has no evidence yet."""
        page = pages.check(self.audit, may_answer=self.may_answer)
        return super().get_context_data(
            audit=self.audit,
            page=page,
            may_answer=self.may_answer,
            may_submit=self.may_submit and self.audit.state in EDITABLE,
            may_withdraw=self.may_submit and self.audit.state == AuditState.SUBMITTED,
            **kwargs,
        )


class Withdraw(AuditPage, View):
    """Take a submitted audit back, until its review begins."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back as a draft."""
        try:
            actions.withdraw_submission(audit=self.audit, by=request.user, now=timezone.now())
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The audit is yours again. Nothing is lost. Submit it when you are ready."))
        return redirect("audit", pk=self.audit.pk)


class HistoryPage(AuditPage, TemplateView):
    """Who did what, and when, in plain words."""

    template_name = "readiness/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The moves, oldest first."""
        return super().get_context_data(audit=self.audit, events=pages.history(self.audit), **kwargs)
