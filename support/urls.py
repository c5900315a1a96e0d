from django.urls import path

from support.views import agree, calendar, plan_reviews, plans, results, steps

urlpatterns = [
    path("audits/<int:pk>/results/", results.ResultsPage.as_view(), name="audit_results"),
    path("audits/<int:pk>/results/theme-profile-<slug:digest>.svg", results.Chart.as_view(), name="audit_chart"),
    path(
        "audits/<int:pk>/results/change-over-time-<slug:digest>.svg",
        results.ChangeChart.as_view(),
        name="audit_change_chart",
    ),
    path("audits/<int:pk>/report.pdf", results.ReportPdf.as_view(), name="audit_report"),
    path("audits/<int:pk>/answers.xlsx", results.AnswersSpreadsheet.as_view(), name="audit_answers"),
    path("reviews/<int:pk>/agree/", agree.Agree.as_view(), name="agree"),
    path("reviews/<int:pk>/agree/<slug:theme>/", agree.AgreeTheme.as_view(), name="agree_theme"),
    path("reviews/<int:pk>/agree/<slug:theme>/steps/new/", agree.AgreeStep.as_view(), name="agree_step_add"),
    path("reviews/<int:pk>/agree/<slug:theme>/steps/<int:place>/", agree.AgreeStep.as_view(), name="agree_step"),
    path("plans/", plans.PlanList.as_view(), name="plan_list"),
    path("plans/<int:pk>/", plans.PlanPage.as_view(), name="plan"),
    path("plans/<int:pk>/plan.pdf", plans.PlanPdf.as_view(), name="plan_pdf"),
    path("plans/<int:pk>/steps/new/<slug:theme>/", steps.AddStep.as_view(), name="plan_step_add"),
    path("plans/<int:pk>/steps/<int:step>/", steps.ChangeStep.as_view(), name="plan_step"),
    path("plans/<int:pk>/steps/<int:step>/done/", steps.TickOff.as_view(), name="plan_step_done"),
    path("plans/<int:pk>/steps/<int:step>/drop/", steps.Drop.as_view(), name="plan_step_drop"),
    path("plans/<int:pk>/steps/<int:step>/again/", steps.TakeUpAgain.as_view(), name="plan_step_again"),
    path("plans/<int:pk>/help/<int:chosen>/", steps.Help.as_view(), name="plan_help"),
    path("plans/<int:pk>/reviews/<int:review>/", plan_reviews.HoldReview.as_view(), name="plan_review"),
    path("calendar/", calendar.CalendarPage.as_view(), name="calendar"),
    path("calendar/<str:token>.ics", calendar.CalendarFile.as_view(), name="calendar_feed"),
]
