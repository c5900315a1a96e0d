from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from readiness.domain.states import AuditState
from readiness.views import AuditPage
from schools.permissions import Permission, can
from support import charting, pdf, reports, xlsx
from support.models import Plan

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
            **self.then_and_now(),
            plan=Plan.objects.visible_to(self.request.user).filter(audit=self.audit).first(),
            may_answer=self.may_answer,
            may_agree=self.may_agree,
            **kwargs,
        )

    @property
    def may_agree(self) -> bool:
        """Whether this person agrees the audit, once it has been reviewed."""
        is_reviewed = self.audit.state in {AuditState.IN_REVIEW, AuditState.MODERATED}
        return is_reviewed and can(self.request.user, Permission.REVIEW_AUDIT, self.audit.school)

    def then_and_now(self) -> dict[str, Any]:
        """Where the picture of then and now is, where there is an earlier audit."""
        if self.report.over_time is None:
            return {}
        digest = self.report.over_time.digest
        return {
            "change_url": reverse("audit_change_chart", args=[self.audit.pk, digest]),
            "change_pixels": charting.pixels(digest),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Not to be kept by anything between here and the reader."""
        return private(super().render_to_response(context, **kwargs))


class Chart(AuditReport, View):
    """The picture of the chart, at an address that changes whenever the picture does."""

    url_name = "audit_chart"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The picture, or the way to the one of today."""
        digest = self.digest()
        if kwargs["digest"] != digest:
            return private(redirect(self.url_name, pk=self.audit.pk, digest=digest))
        response = HttpResponse(self.picture(), content_type="image/svg+xml")
        response.headers["ETag"] = f'"{digest}"'
        patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

    def digest(self) -> str:
        """What the picture of today is called."""
        return self.report.chart_digest

    def picture(self) -> bytes:
        """The picture of today."""
        return charting.picture(self.report.chart)


class ChangeChart(Chart):
    """The picture of then and now. There is none without an earlier audit."""

    url_name = "audit_change_chart"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The picture, the way to the one of today, or 404 when there is nothing to compare with."""
        if self.report.over_time is None:
            raise Http404
        return super().get(request, *args, **kwargs)

    def digest(self) -> str:
        """What the picture of today is called."""
        return self.report.over_time.digest

    def picture(self) -> bytes:
        """The picture of today."""
        return charting.picture_of_change(self.report.over_time.chart)


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
