"""What stands around the form of a step: the lists that the framework keeps, and the terms to choose from."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from readiness.models import FrameworkVersion
from reflections.domain.prompts import HAPPENED_ON, Step
from reflections.forms.steps import Around, Choices
from reflections.models import Entry
from schools.models import Session, Term

THEMES, PRINCIPLES, SOLIHULL = "framework.themes", "framework.keys.nurture_principles", "framework.keys.solihull"
TERMS_TO_CHOOSE_FROM = 8


def around(entry: Entry, step: Step, *, today: date) -> Around:
    """What this step's form needs; only what it asks about is looked up."""
    slugs = {field.slug for field in step.fields}
    asks_for_lists = any(field.options_from for field in step.fields)
    terms: Choices = ()
    worked_out = ""
    if HAPPENED_ON in slugs:
        terms = [(str(term.pk), term_label(term)) for term in _terms_until(today)]
        dates = Session.objects.calendar().term_at(entry.happened_on or timezone.localdate(entry.started_at))
        worked_out = dates.label if dates else ""
    return Around(
        today=today,
        lists=framework_lists() if asks_for_lists else {},
        terms=terms,
        worked_out=worked_out,
        meanings=dict(entry.prompts.visibility_meaning),
    )


def framework_lists() -> Mapping[str, Choices]:
    """The themes, principles and ideas of the framework that schools answer now."""
    version = FrameworkVersion.objects.defer("document").latest_published()
    if version is None:
        return {THEMES: (), PRINCIPLES: (), SOLIHULL: ()}
    framework = version.as_framework()
    return {
        THEMES: [(theme.slug, theme.title) for theme in framework.themes],
        PRINCIPLES: list(framework.keys["nurture_principles"].items()),
        SOLIHULL: [(key, words) for key, words in framework.keys["solihull"].items()],
    }


def term_label(term: Term) -> str:
    """Such as “2026/27, term 2”."""
    return f"{term.session.label}, term {term.order}"


def _terms_until(today: date) -> list[Term]:
    begun = Term.objects.filter(starts__lte=today).select_related("session").order_by("-starts")
    return list(begun[:TERMS_TO_CHOOSE_FROM])
