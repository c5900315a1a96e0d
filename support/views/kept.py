"""Forms in which nothing that was typed is lost, though the session ended or somebody else saved meanwhile."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property

from wizards import held
from wizards.held_views import is_fetch


class KeptForm:
    """A FormView whose template draws `{% held_token %}` and, when `given_back`, says that nothing is saved yet."""

    theirs: Any = None
    """What somebody else saved meanwhile, for the page to show beside what was typed."""

    @cached_property
    def _typed_before(self) -> Any:
        if self.request.method not in {"GET", "HEAD"}:
            return None
        return held.peek(self.request, now=timezone.now())

    def get_form(self, form_class: Any = None) -> forms.Form:
        """The form, with what was typed before a session ended in place of what is saved."""
        form = super().get_form(form_class)
        typed = self._typed_before
        if typed is not None:
            for name, field in form.fields.items():
                form.initial[name] = _given_back(field, typed, form.add_prefix(name))
        return form

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """The page again with what to do about it; to a script, that it was not saved."""
        if is_fetch(self.request):
            return HttpResponse(status=422)
        return super().form_invalid(form)

    def clashed(self, form: forms.Form, theirs: Any, *, revision: int) -> HttpResponse:
        """The page again with both texts. Saving it once more keeps what was typed here."""
        if is_fetch(self.request):
            return HttpResponse(status=409)
        self.theirs = theirs
        form.data = form.data.copy()
        form.data[form.add_prefix("seen")] = str(revision)
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def saved(self) -> None:
        """What was kept for this page has been saved now, so it goes."""
        held.discard(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the page shows what was typed before a session ended, and what somebody else saved meanwhile."""
        return super().get_context_data(given_back=self._typed_before is not None, theirs=self.theirs, **kwargs)


def _given_back(field: forms.Field, typed: Any, name: str) -> Any:
    if isinstance(field, forms.MultipleChoiceField):
        return typed.getlist(name)
    if isinstance(field, forms.BooleanField):
        return name in typed
    return typed.get(name, "")
