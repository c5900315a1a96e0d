from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from readiness.domain.states import EDITABLE, Owner
from readiness.models import Audit
from readiness.turns import Reader, Turn, turn_of
from schools.models import Session
from schools.models.places import remember_roles
from schools.permissions import Permission


class AuditPage:
    """What every page of an audit does first: find the audit among those this person may see."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the audit; a stranger gets 404."""
        super().setup(request, *args, **kwargs)
        remember_roles(request.user)
        audits = Audit.objects.visible_to(request.user).with_context().with_turn()
        self.audit = get_object_or_404(audits, pk=kwargs["pk"])

    @cached_property
    def reader(self) -> Reader:
        """This person with their roles. One query."""
        return Reader.of(self.request.user)

    @property
    def may_answer(self) -> bool:
        """Whether this person may change answers now."""
        return self.audit.state in EDITABLE and self.reader.may(Permission.ANSWER_AUDIT, self.audit.school)

    @property
    def may_submit(self) -> bool:
        """Whether this person submits for the school (and takes back)."""
        return self.reader.may(Permission.SUBMIT_AUDIT, self.audit.school)

    @property
    def sides(self) -> frozenset[Owner]:
        """On which sides this person is at the audit's school."""
        return self.reader.sides_at(self.audit.school)

    @cached_property
    def turn(self) -> Turn:
        """Whose turn the audit is, in words for this person: “Waiting for you, since Friday 20 November.”"""
        return turn_of(self.audit, self.sides, calendar=Session.objects.calendar(), today=timezone.localdate())
