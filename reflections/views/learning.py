from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from reflections import actions, pages
from reflections.domain.states import ExampleState, Opened
from reflections.forms.sharing import ExampleForm
from reflections.models import Example, SharedLearning
from reflections.private_pages import KeptNowhere
from reflections.views.sharing import AsksOnce
from schools.models import School
from schools.permissions import Permission, can

ON_A_PAGE = 50


class LearningList(KeptNowhere, TemplateView):
    """Shared learning of the schools that I see, without its words: those are on a page of their own."""

    template_name = "reflections/learning_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """By what was shared last. Its author is named nowhere."""
        found = SharedLearning.objects.visible_to(self.request.user).newest_first()
        found = found.select_related("school", "term__session").defer("words")
        page = Paginator(found, ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, lines=[pages.learning_line(one) for one in page], **kwargs)


class LearningPage(KeptNowhere, TemplateView):
    """The words that an author has shared. Opening it is written down for them."""

    template_name = "reflections/learning.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it among those that this person may read."""
        super().setup(request, *args, **kwargs)
        found = SharedLearning.objects.visible_to(request.user)
        found = found.select_related("school", "term__session", "entry__prompts_version")
        self.learning = get_object_or_404(found.defer("entry__prompts_version__document"), pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words, under their titles."""
        learning = self.learning
        if learning.entry is not None:
            actions.record_opening(entry=learning.entry, by=self.request.user, what=Opened.LEARNING, now=timezone.now())
        return super().get_context_data(
            learning=learning, line=pages.learning_line(learning), sections=pages.learning_sections(learning), **kwargs
        )


class ExampleList(KeptNowhere, TemplateView):
    """Practice examples: the published ones, those that wait for me, and my own."""

    template_name = "reflections/examples.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Published first; the others with whose turn it is."""
        found = Example.objects.visible_to(self.request.user).select_related("school", "entry").newest_first()
        examples = list(found.defer("proposed"))
        return super().get_context_data(
            published=[one for one in examples if one.state == ExampleState.PUBLISHED],
            waiting=[(one, pages.turn_of(one)) for one in examples if one.state != ExampleState.PUBLISHED],
            **kwargs,
        )


class ExamplePage(AsksOnce, KeptNowhere, FormView):
    """One practice example, with who has agreed, and what the person who looks at it can do."""

    template_name = "reflections/example.html"
    form_class = ExampleForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it among those that this person may see."""
        super().setup(request, *args, **kwargs)
        found = Example.objects.visible_to(request.user)
        people = ("proposed_by", "agreed_by", "officer", "published_by")
        self.example = get_object_or_404(found.select_related("school", "entry", *people), pk=kwargs["pk"])
        self.is_author = self.example.entry.author_id == request.user.pk

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with the words as they stand."""
        words = self.example.published or self.example.proposed
        return {**super().get_form_kwargs(), "words": words, "label": _("The words to be published")}

    @property
    def may_publish(self) -> bool:
        """Whether this person publishes it now."""
        return self.example.state != ExampleState.PROPOSED and self._can(Permission.PUBLISH_EXAMPLE)

    @property
    def may_agree(self) -> bool:
        """Whether this person may agree now."""
        return self.example.state != ExampleState.PUBLISHED and self._can(Permission.AGREE_EXAMPLE)

    def _can(self, permission: Permission) -> bool:
        return can(self.request.user, permission, self.example.school)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back, agree, or publish."""
        act = request.POST.get("act", "")
        if act == "take_back":
            actions.take_back_example(example=self.example, by=request.user)
            messages.success(request, _("The example is gone."))
            return redirect("practice_examples")
        if act == "agree":
            try:
                actions.agree_to_example(example=self.example, by=request.user, now=timezone.now())
            except actions.UnableToMove as refusal:
                messages.error(request, str(refusal))
            return redirect("practice_example", pk=self.example.pk)
        if not self._can(Permission.PUBLISH_EXAMPLE):
            raise PermissionDenied(_("The programme co-ordinator publishes examples."))
        return super().post(request, *args, **kwargs)

    def done(self, form: ExampleForm) -> HttpResponse:
        """Publish it in these words."""
        actions.publish_example(
            example=self.example, words=form.cleaned_data["words"], by=self.request.user, now=timezone.now()
        )
        messages.success(self.request, _("The example is published."))
        return redirect("practice_example", pk=self.example.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words, who has agreed, and what can be done."""
        example = self.example
        if self.request.method == "GET":
            actions.record_opening(entry=example.entry, by=self.request.user, what=Opened.EXAMPLE, now=timezone.now())
        is_published = example.state == ExampleState.PUBLISHED
        return super().get_context_data(
            example=example,
            is_published=is_published,
            words=example.published if is_published else example.proposed,
            shows_proposed=self.is_author and is_published and example.published != example.proposed,
            turn=pages.turn_of(example),
            is_author=self.is_author,
            may_agree=self.may_agree,
            may_publish=self.may_publish,
            **kwargs,
        )


class Participation(TemplateView):
    """How many write, school by school, as far as it can be said without saying who."""

    template_name = "reflections/participation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The schools that I see, by name."""
        schools = School.objects.where(self.request.user, Permission.SEE_PARTICIPATION).running().alphabetical()
        return super().get_context_data(rows=pages.participation(schools, today=timezone.localdate()), **kwargs)
