from django.urls import path

from support import views

urlpatterns = [
    path("audits/<int:pk>/results/", views.ResultsPage.as_view(), name="audit_results"),
    path("audits/<int:pk>/results/theme-profile-<slug:digest>.svg", views.Chart.as_view(), name="audit_chart"),
    path("audits/<int:pk>/report.pdf", views.ReportPdf.as_view(), name="audit_report"),
    path("audits/<int:pk>/answers.xlsx", views.AnswersSpreadsheet.as_view(), name="audit_answers"),
]
