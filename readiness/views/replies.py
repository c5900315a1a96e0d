"""Where the school replies, and where the co-ordinator records what was left to them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from readiness import actions
from readiness.domain.states import AuditState, Owner
from readiness.forms import ReplyForm, SettleForm
from readiness.models import Conversation
from readiness.pages import replies as pages
from readiness.views.page import AuditPage
from wizards import held


class Reply(AuditPage, View):
    """What the officer asks and suggests, and the school's reply to each."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Those who answer for the school."""
        if request.user.is_authenticated and Owner.SCHOOL not in self.sides:
            raise PermissionDenied(_("The school replies here."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page while the school has the audit; at other times, the review to read."""
        if self.audit.state != AuditState.RETURNED:
            return redirect("review", pk=self.audit.pk)
        typed = held.peek(request, now=timezone.now())
        conversation = Conversation.of(self.audit)
        form = self._form(conversation, typed, shows_what_was_typed=typed is not None)
        return self._show(conversation, form, given_back=typed is not None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the replies."""
        conversation = Conversation.of(self.audit)
        form = self._form(conversation, request.POST)
        form.is_valid()
        try:
            actions.reply_to(audit=self.audit, replies=form.replies(), by=request.user, now=timezone.now())
        except actions.MovedOn as refusal:
            messages.error(request, str(refusal))
            return self._show(Conversation.of(self.audit), form, status=409, moved_on=refusal.statements)
        except actions.Locked as refusal:
            messages.error(request, str(refusal))
            form.shows_what_was_typed = True
            return self._show(conversation, form, status=409, locked=True)
        if form.errors:
            return self._show(Conversation.of(self.audit), form)
        held.discard(request)
        messages.success(request, _("Saved. The officer reads it when the audit is submitted again."))
        return redirect("review_reply", pk=self.audit.pk)

    def _form(self, conversation: Conversation, data: QueryDict | None, **more: Any) -> ReplyForm:
        return ReplyForm(
            data,
            framework=self.audit.framework,
            statements=pages.talked_about(self.audit, conversation),
            talks=conversation.talks(),
            **more,
        )

    def _show(
        self,
        conversation: Conversation,
        form: ReplyForm,
        *,
        status: int = 200,
        moved_on: frozenset[str] = frozenset(),
        **context: Any,
    ) -> HttpResponse:
        returned = self.audit.moves.filter(to_state=AuditState.RETURNED).order_by("pk").last()
        context |= {
            "audit": self.audit,
            "turn": self.turn,
            "page": pages.reply_page(self.audit, conversation, form, moved_on),
            "note": returned.reason if returned else "",
            "may_submit": self.may_submit,
            "form": None,
        }
        return render(self.request, "readiness/reply.html", context, status=status)


class Settle(AuditPage, View):
    """Where school and officer still differ, the co-ordinator records the agreed level, with a reason."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The programme co-ordinator."""
        if request.user.is_authenticated and Owner.COORDINATOR not in self.sides:
            raise PermissionDenied(_("The programme co-ordinator does this."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page while there is something to record; at other times, the review to read."""
        conversation = Conversation.of(self.audit)
        if self.audit.state != AuditState.MODERATED or not pages.to_settle(self.audit, conversation):
            return redirect("review", pk=self.audit.pk)
        typed = held.peek(request, now=timezone.now())
        form = self._form(conversation, typed, shows_what_was_typed=typed is not None)
        return self._show(conversation, form, given_back=typed is not None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record the levels."""
        conversation = Conversation.of(self.audit)
        form = self._form(conversation, request.POST)
        form.is_valid()
        try:
            actions.settle(audit=self.audit, rulings=form.rulings(), by=request.user, now=timezone.now())
        except actions.SaidMeanwhile as clash:
            return self._show(Conversation.of(self.audit), form, status=409, conflicts=clash.conflicts)
        except actions.Locked as refusal:
            messages.error(request, str(refusal))
            return redirect("review", pk=self.audit.pk)
        if form.errors:
            return self._show(Conversation.of(self.audit), form)
        held.discard(request)
        messages.success(request, _("Recorded. Both levels and your reason are kept."))
        return redirect("review", pk=self.audit.pk)

    def _form(self, conversation: Conversation, data: QueryDict | None, **more: Any) -> SettleForm:
        statements = pages.to_settle(self.audit, conversation)
        return SettleForm(data, framework=self.audit.framework, statements=statements, **more)

    def _show(
        self,
        conversation: Conversation,
        form: SettleForm,
        *,
        status: int = 200,
        conflicts: Mapping[str, actions.Overtaken] | None = None,
        **context: Any,
    ) -> HttpResponse:
        page = pages.settle_page(self.audit, conversation, form, conflicts or {})
        context |= {"audit": self.audit, "turn": self.turn, "page": page, "form": None}
        return render(self.request, "readiness/settle.html", context, status=status)
