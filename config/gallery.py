"""Every component of the site on one page, with invented content: where design and accessibility are looked at."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

ROLES = [("head", "Head teacher"), ("core", "Member of the core team"), ("staff", "Member of staff")]
LEVELS = [
    ("1", "Not yet", "We have not talked about this as a staff."),
    ("2", "Starting", "Some of us do this, and we have begun to agree how."),
    ("3", "Part of how we work", "Most of us do this most days, and new staff are shown how."),
    ("4", "Sustained", "We all do this, we check that it helps, and it lasts when people leave."),
]


class SampleForm(forms.Form):
    """One field of every kind that the site uses."""

    email = forms.EmailField(label="E-mail address", help_text="The one that your school gave you.")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    name = forms.CharField(label="What you like to be called", required=False)
    starts_on = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    evidence = forms.CharField(
        label="How do we know?",
        help_text="One or two things that somebody could see or hear.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-soft-limit": 60}),
    )
    role = forms.ChoiceField(label="Your role", choices=ROLES, widget=forms.RadioSelect)
    helped_by = forms.MultipleChoiceField(
        label="Who helped", choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )
    term = forms.ChoiceField(label="Term", choices=[("", "Choose a term"), ("1", "Term 1"), ("2", "Term 2")])
    declared = forms.BooleanField(label="The core team has agreed these answers")


def sample_context() -> dict[str, object]:
    """Give gallery.html what it shows: content, an empty form, and a form with every error."""
    with_errors = SampleForm({"email": "not an address", "evidence": "Two parents told us so."}, auto_id="wrong_%s")
    with_errors.add_error(None, "This is an error of the whole form.")
    return {
        "form": None,
        "empty": SampleForm(auto_id="empty_%s"),
        "with_errors": with_errors,
        "evidence": SampleForm(auto_id="alone_%s")["evidence"],
        "levels": LEVELS,
        "crumbs": [("Home", "/home/"), ("Audits", "/audits/")],
        "errors": [("Say why this does not apply", "#wrong_evidence"), ("Choose your role", "#wrong_role_0")],
        "tasks": [
            {"title": "Leadership and commitment", "url": "#task-list", "status": "Completed", "done": True},
            {
                "title": "Relationships across the school",
                "url": "#task-list",
                "status": "In progress",
                "hint": "2 of 5 answered. Last saved by A. Example, today at 10:42",
            },
            {"title": "Families as partners", "url": "#task-list", "status": "Not started"},
            {"title": "Check answers and submit", "status": "Cannot start yet"},
        ],
        "rows": [
            {"key": "School", "value": "Sample Primary School"},
            {"key": "Staff who can take part", "value": "Most of the staff", "url": "#summary-list"},
            {"key": "How do we know?", "value": "Two lines of a note,\nkept as two lines.", "url": "#summary-list"},
            {"key": "A named lead", "value": "", "url": "#summary-list", "action": "Answer"},
        ],
        "table_head": ["Theme", "Band", "Support"],
        "table_rows": [
            ["Leadership and commitment", "Secure", "Universal"],
            ["Relationships across the school", "Developing", "Targeted"],
            ["Families as partners", "Not enough information", "Universal, and a conversation to find out"],
        ],
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component. In development only: elsewhere the page does not exist."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "gallery.html", sample_context())
