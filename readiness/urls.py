from django.urls import path

from readiness import views
from readiness.wizard import AuditWizard

urlpatterns = [
    path("", views.AuditList.as_view(), name="audit_list"),
    path("<int:pk>/", views.TaskList.as_view(), name="audit"),
    path("<int:pk>/check/", views.CheckPage.as_view(), name="audit_check"),
    path("<int:pk>/check/withdraw/", views.Withdraw.as_view(), name="audit_withdraw"),
    path("<int:pk>/history/", views.HistoryPage.as_view(), name="audit_history"),
    path("<int:pk>/<slug:step>/", AuditWizard.as_view(), name="audit_theme"),
]
