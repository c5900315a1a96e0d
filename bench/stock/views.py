"""The stock pages. Each does what Django's, Wagtail's or WeasyPrint's own documentation does, and no more."""

import base64
import importlib.util
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from bench.stock.forms import StockThemeForm
from readiness.domain.answers import Other, Voice
from readiness.models import Answer, Audit
from support import pdf, reports

# The fonts of the product's own report, found as it finds them: without importing matplotlib.
FONTS = Path(importlib.util.find_spec("matplotlib").submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"


class ThemeFormView(FormView):
    """A theme of an audit as a `FormView` with `{{ form }}`: found, shown, saved, and on to the next theme."""

    template_name = "stock/form.html"
    form_class = StockThemeForm
    url_name = "stock_form"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the audit, under the product's own rule about who may."""
        super().setup(request, *args, **kwargs)
        self.audit = get_object_or_404(Audit.objects.visible_to(request.user).with_framework(), pk=kwargs["pk"])
        self.theme = self.audit.framework.theme(kwargs["step"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its theme."""
        return {**super().get_form_kwargs(), "framework": self.audit.framework, "theme": self.theme}

    def get_initial(self) -> dict[str, Any]:
        """What has been saved of this theme."""
        initial: dict[str, Any] = {}
        for row in self._rows():
            slug = row.statement
            initial |= {slug: row.level or row.other, f"{slug}-reason": row.reason, f"{slug}-evidence": row.evidence}
        return initial

    def form_valid(self, form: StockThemeForm) -> HttpResponse:
        """Keep the answers as Django's documentation says, all or none; whoever wrote what meanwhile."""
        with transaction.atomic():
            for one in self.theme.statements:
                given = self._given(one.slug, form.cleaned_data)
                place = {"audit": self.audit, "statement": one.slug, "voice": Voice.SCHOOL}
                Answer.objects.update_or_create(**place, defaults=given)
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """The next theme; after the last one, the first."""
        themes = self.audit.framework.themes
        following = themes[(themes.index(self.theme) + 1) % len(themes)]
        return reverse(self.url_name, args=[self.audit.pk, following.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words around the form."""
        themes = self.audit.framework.themes
        return super().get_context_data(
            audit=self.audit, theme=self.theme, number=themes.index(self.theme) + 1, count=len(themes), **kwargs
        )

    def _rows(self) -> Any:
        slugs = [one.slug for one in self.theme.statements]
        return self.audit.answers.filter(voice=Voice.SCHOOL, statement__in=slugs)

    def _given(self, slug: str, typed: dict[str, Any]) -> dict[str, Any]:
        said = typed[slug]
        return {
            "level": int(said) if said.isdecimal() else None,
            "other": Other(said) if said and not said.isdecimal() else "",
            "reason": typed.get(f"{slug}-reason", ""),
            "evidence": typed[f"{slug}-evidence"],
            "by": self.request.user,
            "at": timezone.now(),
        }


class FrugalThemeFormView(ThemeFormView):
    """The same, but somebody has made its save as frugal as a save can be: one statement of SQL."""

    url_name = "stock_frugal_form"

    def form_valid(self, form: StockThemeForm) -> HttpResponse:
        """Write every answer of the theme at once."""
        rows = [
            Answer(audit=self.audit, statement=one.slug, voice=Voice.SCHOOL, **self._given(one.slug, form.cleaned_data))
            for one in self.theme.statements
        ]
        with transaction.atomic():
            Answer.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["audit", "statement", "voice"],
                update_fields=["level", "other", "reason", "evidence", "by", "at"],
            )
        return redirect(self.get_success_url())


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The same report as HTML and CSS, made into the same kind of PDF (PDF/UA-1) by WeasyPrint."""
    import weasyprint  # as the product does with Typst: only where it is needed

    audit = get_object_or_404(Audit.objects.visible_to(request.user).with_context(), pk=pk)
    words = pdf.data(reports.build(audit, now=timezone.now()))
    chart = base64.b64encode(words["chart"].encode()).decode()
    html = render_to_string("stock/report.html", {"report": words, "chart": chart, "fonts": FONTS.as_uri()})
    content = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return HttpResponse(content, content_type="application/pdf")
