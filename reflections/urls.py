from django.urls import path

from reflections.views import data, entry, exceptional, groups, learning, log, sharing
from reflections.wizard import EntryWizard

urlpatterns = [
    path("", log.LogPage.as_view(), name="reflections"),
    path("new/", log.NewEntry.as_view(), name="new_reflection"),
    path("<int:pk>/", entry.EntryPage.as_view(), name="reflection"),
    path("<int:pk>/edit/", log.CarryOn.as_view(), name="edit_reflection"),
    path("<int:pk>/edit/<slug:step>/", EntryWizard.as_view(), name="reflection_step"),
    path("<int:pk>/thread/", log.ThreadPage.as_view(), name="reflection_thread"),
    path("<int:pk>/delete/", log.DeletePage.as_view(), name="delete_reflection"),
    path("<int:pk>/share/", sharing.SharePage.as_view(), name="share_reflection"),
    path("<int:pk>/share/group/", sharing.ShareWithGroup.as_view(), name="share_with_group"),
    path("<int:pk>/share/learning/", sharing.ShareLearning.as_view(), name="share_learning"),
    path("<int:pk>/share/example/", sharing.ProposeExample.as_view(), name="propose_example"),
    path("<int:pk>/comment/", sharing.CommentPage.as_view(), name="comment_on_reflection"),
    path("groups/", groups.GroupList.as_view(), name="reflective_groups"),
    path("groups/new/<int:school>/", groups.NewGroup.as_view(), name="new_reflective_group"),
    path("groups/<int:pk>/", groups.GroupPage.as_view(), name="reflective_group"),
    path("groups/<int:pk>/add/", groups.AddPeople.as_view(), name="add_to_reflective_group"),
    path("groups/<int:pk>/leave/", groups.LeaveGroup.as_view(), name="leave_reflective_group"),
    path("learning/", learning.LearningList.as_view(), name="shared_learning"),
    path("learning/<int:pk>/", learning.LearningPage.as_view(), name="shared_learning_words"),
    path("examples/", learning.ExampleList.as_view(), name="practice_examples"),
    path("examples/<int:pk>/", learning.ExamplePage.as_view(), name="practice_example"),
    path("participation/", learning.Participation.as_view(), name="reflective_participation"),
    path("exceptional/", exceptional.AccessList.as_view(), name="exceptional_accesses"),
    path("exceptional/<int:pk>/", exceptional.AccessPage.as_view(), name="exceptional_access"),
    path("exceptional/<int:pk>/entry/", exceptional.AccessedEntry.as_view(), name="exceptionally_open"),
    path("download.json", data.download, name="reflections_file"),
    path("download.pdf", data.booklet, name="reflections_booklet"),
    path("professional-update.pdf", data.extract, name="reflections_extract"),
]
