from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from readiness.views import AuditPage
from support import charting, pdf, reports, xlsx

A_YEAR = 365 * 24 * 60 * 60


class AuditReport(AuditPage):
    """What all of these have: the audit, found among those this person may see, as a report."""

    @cached_property
    def report(self) -> reports.Report:
        """The report, built once for this request."""
        return reports.build(self.audit, now=timezone.now())


class ResultsPage(AuditReport, TemplateView):
    """The result in words, charted against the structure of support; for a draft, what it would say today."""

    template_name = "support/results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, where its picture is, and whether the reader may change answers."""
        digest = self.report.chart_digest
        return super().get_context_data(
            report=self.report,
            chart_url=reverse("audit_chart", args=[self.audit.pk, digest]),
            chart_pixels=charting.pixels(digest),
            may_answer=self.may_answer,
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Not to be kept by anything between here and the reader."""
        return private(super().render_to_response(context, **kwargs))


class Chart(AuditReport, View):
    """The picture of the chart, at an address that changes whenever the picture does."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The picture, or the way to the one of today."""
        digest = self.report.chart_digest
        if kwargs["digest"] != digest:
            return private(redirect("audit_chart", pk=self.audit.pk, digest=digest))
        response = HttpResponse(charting.picture(self.report.chart), content_type="image/svg+xml")
        response.headers["ETag"] = f'"{digest}"'
        patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)


class ReportPdf(AuditReport, View):
    """The whole report on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The report as an accessible PDF."""
        return download(pdf.render(self.report), f"{self.report.file_stem}.pdf", "application/pdf")


class AnswersSpreadsheet(AuditReport, View):
    """Every answer, a row each."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answers as a spreadsheet."""
        return download(xlsx.render(self.report), f"{self.report.file_stem}.xlsx", xlsx.CONTENT_TYPE)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep, under this name."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """The response, marked so that nothing on the way keeps it and a browser asks again."""
    patch_cache_control(response, private=True, no_cache=True)
    return response
