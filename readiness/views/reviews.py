"""The officer's pages: what waits, one audit side by side, and the buttons that move it on."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View

from readiness import actions
from readiness.domain.states import AuditState, MoveRefused, Owner
from readiness.forms import ReviewForm, SendForm
from readiness.models import Audit, Conversation
from readiness.pages import replies as reply_pages
from readiness.pages import review as pages
from readiness.pages.audits import STATE_WORDS
from readiness.pages.sides import Lectern, for_the_school
from readiness.turns import Reader, yours_first
from readiness.views.page import AuditPage
from schools.models import Session
from wizards import held


class ReviewList(TemplateView):
    """The audits that are on their way through a review: what waits for this person first, the longest first."""

    http_method_names = ["get", "head", "options"]
    template_name = "readiness/review_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each audit with whose turn it is."""
        user = self.request.user
        audits = Audit.objects.visible_to(user).open().exclude(state=AuditState.DRAFT).with_context().with_turn()
        now = timezone.localtime()
        turns = yours_first(audits, Reader.of(user), calendar=Session.objects.calendar(), today=now.date())
        return super().get_context_data(
            yours=[pair for pair in turns if pair[1].is_yours],
            others=[pair for pair in turns if not pair[1].is_yours],
            **kwargs,
        )


class ReviewPage(AuditPage, View):
    """One audit, side by side. The officer writes here while it is in review; everybody else reads."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The desk for the officer; for a draft, the audit itself."""
        if self.audit.state == AuditState.DRAFT:
            return redirect("audit", pk=self.audit.pk)
        if self.audit.state == AuditState.IN_REVIEW and Owner.OFFICER in self.sides:
            typed = held.peek(request, now=timezone.now())
            conversation = Conversation.of(self.audit)
            form = self._form(conversation, typed, shows_what_was_typed=typed is not None)
            return self._show(conversation, form, given_back=typed is not None)
        return self._read()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what the officer says, statement by statement, and lead on."""
        if Owner.OFFICER not in self.sides:
            raise PermissionDenied(_("The locality support officer writes here."))
        conversation = Conversation.of(self.audit)
        form = self._form(conversation, request.POST)
        form.is_valid()
        try:
            actions.say(audit=self.audit, spoken=form.spoken(), by=request.user, now=timezone.now())
        except actions.SaidMeanwhile as clash:
            return self._show(Conversation.of(self.audit), form, status=409, conflicts=clash.conflicts)
        except actions.Locked as refusal:
            messages.error(request, str(refusal))
            form.shows_what_was_typed = True
            return self._show(conversation, form, status=409, locked=True)
        if form.errors:
            return self._show(Conversation.of(self.audit), form)
        held.discard(request)
        return redirect(self._next(request.POST.get("then", "")))

    def _next(self, then: str) -> str:
        here = reverse("review", args=[self.audit.pk])
        onward = {"rest": "review_rest", "send": "review_send", "finish": "review_finish"}
        if then in onward:
            return reverse(onward[then], args=[self.audit.pk])
        places = {"end", *(group.slug for group in pages.groups(self.audit, Conversation.of(self.audit)))}
        return f"{here}#{then}" if then in places else here

    def _form(self, conversation: Conversation, data: QueryDict | None, **more: Any) -> ReviewForm:
        framework = self.audit.framework
        return ReviewForm(
            data, framework=framework, statements=framework.statements, talks=conversation.talks(), **more
        )

    def _show(
        self,
        conversation: Conversation,
        form: ReviewForm,
        *,
        status: int = 200,
        conflicts: Mapping[str, actions.Overtaken] | None = None,
        **context: Any,
    ) -> HttpResponse:
        desk = pages.desk(self.audit, conversation, form=form, conflicts=conflicts or {})
        context |= {"audit": self.audit, "turn": self.turn, "desk": desk, "form": None}
        return render(self.request, "readiness/review.html", context, status=status)

    def _read(self) -> HttpResponse:
        is_schools = Owner.SCHOOL in self.sides
        conversation = Conversation.of(self.audit)
        if is_schools and self.audit.state in {AuditState.SUBMITTED, AuditState.IN_REVIEW}:
            conversation = conversation.up_to_round(self.audit.times_returned())
        side = Owner.SCHOOL if is_schools else (Owner.OFFICER if Owner.OFFICER in self.sides else Owner.COORDINATOR)
        lectern = Lectern(self.audit.framework, conversation, AuditState(self.audit.state), side)
        context = {
            "audit": self.audit,
            "turn": self.turn,
            "page": pages.read(self.audit, lectern),
            "state_words": STATE_WORDS[AuditState(self.audit.state)],
            "is_officer": Owner.OFFICER in self.sides,
            "is_coordinator": Owner.COORDINATOR in self.sides,
            "is_schools": is_schools,
        }
        return render(self.request, "readiness/review_read.html", context)


class OfficersPage(AuditPage):
    """A page of the officer's that asks once and moves the audit on."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only the officer; others who may see the audit are told so."""
        if request.user.is_authenticated and Owner.OFFICER not in self.sides:
            raise PermissionDenied(_("The locality support officer does this."))
        return super().dispatch(request, *args, **kwargs)

    def refused(self, refusal: Exception) -> HttpResponse:
        """Lead back to the audit with the reason. Nothing was changed."""
        messages.error(self.request, str(refusal))
        return redirect("review", pk=self.audit.pk)

    def overtaken(self, refusal: MoveRefused, state: AuditState, said: str) -> HttpResponse:
        """Answer a move that has been made already: quietly for who made it, in words for anybody else."""
        move = self.audit.moves.select_related("by").order_by("pk").last()
        if move is None or move.to_state != state:
            return self.refused(refusal)
        if move.by != self.request.user:
            messages.error(self.request, _("%(by)s did this before you. Nothing was changed.") % {"by": move.by})
        else:
            messages.success(self.request, said)
        return redirect("review", pk=self.audit.pk)


