from django.urls import path

from support.views import results

urlpatterns = [
    path("audits/<int:pk>/results/", results.ResultsPage.as_view(), name="audit_results"),
    path("audits/<int:pk>/results/theme-profile-<slug:digest>.svg", results.Chart.as_view(), name="audit_chart"),
    path("audits/<int:pk>/report.pdf", results.ReportPdf.as_view(), name="audit_report"),
    path("audits/<int:pk>/answers.xlsx", results.AnswersSpreadsheet.as_view(), name="audit_answers"),
]
