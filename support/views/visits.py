"""The pages of the visit to a school under review."""

from random import SystemRandom
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from readiness.models.audit import NEVER_SUBMITTED
from readiness.views import AuditPage, reviews
from schools.permissions import Permission, require
from support import actions
from support.forms.visits import NoteForm, PlanVisitForm, ReadForm
from support.models import Visit
from support.pages import visits


class OfAVisit(AuditPage):
    """What every page of a visit does first: find the audit, and its visit where there is one."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find both; a stranger gets 404, and so does everybody before the audit has been submitted."""
        super().setup(request, *args, **kwargs)
        visits = Visit.objects.visible_to(request.user).filter(audit=self.audit)
        self.visit = visits.select_related("planned_by", "written_by", "shown_by", "read_by", "final_by").first()
        if self.visit is None and self.audit.state in NEVER_SUBMITTED:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the audit."""
        return super().get_context_data(audit=self.audit, visit=self.visit, **kwargs)

    def back(self) -> HttpResponse:
        """Show the visit again."""
        return redirect("visit", pk=self.audit.pk)


class Begin(reviews.Begin):
    """Begin the review, and draw lots for a visit in the same moment."""

    def begin(self) -> None:
        """Begin it."""
        actions.begin_review(audit=self.audit, by=self.request.user, now=timezone.now(), chance=SystemRandom())


class OfTheOfficer(OfAVisit):
    """A page for whoever reviews the audit."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse others."""
        require(request.user, Permission.REVIEW_AUDIT, self.audit.school)
        return super().dispatch(request, *args, **kwargs)


class VisitPage(OfAVisit, FormView):
    """Why a visit is offered, when it is, its note, and what the head says of the note."""

    template_name = "support/visits/visit.html"
    form_class = ReadForm

    def get_initial(self) -> dict[str, Any]:
        """The revision that is on the screen."""
        return {"revision": self.visit.revision if self.visit else 0}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the head's word on the note."""
        require(request.user, Permission.SUBMIT_AUDIT, self.audit.school)
        if self.visit is None:
            raise Http404
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ReadForm) -> HttpResponse:
        """Say that it has been read, and keep the comment."""
        given = form.cleaned_data
        try:
            is_read = actions.read_note(
                visit=self.visit,
                revision=given["revision"],
                comment=given["comment"],
                by=self.request.user,
                now=timezone.now(),
            )
        except actions.UnableToVisit as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if not is_read:
            messages.warning(self.request, _("The note has changed since you opened it. Please read it again."))
        elif given["comment"]:
            messages.success(self.request, _("Your comment is attached to the note."))
        else:
            messages.success(self.request, _("Thank you. The officer can see that you have read the note."))
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page in words."""
        page = visits.build(self.audit, self.visit, self.request.user)
        return super().get_context_data(page=page, **kwargs)


class PlanPage(OfTheOfficer, FormView):
    """Plan the visit, or change its day and who comes."""

    template_name = "support/visits/plan.html"
    form_class = PlanVisitForm

    def get_initial(self) -> dict[str, Any]:
        """What was planned before."""
        visit = self.visit
        return {"kind": visit.kind, "on": visit.on, "who": visit.who, "reason": visit.reason} if visit else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask for a reason where the rule gives none."""
        return {**super().get_form_kwargs(), "is_offered": actions.why(self.audit).is_offered}

    def form_valid(self, form: PlanVisitForm) -> HttpResponse:
        """Plan it."""
        given = {"reason": "", **form.cleaned_data}
        try:
            actions.plan_visit(audit=self.audit, **given, by=self.request.user, now=timezone.now())
        except actions.UnableToVisit as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The visit is planned. The school can see the day on this page."))
        return self.back()


class NotePage(OfTheOfficer, FormView):
    """Write the note of a visit."""

    template_name = "support/visits/note.html"
    form_class = NoteForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A note belongs to a visit that is planned."""
        super().setup(request, *args, **kwargs)
        if self.visit is None:
            raise Http404
        self.saved = actions.note_of(self.visit)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A final note is read, and no longer written."""
        return self.back() if self.visit.is_final else super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The note as it is saved."""
        return {**super().get_form_kwargs(), "framework": self.audit.framework, "note": self.saved}

    def get_initial(self) -> dict[str, Any]:
        """The revision that is on the screen."""
        return {"revision": self.visit.revision}

    def form_valid(self, form: NoteForm) -> HttpResponse:
        """Save it as a draft."""
        try:
            actions.write_note(
                visit=self.visit,
                note=form.note,
                revision=form.cleaned_data["revision"],
                by=self.request.user,
                now=timezone.now(),
            )
        except actions.UnableToVisit as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except actions.NoteChanged as changed:
            return self._show_both(form, changed)
        messages.success(self.request, _("The note is saved."))
        return self.back()

    def _show_both(self, form: NoteForm, changed: actions.NoteChanged) -> HttpResponse:
        """What was typed stays in the form; what is saved stands above it. Saving again takes what was typed."""
        form.add_error(None, str(changed))
        form.data = form.data.copy()
        form.data["revision"] = Visit.objects.get(pk=self.visit.pk).revision
        theirs = visits.as_shown(self.audit, self.visit)
        return self.render_to_response(self.get_context_data(form=form, theirs=theirs))


class OneStep(OfTheOfficer, View):
    """One button of the officer's: draw lots, show the note, make it final."""

    http_method_names = ["post"]
    what = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and show the visit again."""
        if self.what != "draw" and self.visit is None:
            raise Http404
        try:
            messages.success(request, getattr(self, self.what)(by=request.user, now=timezone.now()))
        except actions.UnableToVisit as refusal:
            messages.error(request, str(refusal))
        return self.back()

    def draw(self, **done: Any) -> str:
        """Draw lots."""
        lot = actions.draw_visit(audit=self.audit, chance=SystemRandom(), **done)
        return _("The lot fell on this audit.") if lot.drawn else _("The lot did not fall on this audit.")

    def show(self, **done: Any) -> str:
        """Show the note to the school."""
        actions.show_note(visit=self.visit, **done)
        return _("The school can read the note now. It is final after the head teacher has read it.")

    def finish(self, **done: Any) -> str:
        """Make the note final."""
        actions.finish_note(visit=self.visit, **done)
        return _("The note is final.")
