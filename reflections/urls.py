from django.urls import path

from reflections.views import entry, log
from reflections.wizard import EntryWizard

urlpatterns = [
    path("", log.LogPage.as_view(), name="reflections"),
    path("new/", log.NewEntry.as_view(), name="new_reflection"),
    path("<int:pk>/", entry.EntryPage.as_view(), name="reflection"),
    path("<int:pk>/edit/", log.CarryOn.as_view(), name="edit_reflection"),
    path("<int:pk>/edit/<slug:step>/", EntryWizard.as_view(), name="reflection_step"),
    path("<int:pk>/thread/", log.ThreadPage.as_view(), name="reflection_thread"),
    path("<int:pk>/delete/", log.DeletePage.as_view(), name="delete_reflection"),
]
