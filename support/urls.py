from django.urls import path

from support.views import consistency, results, visits

urlpatterns = [
    path("audits/<int:pk>/results/", results.ResultsPage.as_view(), name="audit_results"),
    path("audits/<int:pk>/results/theme-profile-<slug:digest>.svg", results.Chart.as_view(), name="audit_chart"),
    path("audits/<int:pk>/report.pdf", results.ReportPdf.as_view(), name="audit_report"),
    path("audits/<int:pk>/answers.xlsx", results.AnswersSpreadsheet.as_view(), name="audit_answers"),
    path("reviews/<int:pk>/visit/", visits.VisitPage.as_view(), name="visit"),
    path("reviews/<int:pk>/visit/plan/", visits.PlanPage.as_view(), name="visit_plan"),
    path("reviews/<int:pk>/visit/note/", visits.NotePage.as_view(), name="visit_note"),
    path("reviews/<int:pk>/visit/draw/", visits.OneStep.as_view(what="draw"), name="visit_draw"),
    path("reviews/<int:pk>/visit/show/", visits.OneStep.as_view(what="show"), name="visit_show"),
    path("reviews/<int:pk>/visit/final/", visits.OneStep.as_view(what="finish"), name="visit_final"),
    path("consistency/", consistency.ConsistencyPage.as_view(), name="consistency"),
    path("consistency/rounds/new/", consistency.PlanRound.as_view(), name="round_plan"),
    path("consistency/rounds/<int:pk>/", consistency.RoundPage.as_view(), name="round"),
    path("consistency/rounds/<int:pk>/dates/", consistency.MoveRound.as_view(), name="round_dates"),
    path("consistency/vignettes/<int:pk>/", consistency.RatePage.as_view(), name="vignette"),
    path("consistency/vignettes/<int:pk>/edit/", consistency.EditVignette.as_view(), name="vignette_edit"),
    path("decisions/", consistency.DecisionsPage.as_view(), name="decisions"),
    path("decisions/new/", consistency.RecordDecision.as_view(), name="decision_new"),
]
