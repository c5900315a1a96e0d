from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from reflections import pages
from reflections.actions import record_opening
from reflections.domain.states import Opened
from reflections.domain.visibility import Visibility
from reflections.models import Entry
from reflections.private_pages import KeptNowhere


class EntryPage(KeptNowhere, TemplateView):
    """One entry, to read. What changes it stands on pages of its own."""

    template_name = "reflections/entry.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the entry among those that this person may read as a whole."""
        super().setup(request, *args, **kwargs)
        found = Entry.objects.visible_to(request.user).with_context().prefetch_related("texts", "tags", "ratings")
        self.entry = get_object_or_404(found, pk=kwargs["pk"])
        self.is_author = self.entry.author_id == request.user.pk

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was written, rated and tagged."""
        entry = self.entry
        record_opening(entry=entry, by=self.request.user, what=Opened.ENTRY, now=timezone.now())
        is_shared = entry.visibility == Visibility.GROUP
        return super().get_context_data(
            entry=entry,
            is_author=self.is_author,
            card=pages.card(entry),
            term=pages.label_of_term(entry),
            sections=pages.sections(entry),
            ratings=pages.ratings(entry),
            tags=pages.tags(entry),
            meaning=entry.prompts.meaning(entry.visibility),
            is_shared=is_shared,
            wishes=self.is_author and entry.is_finished and entry.wished != entry.visibility,
            comments=list(entry.comments.select_related("by").oldest_first()),
            openings=pages.openings(entry) if self.is_author else [],
            accesses=pages.accesses(entry) if self.is_author else [],
            shared=pages.shared(entry) if self.is_author and entry.is_finished else None,
            **kwargs,
        )
