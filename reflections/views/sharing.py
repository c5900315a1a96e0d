from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from reflections import actions, pages
from reflections.domain.prompts import LEARNING
from reflections.domain.visibility import Visibility
from reflections.forms.sharing import CommentForm, ExampleForm, GroupShareForm, LearningForm
from reflections.models import Entry, Group
from reflections.private_pages import KeptNowhere
from reflections.views.log import OwnEntry


class FinishedEntry(OwnEntry):
    """A page on which something of one's own entry is shared: a draft is led back to its steps."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Share only what is finished."""
        if not self.entry.is_finished:
            messages.info(request, _("Finish the entry first. A draft is yours alone."))
            return redirect("edit_reflection", pk=self.entry.pk)
        return super().dispatch(request, *args, **kwargs)


class SharePage(FinishedEntry, TemplateView):
    """Who reads an entry, the ways to share it, and the button that makes it private again."""

    template_name = "reflections/share.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Withdraw whatever is shared, at once."""
        actions.make_private(entry=self.entry, by=request.user)
        messages.success(request, _("Only you can read this entry now."))
        return redirect("reflection", pk=self.entry.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is shared with whom."""
        return super().get_context_data(
            entry=self.entry,
            card=pages.card(self.entry),
            is_private=self.entry.visibility == Visibility.PRIVATE,
            meaning=self.entry.prompts.meaning(self.entry.visibility),
            shared=pages.shared(self.entry),
            **kwargs,
        )


class ShareWithGroup(FinishedEntry, FormView):
    """Share the whole entry with one group of named people."""

    template_name = "reflections/share_group.html"
    form_class = GroupShareForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the author's groups."""
        groups = Group.objects.visible_to(self.request.user).prefetch_related("members__user").order_by("name", "pk")
        return {**super().get_form_kwargs(), "groups": groups}

    def form_valid(self, form: GroupShareForm) -> HttpResponse:
        """Share it."""
        group = form.cleaned_data["group"]
        actions.share_with_group(entry=self.entry, group=group, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("The people who are in “%s” now can read this entry.") % group.name)
        return redirect("reflection", pk=self.entry.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entry, and whether there is a group at all."""
        context = super().get_context_data(entry=self.entry, **kwargs)
        return {**context, "has_groups": bool(len(context["form"].fields["group"].queryset))}


class AsksOnce:
    """A page whose words are looked at once before they go anywhere."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its day."""
        return {**super().get_form_kwargs(), "today": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Ask about the words, if there is something to ask that has not been asked; then do it."""
        if not form.has_been_asked():
            return self.render_to_response(self.get_context_data(form=form, questions=form.questions()))
        try:
            return self.done(form)
        except (actions.UnableToShare, actions.UnableToSave, actions.UnableToMove) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)


class ShareLearning(AsksOnce, FinishedEntry, FormView):
    """Confirm the exact words of “So what?” and “Now what?”, and share these alone."""

    template_name = "reflections/share_learning.html"
    form_class = LearningForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its entry."""
        return {**super().get_form_kwargs(), "entry": self.entry}

    def done(self, form: LearningForm) -> HttpResponse:
        """Share them."""
        actions.share_learning(
            entry=self.entry,
            words=form.words(),
            may_stay=form.cleaned_data["may_stay"],
            by=self.request.user,
            now=timezone.now(),
        )
        messages.success(self.request, _("These words are shared, without your name. Everything else stays yours."))
        return redirect("reflection", pk=self.entry.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entry."""
        meaning = self.entry.prompts.meaning(Visibility.LEARNING)
        return super().get_context_data(entry=self.entry, meaning=meaning, **kwargs)


class ProposeExample(AsksOnce, FinishedEntry, FormView):
    """Propose words of an entry as a practice example."""

    template_name = "reflections/propose.html"
    form_class = ExampleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with what was learned and planned."""
        texts = [self.entry.texts_by_slug.get(slug, "") for slug in LEARNING]
        return {**super().get_form_kwargs(), "words": "\n\n".join(text for text in texts if text)}

    def done(self, form: ExampleForm) -> HttpResponse:
        """Propose them."""
        example = actions.propose_example(
            entry=self.entry, words=form.cleaned_data["words"], by=self.request.user, now=timezone.now()
        )
        messages.success(self.request, _("Your head teacher can read these words now, and agree to them."))
        return redirect("practice_example", pk=example.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entry."""
        return super().get_context_data(entry=self.entry, **kwargs)


class CommentPage(AsksOnce, KeptNowhere, FormView):
    """Write to an entry that is shared with one's group."""

    template_name = "reflections/comment.html"
    form_class = CommentForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the entry among those that are shared with this person, or that they have shared."""
        super().setup(request, *args, **kwargs)
        shared = Entry.objects.visible_to(request.user).filter(visibility=Visibility.GROUP).with_context()
        self.entry = get_object_or_404(shared, pk=kwargs["pk"])

    def done(self, form: CommentForm) -> HttpResponse:
        """Keep the comment."""
        actions.comment(entry=self.entry, text=form.cleaned_data["text"], by=self.request.user, now=timezone.now())
        messages.success(self.request, _("Your comment is there. The people of the group can read it."))
        return redirect("reflection", pk=self.entry.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entry."""
        return super().get_context_data(entry=self.entry, **kwargs)
