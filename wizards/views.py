"""The shell around formtools' wizard: what its own views lose, leak or do on a GET, ours do not."""

from collections import OrderedDict
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from formtools.wizard.forms import ManagementForm
from formtools.wizard.views import NamedUrlWizardView

from wizards import held
from wizards.held_views import is_fetch


class RecordWizard(NamedUrlWizardView):
    """A wizard about one record, one page a step, any order, saved at each step.

    A subclass sets `url_name` (a pattern with a `step` in it) and says, in methods:

    - `get_subject()`: the record it is about, found in the subclass's own `setup` before `super().setup()`;
    - `get_steps()`: its steps, as data: `[(slug, form class), …]`, in order;
    - `get_done_url()`: where the last step leads (a page that checks the answers; handing in is a POST of its own);
    - and, if it wants to, `get_prefix`, `get_success_url(step)`, `save_step(form)`, `after_save(form)`.

    Its template draws `wizard.management_form`, `{% csrf_token %}` and `{% held_token %}` inside the form, and says
    so when `wizard.given_back` is true: the page shows what was typed before a session ended, and it is not saved.

    Steps are data, so a step that is not asked is left out of `get_steps()`; there are no conditions.
    """

    storage_name = "wizards.storage.DatabaseStorage"

    # formtools demands a form when the address is wired, long before anybody knows the steps of a record.
    # `setup` replaces it for each request; overriding `get_form_list` instead would break every POST.
    form_list = [("placeholder", forms.Form)]

    given_back = False

    @classmethod
    def get_initkwargs(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Let `url_name` be a class attribute; formtools wants it as an argument of `as_view`."""
        if cls.url_name is not None:
            kwargs.setdefault("url_name", cls.url_name)
        return super().get_initkwargs(*args, **kwargs)

    # --- What a subclass says -----------------------------------------------------------------------------------

    def get_subject(self) -> Any:
        """The record that the wizard is about; storages find it as `storage.subject`. None: about nothing."""
        return None

    def get_steps(self) -> list[tuple[str, type]]:
        """The steps in order: their slugs, which stand in addresses, and their form classes."""
        raise NotImplementedError(f"{type(self).__name__} needs get_steps(): a list of slug and form class.")

    def get_done_url(self) -> str:
        """Where the last step leads."""
        raise NotImplementedError(f"{type(self).__name__} needs get_done_url(): the page after the last step.")

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Name the wizard and its record, such as `audit-12`. Two records with one prefix would share their data."""
        subject = self.get_subject()
        if subject is None:
            raise NotImplementedError(f"{type(self).__name__} needs get_prefix() or get_subject().")
        return f"{subject._meta.model_name}-{subject.pk}"

    def get_success_url(self, step: str) -> str:
        """Where saving `step` leads: the next step, and after the last one `get_done_url()`."""
        following = self.get_next_step(step)
        return self.get_done_url() if following is None else self.get_step_url(following)

    def save_step(self, form: Any) -> None:
        """Keep what a valid form holds. A subclass whose save can be refused catches that in `step_valid`."""
        self.storage.set_step_data(self.steps.current, self.process_step(form))
        self.storage.set_step_files(self.steps.current, self.process_step_files(form))

    def after_save(self, form: Any) -> HttpResponse:
        """Answer a saved step: lead on, or an empty 204 to a script that saves while somebody types."""
        if is_fetch(self.request):
            return HttpResponse(status=204)
        return redirect(self.get_success_url(self.steps.current))

    def step_valid(self, form: Any) -> HttpResponse:
        """Save a valid step and answer. What a lost session had left for this page is saved now too, so it goes."""
        self.save_step(form)
        held.discard(self.request)
        return self.after_save(form)

    def step_invalid(self, form: Any) -> HttpResponse:
        """Show the page again with what was typed and what to do about it (to a script: 422)."""
        response = self.render(form)
        if is_fetch(self.request):
            response.status_code = 422
        return response

    # --- The shell ----------------------------------------------------------------------------------------------

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take the steps of this record, for this request only."""
        super().setup(request, *args, **kwargs)
        request.wizard_subject = self.get_subject()
        self.form_list = OrderedDict(self.get_steps())
        if self.done_step_name in self.form_list:
            raise ImproperlyConfigured(f"“{self.done_step_name}” cannot be a step: it is an address of the wizard.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a step, or lead to one. Nothing is forgotten, saved or finished here, whatever the address says."""
        step = kwargs.get("step")
        if step is None:
            here = self.steps.current if self.steps.current in self.form_list else self.steps.first
            return redirect(self.get_step_url(here))
        if step == self.done_step_name:
            return self.render_done(None)
        self._go_to(step)
        given_back = held.peek(request, now=timezone.now())
        self.given_back = given_back is not None
        data = given_back if self.given_back else self.storage.current_step_data
        return self.render(self.get_form(data=data, files=self.storage.current_step_files))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save one step, the one in the address, and redirect.

        This does not go through formtools' own `post`, which trusts the hidden field over the address, fails with a
        500 when that field names no step, and moves away without saving when `wizard_goto_step` is posted.
        """
        step = kwargs.get("step")
        if step is None:
            raise SuspiciousOperation("A wizard was posted to without a step.")
        self._go_to(step)
        self._check_management_form(step)
        form = self.get_form(data=request.POST, files=request.FILES)
        return self.step_valid(form) if form.is_valid() else self.step_invalid(form)

    def render_done(self, form: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the page after the wizard. Nothing is handed in here: that is a POST of its own, elsewhere."""
        return redirect(self.get_done_url())

    def get_step_url(self, step: str) -> str:
        """The address of a step of this record."""
        return reverse(self.url_name, kwargs={**self.kwargs, "step": step})

    def process_step(self, form: Any) -> MultiValueDict:
        """Give the fields of this step as they were posted; what else a post may bring is not kept."""
        mine = f"{form.prefix}-"
        return MultiValueDict({name: values for name, values in form.data.lists() if name.startswith(mine)})

    def process_step_files(self, form: Any) -> Any:
        """Give the uploads of a step that asks for some. A stray file must not break a step that asks for none."""
        return form.files if form.is_multipart() else {}

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `wizard.given_back`: whether the page shows what was typed before a session ended."""
        context = super().get_context_data(form=form, **kwargs)
        context["wizard"]["given_back"] = self.given_back
        return context

    def _go_to(self, step: str) -> None:
        if step not in self.form_list:
            raise Http404
        self.storage.current_step = step

    def _check_management_form(self, step: str) -> None:
        posted = ManagementForm(self.request.POST, prefix=self.prefix)
        if not posted.is_valid() or posted.cleaned_data["current_step"] != step:
            raise SuspiciousOperation("The hidden field of a wizard is missing or names another step than the address.")
