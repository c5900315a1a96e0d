"""The plan on paper: an accessible PDF (PDF/UA-1), the same bytes for the same plan on the same day."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from support import pdf
from support.models import Plan
from support.pages.plans import Group, PlanPage, ReviewLine, StepLine, ThemeCard
from support.sentences import date_words, language_tag

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "print" / "plan.typ"


def file_name(plan: Plan) -> str:
    """What the file is called."""
    stem = slugify(f"support plan {plan.audit.school.name} {plan.audit.session.label.replace('/', '-')}")
    return f"{stem}.pdf"


def render(page: PlanPage, *, today: date) -> bytes:
    """The plan as an A4 PDF that screen readers can read."""
    words = pdf.printable(data(page, today=today))
    return pdf.typeset(TEMPLATE, words, dated=page.plan.agreed_at, format="pdf", pdf_standards=["ua-1"])


def data(page: PlanPage, *, today: date) -> dict[str, Any]:
    """What the template draws."""
    plan = page.plan
    school, session = plan.audit.school.name, plan.audit.session.label
    return {
        "language": pdf.language_parts(language_tag()),
        "title": _("Support plan: %(school)s, %(session)s") % {"school": school, "session": session},
        "label": f"{school}, {session}",
        "heading": _("Support plan"),
        "printed": _("As it stood on %(day)s") % {"day": date_words(today)},
        "agreed": page.agreed,
        "overdue": page.overdue,
        "next": [f"{line.text} ({line.state}; {line.who})" for line in page.next_steps],
        "next_review": page.next_review,
        "stop_or_pause": plan.stop_or_pause or _("Nothing was named."),
        "groups": [_group(group) for group in page.groups],
        "held": [_review(review) for review in page.held],
        "words": {
            "page": _("Page {page} of {pages}"),
            "next": _("What comes next"),
            "no_step": _("No step is to do."),
            "stop": _("What the school stops or pauses"),
            "help": _("Help"),
            "steps": _("Steps"),
            "review": _("Next review:"),
            "held": _("Reviews that were held"),
            "happened": _("What happened:"),
        },
    }


def _group(group: Group) -> dict[str, Any]:
    return {"heading": group.heading, "meaning": group.meaning, "themes": [_theme(theme) for theme in group.themes]}


def _theme(theme: ThemeCard) -> dict[str, Any]:
    return {
        "title": theme.title,
        "note": " ".join(filter(None, [theme.note, theme.reason])),
        "help": [f"{line.title} ({line.words}): {line.state}" for line in theme.help],
        "steps": [_step(line) for line in theme.steps],
        "review": theme.review,
    }


def _step(line: StepLine) -> dict[str, str]:
    return {
        "text": line.text,
        "state": line.state,
        "who": _("%(who)s, by %(day)s") % {"who": line.who, "day": line.due},
        "moves": line.moves,
        "outcome": line.outcome,
    }


def _review(review: ReviewLine) -> dict[str, str]:
    return asdict(review)
