from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from reflections import actions, pages
from reflections.forms.sharing import AccessForm
from reflections.models import BreakGlass, Entry
from reflections.private_pages import KeptNowhere
from schools.models import School
from schools.permissions import Permission


class MayAsk(KeptNowhere):
    """Pages for those who may ask for exceptional access somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Anybody else has no business here."""
        may = School.objects.where(request.user, Permission.BREAK_GLASS).exists()
        if request.user.is_authenticated and not may:
            raise PermissionDenied(_("Officers and the programme co-ordinator ask for exceptional access."))
        return super().dispatch(request, *args, **kwargs)


class AccessList(MayAsk, FormView):
    """What was asked for, and the form to ask. No entry is listed: whoever asks knows its number already."""

    template_name = "reflections/access_list.html"
    form_class = AccessForm

    def form_valid(self, form: AccessForm) -> HttpResponse:
        """Ask."""
        schools = School.objects.where(self.request.user, Permission.BREAK_GLASS)
        entry = Entry.objects.filter(pk=form.cleaned_data["entry"], school__in=schools.values("pk")).first()
        if entry is None:
            form.add_error("entry", _("There is no such entry at the schools that you support. Check the number."))
            return self.form_invalid(form)
        access = actions.ask_for_access(
            entry=entry,
            reason=form.cleaned_data["reason"],
            untold_because=form.cleaned_data["untold_because"],
            by=self.request.user,
            now=timezone.now(),
        )
        messages.success(self.request, _("Nothing is open yet. A second person must agree."))
        return redirect("exceptional_access", pk=access.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The requests of the schools that this person supports."""
        found = BreakGlass.objects.visible_to(self.request.user).select_related(
            "entry__school", "asked_by", "agreed_by"
        )
        return super().get_context_data(asked=found.order_by("-asked_at", "-pk"), now=timezone.now(), **kwargs)


class OneAccess(MayAsk):
    """What every page of one request does first: find it among those of the schools that this person supports."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the request."""
        super().setup(request, *args, **kwargs)
        found = BreakGlass.objects.visible_to(request.user)
        found = found.select_related("entry__school", "entry__prompts_version", "asked_by", "agreed_by")
        self.access = get_object_or_404(found.defer("entry__prompts_version__document"), pk=kwargs["pk"])


class AccessPage(OneAccess, TemplateView):
    """One request: who asked, why, who agreed, until when. The words of the entry are not here."""

    template_name = "reflections/access.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Agree as the second person."""
        try:
            actions.agree_to_access(access=self.access, by=request.user, now=timezone.now())
        except actions.UnableToAgree as refusal:
            messages.error(request, str(refusal))
        return redirect("exceptional_access", pk=self.access.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The request, and what this person can do."""
        access, user = self.access, self.request.user
        is_one_of_them = user.pk in {access.asked_by_id, access.agreed_by_id}
        is_open = access.agreed_at is not None and access.ends_at > timezone.now()
        return super().get_context_data(
            access=access,
            may_agree=access.agreed_at is None and not is_one_of_them and access.entry.author_id != user.pk,
            may_open=is_one_of_them and is_open,
            **kwargs,
        )


class AccessedEntry(OneAccess, TemplateView):
    """The words of the entry, for the two people, within their day."""

    template_name = "reflections/accessed_entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Written down, and then shown."""
        entry = actions.open_by_access(access=self.access, by=self.request.user, now=timezone.now())
        return super().get_context_data(access=self.access, sections=pages.sections(entry), **kwargs)
