from django.urls import path

from support.views import overview, partnership, results

urlpatterns = [
    path("audits/<int:pk>/results/", results.ResultsPage.as_view(), name="audit_results"),
    path("audits/<int:pk>/results/theme-profile-<slug:digest>.svg", results.Chart.as_view(), name="audit_chart"),
    path("audits/<int:pk>/report.pdf", results.ReportPdf.as_view(), name="audit_report"),
    path("audits/<int:pk>/answers.xlsx", results.AnswersSpreadsheet.as_view(), name="audit_answers"),
    path("locality/", overview.LocalityList.as_view(), name="locality_list"),
    path("locality/<slug:slug>/", overview.LocalityPage.as_view(), name="locality"),
    path("locality/<slug:slug>/nudge/", overview.SendNudge.as_view(), name="locality_nudge"),
    path("locality/<slug:slug>/demand/", overview.LocalityDemand.as_view(), name="locality_demand"),
    path("partnership/", partnership.PartnershipPage.as_view(), name="partnership"),
    path("partnership/demand/", partnership.PartnershipDemand.as_view(), name="partnership_demand"),
    path("partnership/places/", partnership.PlacesPage.as_view(), name="partnership_places"),
]
