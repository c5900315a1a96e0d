"""The audit as a formtools wizard: one theme a page, any order, each answer a row of its own."""

import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from readiness import statements
from readiness.actions.answers import ChangedMeanwhile, Locked, Typed, save_answers
from readiness.domain.answers import Voice
from readiness.forms import ThemeForm
from readiness.models import Audit
from schools.models.places import remember_roles
from schools.permissions import Permission, can, require
from wizards import held
from wizards.held_views import is_fetch
from wizards.storage import DatabaseStorage
from wizards.views import RecordWizard


class AnswerStorage(DatabaseStorage):
    """formtools' storage over Answer rows: a step is a theme, and what is kept of it are its statements' answers."""

    keeps_place = False  # every page of an audit names its theme in its address

    def load(self) -> dict[str, Any]:
        """Nothing is kept beside the rows."""
        return {}

    def get_step_data(self, step: str) -> None:
        """A theme's page is drawn from its rows, not from an earlier post."""
        return None

    def set_step_data(self, step: str, cleaned_data: list[Typed]) -> None:
        """Save what was typed, statement by statement.

        Raises what `save_answers` raises: ChangedMeanwhile after saving the rest, Locked, PermissionDenied.
        """
        save_answers(audit=self.subject, typed=cleaned_data, by=self.request.user, now=timezone.now())


class AuditWizard(RecordWizard):
    """The pages on which a school answers."""

    storage_name = "readiness.wizard.AnswerStorage"
    url_name = "audit_theme"
    template_name = "readiness/theme.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the audit among those that this person may see."""
        remember_roles(request.user)
        self.audit = get_object_or_404(Audit.objects.visible_to(request.user).with_framework(), pk=kwargs["pk"])
        super().setup(request, *args, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only those who answer for the school write here; others read the answers on the check page."""
        if request.method == "POST":
            require(request.user, Permission.ANSWER_AUDIT, self.audit.school)
        elif kwargs["step"] in self.form_list and not (
            self.audit.is_editable and can(request.user, Permission.ANSWER_AUDIT, self.audit.school)
        ):
            return redirect(f"{reverse('audit_check', args=[self.audit.pk])}#{kwargs['step']}")
        return super().dispatch(request, *args, **kwargs)

    def get_subject(self) -> Audit:
        """The audit."""
        return self.audit

    def get_steps(self) -> list[tuple[str, type]]:
        """A step for each theme."""
        return [(theme.slug, ThemeForm) for theme in self.audit.framework.themes]

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        """Give the form its theme. What stands beside it is read when it is shown; a save that leads on shows none."""
        theme = self.audit.framework.theme(step or self.steps.current)
        return {"framework": self.audit.framework, "theme": theme, "given_back": self.given_back}

    def render(self, form: ThemeForm, **kwargs: Any) -> HttpResponse:
        """Show the theme with what is saved, and with what was agreed last time."""
        form.saved = self.audit.answers_of(Voice.SCHOOL, form.theme)
        form.last_label, form.last = self.audit.said_last_time(form.theme)
        return super().render(form, **kwargs)

    def process_step(self, form: ThemeForm) -> list[Typed]:
        """What is kept of a step: its answers.

        A script's save settles no clash: somebody who tries the choices would overwrite the other's words on the way.
        """
        typed = form.typed()
        return [replace(one, settle=None) for one in typed] if is_fetch(self.request) else typed

    def step_valid(self, form: ThemeForm) -> HttpResponse:
        """Save the theme and lead on; where two people clash, show both texts."""
        refusal = self._save(form)
        if refusal is None:
            held.discard(self.request)
            return self.after_save(form)
        return refusal

    def step_invalid(self, form: ThemeForm) -> HttpResponse:
        """Save the statements that are in order, and show what to do about the others."""
        return self._save(form) or self._show(form, status=422 if is_fetch(self.request) else 200)

    def _save(self, form: ThemeForm) -> HttpResponse | None:
        """Save what can be saved. None when all of it was; otherwise the page that says what was not."""
        try:
            self.save_step(form)
        except ChangedMeanwhile as clash:
            form.conflicts = clash.conflicts
            return self._show(form, status=409)
        except Locked as refusal:
            messages.error(self.request, str(refusal))
            form.given_back = True
            return self._show(form, status=409, locked=True)
        return None

    def _show(self, form: ThemeForm, *, status: int, **context: Any) -> HttpResponse:
        if is_fetch(self.request):
            response = HttpResponse(status=status)
        else:
            response = self.render(form, **context)
            response.status_code = status
        return self._with_seen(response, form)

    def after_save(self, form: ThemeForm) -> HttpResponse:
        """Lead on; tell a script which words each statement now has."""
        return self._with_seen(super().after_save(form), form)

    def _with_seen(self, response: HttpResponse, form: ThemeForm) -> HttpResponse:
        if not is_fetch(self.request):
            return response
        saved = self.audit.answers_of(Voice.SCHOOL, form.theme)
        # Only statements whose page shows what is stored: the others must still count as seen at their old revision.
        seen = {
            form.add_prefix(f"{one.statement}-seen"): row.said.seen_as(row.revision)
            for one in form.typed()
            if (row := saved.get(one.statement)) and row.said == one.said
        }
        response.headers["X-Seen"] = json.dumps(seen)
        return response

    def get_success_url(self, step: str) -> str:
        """The next theme; back to the list or to the check page for those who came from there."""
        if self.request.POST.get("then") == "list":
            return reverse("audit", args=[self.audit.pk])
        if self.request.GET.get("from") == "check":
            return f"{self.get_done_url()}#{step}"
        return super().get_success_url(step)

    def get_done_url(self) -> str:
        """The page that checks the answers."""
        return reverse("audit_check", args=[self.audit.pk])

    def get_context_data(self, form: ThemeForm, **kwargs: Any) -> dict[str, Any]:
        """What the theme's page shows."""
        return super().get_context_data(
            form=form,
            audit=self.audit,
            framework=self.audit.framework,
            theme=form.theme,
            number=self.steps.step1,
            count=self.steps.count,
            statements=[statements.draw(row, version_digest=self.audit.version.digest) for row in form.rows],
            foot=statements.foot(),
            **kwargs,
        )
