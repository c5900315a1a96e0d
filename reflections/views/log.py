import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from reflections import actions, pages
from reflections.domain.prompts import Form
from reflections.forms.starting import NewEntryForm
from reflections.models import Entry, PromptsVersion, Reading
from reflections.private_pages import KeptNowhere
from schools.models import School, Session
from schools.permissions import Permission


class LogPage(KeptNowhere, TemplateView):
    """My entries by term, what waits to be finished, and what I planned last term."""

    template_name = "reflections/log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entries of whoever asks."""
        user = self.request.user
        return super().get_context_data(
            log=pages.log(user, today=timezone.localdate()),
            may_write=School.objects.where(user, Permission.WRITE_REFLECTION).exists(),
            sees_learning=School.objects.where(user, Permission.SEE_LEARNING).exists(),
            may_ask=School.objects.where(user, Permission.BREAK_GLASS).exists(),
            **kwargs,
        )


class NewEntry(KeptNowhere, FormView):
    """The lines before the log, where they have not been read this session, and the choice of a form."""

    template_name = "reflections/new.html"
    form_class = NewEntryForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the prompts, the schools, and the entry that this one may go on from."""
        super().setup(request, *args, **kwargs)
        self.version = PromptsVersion.objects.latest_published()
        self.schools = School.objects.where(request.user, Permission.WRITE_REFLECTION).alphabetical()
        after = request.GET.get("after", "")
        mine = Entry.objects.of(request.user).finished().with_context()
        self.follows = get_object_or_404(mine, pk=after) if after.isdecimal() and len(after) < 18 else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who works at no school, or while there are no prompts, reads why on the list."""
        if request.user.is_authenticated and (self.version is None or not self.schools):
            messages.info(request, _("The log is for people who work at a school. Ask your head teacher for a role."))
            return redirect("reflections")
        return super().dispatch(request, *args, **kwargs)

    @property
    def digest(self) -> str:
        """The mark of these very lines."""
        return hashlib.sha256("\n".join(self.version.as_prompts().before_you_start).encode()).hexdigest()

    @property
    def session(self) -> Session | None:
        """The school year of today."""
        return Session.objects.at(timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the person's schools."""
        return {**super().get_form_kwargs(), "schools": self.schools, "prompts": self.version.as_prompts()}

    def form_valid(self, form: NewEntryForm) -> HttpResponse:
        """Remember that the lines were read, begin the draft, and lead to its first step."""
        now = timezone.now()
        Reading.objects.record(self.request.user, session=self.session, digest=self.digest, now=now)
        entry = actions.start_entry(
            author=self.request.user,
            school=form.cleaned_data["school"],
            form=Form(form.cleaned_data["form"]),
            now=now,
            follows=self.follows,
        )
        return redirect("reflection_step", pk=entry.pk, step=entry.steps[0].slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines, and whether they have been read."""
        prompts = self.version.as_prompts()
        has_read = Reading.objects.has_read(self.request.user, session=self.session, digest=self.digest)
        planned = pages.card(self.follows) if self.follows else None
        return super().get_context_data(
            prompts=prompts,
            has_read=has_read,
            follows=self.follows,
            planned=self.follows.texts_by_slug.get("now-what", "") if self.follows else "",
            planned_card=planned,
            **kwargs,
        )


class OwnEntry(KeptNowhere):
    """What every page of somebody's own entry does first: find it among theirs."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the entry; anybody else gets 404."""
        super().setup(request, *args, **kwargs)
        own = Entry.objects.of(request.user).with_context().prefetch_related("texts", "tags", "ratings")
        self.entry = get_object_or_404(own, pk=kwargs["pk"])


class CarryOn(OwnEntry, View):
    """Where a draft goes on: at the first step that is empty, or at its beginning."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead there."""
        steps = self.entry.steps
        empty = [step for step in steps if step.has_text and not self.entry.said(step)[step.slug]]
        step = steps[0] if self.entry.is_finished or not empty else empty[0]
        return redirect("reflection_step", pk=self.entry.pk, step=step.slug)


class ThreadPage(OwnEntry, TemplateView):
    """An entry with those that it goes on from and that go on from it, oldest first."""

    template_name = "reflections/thread.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was learned and planned, through the terms."""
        found = [
            (pages.card(entry), pages.label_of_term(entry), pages.sections(entry, only=["so-what", "now-what"]))
            for entry in pages.thread(self.entry)
        ]
        return super().get_context_data(entry=self.entry, thread=found, **kwargs)


class DeletePage(OwnEntry, TemplateView):
    """Delete an entry, after being asked once more."""

    template_name = "reflections/delete.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete it, with everything that is shared of it."""
        actions.delete_entry(entry=self.entry, by=request.user)
        messages.success(request, _("The entry is deleted."))
        return redirect(reverse("reflections"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entry."""
        return super().get_context_data(entry=self.entry, card=pages.card(self.entry), **kwargs)
