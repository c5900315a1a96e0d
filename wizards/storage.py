"""Where a wizard keeps what it was given: formtools' storage, over the database."""

import copy
import secrets
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from formtools.wizard.storage.base import BaseStorage

from wizards.held import FIELD as HELD_FOR
from wizards.models import WizardRecord

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
VISITOR_KEY = "wizard_visitor"

Data = dict[str, Any]


class DatabaseStorage(BaseStorage):
    """A formtools storage whose data is in the database and whose place is in the session.

    It reads at most once a request, when something is first asked for; it works on that copy; and it writes in
    `update_response`, only what changed. If the view raises, nothing is written.

    A subclass that keeps the answers in rows of its own overrides `load()`, `save(data)` and `forget()`, or, where
    a step is written on its own, `get_step_data(step)` and `set_step_data(step, data)`. `subject` is the thing
    that the wizard is about, if the view named one (`RecordWizard.get_subject`).
    """

    led_to_key = "led_to"
    keeps_place = True
    """Whether the session remembers the step for an address without one. That costs a write at every step."""

    def __init__(self, prefix: str, request: HttpRequest, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self._not_answers = {"csrfmiddlewaretoken", HELD_FOR, "wizard_goto_step", f"{prefix}-current_step"}
        self._place = self._place_before = request.session.get(self.prefix)
        self._data: Data | None = None
        self._before: Data = {}
        self._forgetting = False

    # --- What a subclass may do its own way ---------------------------------------------------------------------

    @property
    def subject(self) -> Any:
        """The record that the wizard is about, or None when the view named none."""
        return getattr(self.request, "wizard_subject", None)

    def load(self) -> Data:
        """Give what is kept: `step_data`, `step_files` and `extra_data`, each a dict. What is missing counts as empty.

        `step_data` maps a step to what its form posted: field name to a list of strings. Called at most once.
        """
        record = self._records().first()
        return record.data if record else {}

    def save(self, data: Data) -> None:
        """Keep `data`, which has the shape that `load` gives. Called once at most, and only when something changed.

        Beside those three there is `led_to`, the address that the last post led to: a subclass may leave it alone.

        Here only what this request changed is written over what the database has by then, so that two tabs which
        save two steps at the same moment both keep theirs.
        """
        with transaction.atomic():
            record, _created = WizardRecord.objects.select_for_update().get_or_create(
                prefix=self.prefix, **self._whose(make=True), defaults={"updated_at": timezone.now()}
            )
            record.data = _with_changes(record.data, before=self._before, after=data)
            record.updated_at = timezone.now()
            record.save(update_fields=["data", "updated_at"])

    def forget(self) -> None:
        """Delete what is kept. Called when a wizard that was posted to its end resets itself."""
        self._records().delete()

    # --- formtools' side ----------------------------------------------------------------------------------------

    def init_data(self) -> None:
        """Begin with nothing given and no place."""
        self._data = self._in_shape({})
        self._place = None

    @property
    def data(self) -> Data:
        """All that is kept, read from the database when first asked for."""
        if self._data is None:
            self._data = self._in_shape(self.load())
            self._before = copy.deepcopy(self._data)
        return self._data

    def _get_current_step(self) -> str | None:
        return self._place

    def _set_current_step(self, step: str | None) -> None:
        self._place = step

    def set_step_data(self, step: str, cleaned_data: Any) -> None:
        """Take what the step's form posted, without the fields that belong to the page and not to the answers."""
        if isinstance(cleaned_data, MultiValueDict):
            cleaned_data = dict(cleaned_data.lists())
        answers = {name: value for name, value in cleaned_data.items() if name not in self._not_answers}
        super().set_step_data(step, answers)

    def set_step_files(self, step: str, files: Any) -> None:
        """Take the step's uploads, if there are any: a step without them is nothing to write about."""
        if files:
            super().set_step_files(step, files)

    def reset(self) -> None:
        """Forget all that was given, when a person has posted the wizard to its end; a GET forgets nothing.

        formtools finishes on a GET: the last post leads to the address of "done", and that page resets the wizard.
        So a GET may reset at exactly one address, the one that this person's last post led to. A link, a
        prefetch or `?reset=1` cannot do it.
        """
        if self.request.method in SAFE_METHODS and self.data[self.led_to_key] != self.request.path:
            return
        super().reset()
        self._forgetting, self._before = True, self._in_shape({})

    def update_response(self, response: HttpResponse) -> None:
        """Write what changed, then let formtools close and delete its temporary files."""
        if self.keeps_place and self._place != self._place_before:
            self._keep_place()
        if self._forgetting:
            self.forget()
        elif self._has_something() and self.request.method == "POST" and "Location" in response:
            # Kept with the data and not in the session: the data is nearly always written in this request anyway.
            self._data[self.led_to_key] = response["Location"].partition("?")[0]
        if self._data is not None and self._data != self._before:
            self.save(self._data)
        self._place_before, self._before, self._forgetting = self._place, copy.deepcopy(self._data or {}), False
        super().update_response(response)

    # --- The rest -----------------------------------------------------------------------------------------------

    def _in_shape(self, data: Data) -> Data:
        shaped: Data = {
            section: data.get(section, {}) for section in (self.step_data_key, self.step_files_key, self.extra_data_key)
        }
        return {**shaped, self.led_to_key: data.get(self.led_to_key, "")}

    def _has_something(self) -> bool:
        return self._data is not None and any(value for key, value in self._data.items() if key != self.led_to_key)

    def _keep_place(self) -> None:
        if self._place is None:
            self.request.session.pop(self.prefix, None)
        else:
            self.request.session[self.prefix] = self._place

    def _whose(self, *, make: bool = False) -> Data | None:
        user = getattr(self.request, "user", None)
        if user is not None and user.is_authenticated:
            return {"owner_id": user.pk, "visitor": ""}
        if make:
            self.request.session.setdefault(VISITOR_KEY, secrets.token_urlsafe(32))
        visitor = self.request.session.get(VISITOR_KEY)
        return {"owner": None, "visitor": visitor} if visitor else None

    def _records(self) -> Any:
        whose = self._whose()
        return WizardRecord.objects.filter(prefix=self.prefix, **whose) if whose else WizardRecord.objects.none()


def _with_changes(stored: Data, *, before: Data, after: Data) -> Data:
    """Give `stored` with the differences between `before` and `after` applied to it, step by step."""
    merged = copy.deepcopy(stored)
    for section, values in after.items():
        if not isinstance(values, dict):
            merged[section] = values
            continue
        old, target = before.get(section, {}), merged.setdefault(section, {})
        for name in old.keys() | values.keys():
            if name not in values:
                target.pop(name, None)
            elif name not in old or old[name] != values[name]:
                target[name] = values[name]
    return merged