class Begin(OfficersPage, View):
    """Begin the review. `begin` is for the room that has more to do at that moment."""

    http_method_names = ["post"]

    def begin(self) -> None:
        """Begin it."""
        actions.begin_review(audit=self.audit, by=self.request.user, now=timezone.now())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin it, and show the desk."""
        try:
            self.begin()
        except MoveRefused as refusal:
            return self.overtaken(refusal, AuditState.IN_REVIEW, _("The review has begun."))
        return redirect("review", pk=self.audit.pk)


class AgreeRest(OfficersPage, TemplateView):
    """Agree on everything that needs no more words; asked once, with the number."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "readiness/review_rest.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many statements that would be."""
        counts = pages.counts(self.audit, Conversation.of(self.audit))
        return super().get_context_data(audit=self.audit, counts=counts, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Agree."""
        try:
            count = actions.agree_rest(audit=self.audit, by=request.user, now=timezone.now())
        except actions.Locked as refusal:
            return self.refused(refusal)
        said = ngettext("You agree on %(count)d more statement.", "You agree on %(count)d more statements.", count)
        messages.success(request, said % {"count": count})
        return redirect("review", pk=self.audit.pk)


class Send(OfficersPage, FormView):
    """Send the questions and suggestions to the school; asked once, with what they are."""

    template_name = "readiness/review_send.html"
    form_class = SendForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the school will be asked."""
        conversation = Conversation.of(self.audit)
        lectern = Lectern(self.audit.framework, conversation, AuditState(self.audit.state), Owner.OFFICER)
        return super().get_context_data(
            audit=self.audit,
            counts=pages.counts(self.audit, conversation),
            rows=[lectern.reading(one) for one in for_the_school(self.audit, conversation)],
            **kwargs,
        )

    def form_valid(self, form: SendForm) -> HttpResponse:
        """Send."""
        said = _("It is with the school now. You hear from us when it comes back.")
        try:
            actions.return_to_school(
                audit=self.audit, by=self.request.user, now=timezone.now(), reason=form.cleaned_data["note"]
            )
        except MoveRefused as refusal:
            return self.overtaken(refusal, AuditState.RETURNED, said)
        except actions.UnableToReview as refusal:
            return self.refused(refusal)
        messages.success(self.request, said)
        return redirect("review", pk=self.audit.pk)


class Finish(OfficersPage, TemplateView):
    """Finish the review; asked once."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "readiness/review_finish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is left to say, or on what both still differ."""
        conversation = Conversation.of(self.audit)
        lectern = Lectern(self.audit.framework, conversation, AuditState(self.audit.state), Owner.OFFICER)
        differing = [lectern.reading(one) for one in reply_pages.to_settle(self.audit, conversation)]
        counts = pages.counts(self.audit, conversation)
        return super().get_context_data(audit=self.audit, counts=counts, differing=differing, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Finish."""
        said = _("The review is finished.")
        try:
            actions.finish_review(audit=self.audit, by=request.user, now=timezone.now())
        except MoveRefused as refusal:
            return self.overtaken(refusal, AuditState.MODERATED, said)
        except actions.UnableToReview as refusal:
            return self.refused(refusal)
        messages.success(request, said)
        return redirect("review", pk=self.audit.pk)
