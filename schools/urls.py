from django.urls import path

from schools.views import here, imports, invitations, programme, team, ties

urlpatterns = [
    path("schools/", programme.SchoolList.as_view(), name="school_list"),
    path("schools/import/", imports.ImportsPage.as_view(), name="imports"),
    path("schools/import/<int:pk>/", imports.ImportPage.as_view(), name="import"),
    path("schools/<int:pk>/team/", team.TeamPage.as_view(), name="school_team"),
    path("schools/<int:pk>/team/invite/", team.InvitePage.as_view(), name="school_invite"),
    path("schools/<int:pk>/team/history/", team.RoleHistory.as_view(), name="school_role_history"),
    path("schools/<int:pk>/team/hand-over/", team.HandOver.as_view(), name="school_hand_over"),
    path("schools/<int:pk>/team/<int:membership>/", team.ChangeRole.as_view(), name="school_change_role"),
    path("schools/<int:pk>/team/<int:membership>/end/", team.EndRole.as_view(), name="school_end_role"),
    path("schools/<int:pk>/officer/", ties.GiveSchool.as_view(), name="school_officer"),
    path("ties/", ties.TiesPage.as_view(), name="ties"),
    path("ties/<int:tie>/end/", ties.EndTie.as_view(), name="tie_end"),
    path("ties/<int:tie>/withdraw/", ties.WithdrawTie.as_view(), name="tie_withdraw"),
    path("schools/switch/", here.switch_place, name="switch_place"),
    path("people/", programme.PeoplePage.as_view(), name="people"),
    path("people/give-schools/", programme.GiveSchools.as_view(), name="give_schools"),
    path("people/<int:membership>/end/", programme.EndLeaderRole.as_view(), name="people_end_role"),
    path(
        "invitations/<int:invitation>/withdraw/",
        invitations.AnswerInvitation.as_view(what="withdraw"),
        name="invitation_withdraw",
    ),
    path(
        "invitations/<int:invitation>/send-again/",
        invitations.AnswerInvitation.as_view(what="send-again"),
        name="invitation_send_again",
    ),
    path("invitations/<str:token>/", invitations.AcceptPage.as_view(), name="invitation"),
]
