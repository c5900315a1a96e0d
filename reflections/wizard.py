"""An entry as a formtools wizard: one step a page, any order, each text a sealed row of its own."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reflections.actions.entries import ChangedMeanwhile, UnableToFinish, finish, save_step
from reflections.domain.prompts import NO_NAMES, NOW_WHAT, VISIBILITY, Step
from reflections.forms.around import around
from reflections.forms.steps import StepForm
from reflections.models import Entry
from reflections.private_pages import KeptNowhere
from wizards import held
from wizards.held_views import is_fetch
from wizards.storage import DatabaseStorage
from wizards.views import RecordWizard

LOOK, FINISH = "look", "finish"
"""What a step's address says when it was led back to: that there is something to look at, or what is missing."""


class EntryStorage(DatabaseStorage):
    """formtools' storage over an entry's sealed rows. Nothing is kept beside them, and nothing in the session."""

    def load(self) -> dict[str, Any]:
        """Nothing is kept beside the rows."""
        return {}

    def get_step_data(self, step: str) -> None:
        """A step's page is drawn from its rows, not from an earlier post."""
        return None

    def set_step_data(self, step: str, cleaned_data: StepForm) -> None:
        """Keep what was said in the step. Raises what `save_step` raises."""
        form = cleaned_data
        save_step(
            entry=self.subject,
            step=form.step,
            said=form.said(),
            seen=form.posted_seen,
            by=self.request.user,
            now=timezone.now(),
        )


