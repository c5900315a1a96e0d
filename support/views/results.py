from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.views.generic import TemplateView, View

from readiness.domain.states import AuditState
from readiness.drawn import Drawn
from readiness.models import Audit
from readiness.models.audit import HAS_BEEN_AGREED
from readiness.models.visible import is_visible
from readiness.views import AuditPage
from schools.permissions import Permission
from support import charting, pdf, reports, xlsx
from support.models import Plan

# Some forty kilobytes each.
BODIES: Drawn[SafeString] = Drawn(most=64)
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
        """The report, and the page's body, drawn once for what it shows."""
        report, digest = reports.build_with_digest(self.audit, now=timezone.now())
        plan = self.plan
        shown = {
            "report": report,
            "chart_url": chart_url(self.audit.pk, report.chart_digest),
            "chart_pixels": charting.pixels(report.chart_digest),
            **then_and_now(report),
            "plan": plan.pk if plan else None,
            "may_answer": self.may_answer,
            "may_agree": self.may_agree,
        }

        def draw() -> SafeString:
            return render_to_string("support/results_body.html", shown)

        key = (digest, *(value for name, value in shown.items() if name != "report"))
        return super().get_context_data(report=report, body=BODIES.of(key, draw) if digest else draw(), **kwargs)

    @property
    def plan(self) -> Plan | None:
        """The plan that was agreed with it, for a person who may read that."""
        if self.audit.state not in HAS_BEEN_AGREED:
            return None
        return Plan.objects.visible_to(self.request.user).filter(audit=self.audit).first()

    @property
    def may_agree(self) -> bool:
        """Whether this person agrees the audit, once it has been reviewed."""
        return self.audit.state == AuditState.MODERATED and self.reader.may(Permission.REVIEW_AUDIT, self.audit.school)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Not to be kept by anything between here and the reader."""
        return private(super().render_to_response(context, **kwargs))


class Chart(View):
    """The picture of the chart, at an address that changes whenever the picture does."""

    url_name = "audit_chart"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Ask whether this person may see the audit, and no more: nothing of it is needed where the picture is kept."""
        super().setup(request, *args, **kwargs)
        if not is_visible(kwargs["pk"], request.user):
            raise Http404

    def get(self, request: HttpRequest, *args: Any, pk: int, digest: str, **kwargs: Any) -> HttpResponseBase:
        """The picture, or the way to the one of today."""
        if charting.fits(request.GET.get("key", ""), pk, digest):
            kept = charting.kept(digest)
            if kept is not None:
                return _picture(request, digest, kept)
        audit = get_object_or_404(Audit.objects.visible_to(request.user).with_context(), pk=pk)
        report = reports.build(audit, now=timezone.now())
        found = self.digest(report)
        if digest != found:
            return private(redirect(chart_url(pk, found, self.url_name)))
        return _picture(request, digest, self.picture(report))

    def digest(self, report: reports.Report) -> str:
        """What the picture of today is called."""
        return report.chart_digest

    def picture(self, report: reports.Report) -> bytes:
        """The picture of today."""
        return charting.picture(report.chart)


class ChangeChart(Chart):
    """The picture of then and now. There is none without an earlier audit."""

    url_name = "audit_change_chart"

    def digest(self, report: reports.Report) -> str:
        """What the picture of today is called; 404 when there is nothing to compare with."""
        if report.over_time is None:
            raise Http404
        return report.over_time.digest

    def picture(self, report: reports.Report) -> bytes:
        """The picture of today."""
        return charting.picture_of_change(report.over_time.chart)


def then_and_now(report: reports.Report) -> dict[str, Any]:
    """Where the picture of then and now is, where there is an earlier audit."""
    if report.over_time is None:
        return {}
    digest = report.over_time.digest
    return {
        "change_url": chart_url(report.audit_pk, digest, ChangeChart.url_name),
        "change_pixels": charting.pixels(digest),
    }


def chart_url(audit_pk: int, digest: str, name: str = Chart.url_name) -> str:
    """The address of a picture, for a page of this audit."""
    return f"{reverse(name, args=[audit_pk, digest])}?key={charting.key(audit_pk, digest)}"


def _picture(request: HttpRequest, digest: str, svg: bytes) -> HttpResponseBase:
    response = HttpResponse(svg, content_type="image/svg+xml")
    response.headers["ETag"] = f'"{digest}"'
    response.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
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
