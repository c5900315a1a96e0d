"""Fields for words of one's own, and what the gentle checks say about them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reflections.domain import privacy
from reflections.domain.plain import plain
from reflections.domain.privacy import Excerpt, Finding, Rule

STOPPED = {
    Rule.EMAIL: gettext_lazy("Take out the e-mail address “%(found)s”. It could tell somebody who this is about."),
    Rule.POSTCODE: gettext_lazy("Take out the postcode “%(found)s”. It could tell somebody who this is about."),
    Rule.LONG_NUMBER: gettext_lazy("Take out the number “%(found)s”. It looks like a number that belongs to a person."),
}
ASKED = {
    Rule.PHONE: gettext_lazy("This looks like a telephone number. Would you like to take it out?"),
    Rule.NAME: gettext_lazy("This might be somebody’s name. Would you like to change it?"),
    Rule.INITIALS: gettext_lazy("These look like somebody’s initials. Would you like to change them?"),
    Rule.STAGE: gettext_lazy("This might point to one child. Would you like to change it?"),
    Rule.BIRTH: gettext_lazy("This looks like somebody’s date of birth. Would you like to take it out?"),
    Rule.PLACE: gettext_lazy("This might tell somebody where a person lives. Would you like to change it?"),
}


class Words(forms.CharField):
    """A text that is kept as plain words, says by how much it is too long, and never keeps what must not be kept."""

    def __init__(self, *, limit: int, today: date, rows: int = 6, **kwargs: Any) -> None:
        self.limit, self.today = limit, today
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Plain words, whatever they were pasted from."""
        return plain(super().to_python(value))

    def validate(self, value: str) -> None:
        """Refuse too many characters, and what stops; say what to do, and about which words. May be empty."""
        if (over := len(value) - self.limit) > 0:
            said = _("This is %(over)s characters too long. It can have %(limit)s. Your words are all still here.")
            raise forms.ValidationError(said % {"over": over, "limit": self.limit}, code="too_long")
        found = [one for one in privacy.check(value, today=self.today) if one.stops]
        if found:
            raise forms.ValidationError([STOPPED[one.rule] % {"found": one.found} for one in found], code="stopped")


class NeededWords(Words):
    """The same, and it must not be empty."""

    def validate(self, value: str) -> None:
        """Refuse nothing at all: a finished entry keeps what it was finished with."""
        if not value:
            raise forms.ValidationError(_("A finished entry needs a few words here. You can also delete the entry."))
        super().validate(value)


@dataclass(frozen=True)
class Question:
    """Something to look at in a text before going on: where it is, and other words where there are some."""

    field: str
    label: str
    finding: Finding
    where: Excerpt
    sentence: str

    @property
    def mark(self) -> str:
        """What a form sends back to say that it has shown this, or that its other words are wanted."""
        return _mark(self.field, self.finding)


def questions_about(name: str, label: str, text: str, *, today: date) -> list[Question]:
    """What the gentle checks ask about one text, the same words once."""
    found = {one.key: one for one in reversed(privacy.check(text, today=today)) if not one.stops}
    return [
        Question(name, label, one, privacy.excerpt(text, one), str(ASKED[one.rule])) for one in reversed(found.values())
    ]


class AskedBefore:
    """A part of a form that asks about words: what it has asked already, and which other words were chosen.

    The page shows each question once. Saving again, changed or not, goes on.
    """

    asked_name, rewrite_name, helped_name = "asked", "rewrite", "helped"

    def __init__(self, data: Any, add_prefix: Any) -> None:
        get = getattr(data, "getlist", lambda name: [])
        self.asked = {mark for value in get(add_prefix(self.asked_name)) for mark in value.split(",")}
        self.rewrites = set(get(add_prefix(self.rewrite_name)))
        self.helped = bool(get(add_prefix(self.helped_name)))

    def rewritten(self, name: str, text: str, *, today: date) -> str:
        """The text with the other words that were chosen for it."""
        if not self.rewrites:
            return text
        found = privacy.check(text, today=today)
        return privacy.rewritten(text, [one.key for one in found if _mark(name, one) in self.rewrites], today=today)

    def has_news(self, questions: Iterable[Question]) -> bool:
        """Whether there is one among these that the page has not shown yet."""
        return any(question.mark not in self.asked for question in questions)


def _mark(field: str, finding: Finding) -> str:
    return hashlib.sha256(f"{field}|{finding.key}".encode()).hexdigest()[:12]
