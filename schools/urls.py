from django.urls import path

from schools import views

urlpatterns = [
    path("<int:pk>/team/", views.TeamPage.as_view(), name="school_team"),
    path("<int:pk>/team/<int:membership>/end/", views.EndRole.as_view(), name="school_end_role"),
]