class EntryWizard(KeptNowhere, RecordWizard):
    """The pages on which somebody writes their own entry. Nobody else ever gets them."""

    storage_name = "reflections.wizard.EntryStorage"
    url_name = "reflection_step"
    template_name = "reflections/step.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the entry among the person's own."""
        self.entry = get_object_or_404(
            Entry.objects.of(request.user).with_context().prefetch_related("texts", "tags", "ratings"), pk=kwargs["pk"]
        )
        super().setup(request, *args, **kwargs)

    def get_subject(self) -> Entry:
        """The entry."""
        return self.entry

    def get_steps(self) -> list[tuple[str, type]]:
        """The steps of the form that the author chose."""
        return [(step.slug, StepForm) for step in self.entry.steps]

    @property
    def step(self) -> Step:
        """The step of this page."""
        return self.entry.prompts.step(self.steps.current)

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        """Give the form its prompts, what is kept, and what is around it."""
        asked = self.entry.prompts.step(step or self.steps.current)
        today = timezone.localdate()
        return {
            "entry": self.entry,
            "step": asked,
            "around": around(self.entry, asked, today=today),
            "given_back": self.given_back,
        }

    def process_step(self, form: StepForm) -> StepForm:
        """The form itself says what is kept of it."""
        return form

    def step_valid(self, form: StepForm) -> HttpResponse:
        """Keep the step; ask about its words once; then lead on, and from the last step to the finished entry."""
        if refusal := self._save(form):
            return refusal
        held.discard(self.request)
        if is_fetch(self.request):
            return self._with_seen(HttpResponse(status=204))
        fresh = self._fresh_form()
        if self._has_something_new_to_ask(form, fresh):
            return self._look_again(LOOK)
        if self._is_to_finish() and not self._finished():
            return self._look_again(FINISH)
        return self.after_save(fresh)

    def step_invalid(self, form: StepForm) -> HttpResponse:
        """Keep what is in order, and show what to do about the rest, with every word that was typed."""
        refusal = self._save(form)
        if refusal is not None:
            return refusal
        if is_fetch(self.request):
            return self._with_seen(HttpResponse(status=422))
        return self.render(form)

    def _save(self, form: StepForm) -> HttpResponse | None:
        """Keep what is in order. None when that was done; otherwise the page that shows both windows' words."""
        try:
            self.save_step(form)
        except ChangedMeanwhile as clash:
            form.theirs = clash.theirs
            if is_fetch(self.request):
                return HttpResponse(status=409)
            response = self.render(form)
            response.status_code = 409
            return response
        self._read_anew()
        return None

    def _read_anew(self) -> None:
        self.entry.refresh_from_db(fields=["wished", "no_names_checked", "happened_on", "term", "term_set_by_hand"])
        self.entry.forget_what_was_read()

    def _fresh_form(self) -> StepForm:
        """The step as it is kept now."""
        return self.get_form(data=None)

    def _has_something_new_to_ask(self, posted: StepForm, fresh: StepForm) -> bool:
        if self.request.POST.get("then") == "later":
            return False
        return posted.before.has_news(fresh.questions()) or (fresh.safeguarding() and not posted.before.helped)

    def _is_to_finish(self) -> bool:
        return self.steps.next is None and self.request.POST.get("then") != "later"

    def _finished(self) -> bool:
        try:
            finish(entry=self.entry, by=self.request.user, now=timezone.now())
        except UnableToFinish:
            return False
        return True

    def _look_again(self, why: str) -> HttpResponse:
        """Lead back to this step, which says why. A page that answers a post could not be gone back to."""
        return redirect(f"{self.get_step_url(self.steps.current)}?{why}")

    def _with_seen(self, response: HttpResponse) -> HttpResponse:
        fresh = self._fresh_form()
        response.headers["X-Seen"] = json.dumps({fresh.add_prefix("seen"): fresh.seen})
        return response

    def get_success_url(self, step: str) -> str:
        """The next step; the list of entries for those who come back later."""
        if self.request.POST.get("then") == "later":
            return reverse("reflections")
        return super().get_success_url(step)

    def get_done_url(self) -> str:
        """The entry, to read."""
        return reverse("reflection", args=[self.entry.pk])

    def get_context_data(self, form: StepForm, **kwargs: Any) -> dict[str, Any]:
        """What the step's page shows."""
        finishes = FINISH in self.request.GET and not form.is_bound
        needs_tick = finishes and not self.entry.no_names_checked and NO_NAMES in form.fields
        return super().get_context_data(
            form=form,
            entry=self.entry,
            step=self.step,
            number=self.steps.step1,
            count=self.steps.count,
            is_last=self.steps.next is None,
            asks=LOOK in self.request.GET,
            questions=[] if form.is_bound else form.questions(),
            shows_help=form.safeguarding(),
            errors=self._errors(form, needs_tick=needs_tick),
            missing=[(step.title, self.get_step_url(step.slug)) for step in self.entry.missing()] if finishes else [],
            planned=self._planned(),
            theirs=self._theirs(form),
            overview=[
                (each.title, self.get_step_url(each.slug), each.slug == self.step.slug, self._state(each))
                for each in self.entry.steps
            ],
            **kwargs,
        )

    def _errors(self, form: StepForm, *, needs_tick: bool) -> list[tuple[str, str]]:
        errors = [
            (str(error), f"#{form[name].auto_id}{'_0' if form[name].use_fieldset else ''}")
            for name, found in form.errors.items()
            for error in found
        ]
        if needs_tick:
            said = _("Tick the box to say that nobody can be identified from this.")
            errors.append((said, f"#{form[NO_NAMES].auto_id}"))
        return errors

    def _planned(self) -> str:
        """What the author planned in the entry that this one goes on from, at the head of its first pages."""
        first = [step.slug for step in self.entry.steps][:2]
        if self.entry.follows is None or self.step.slug not in first:
            return ""
        return self.entry.follows.texts_by_slug.get(NOW_WHAT, "")

    def _theirs(self, form: StepForm) -> list[tuple[str, str]]:
        if form.theirs is None:
            return []
        return [(str(form[name].label), value) for name, value in form.theirs.items() if value and name in form.fields]

    def _state(self, step: Step) -> str:
        if any(value for name, value in self.entry.said(step).items() if name != VISIBILITY):
            return _("Written")
        return _("Still needed") if step in self.entry.missing() else _("Empty")
