from django.urls import path

from readiness.views import audits, replies, reviews
from readiness.wizard import AuditWizard

urlpatterns = [
    path("audits/", audits.AuditList.as_view(), name="audit_list"),
    path("audits/<int:pk>/", audits.TaskList.as_view(), name="audit"),
    path("audits/<int:pk>/check/", audits.CheckPage.as_view(), name="audit_check"),
    path("audits/<int:pk>/check/withdraw/", audits.Withdraw.as_view(), name="audit_withdraw"),
    path("audits/<int:pk>/check/end/", audits.EndPage.as_view(), name="audit_end"),
    path("audits/<int:pk>/history/", audits.HistoryPage.as_view(), name="audit_history"),
    path("audits/<int:pk>/<slug:step>/", AuditWizard.as_view(), name="audit_theme"),
    path("reviews/", reviews.ReviewList.as_view(), name="review_list"),
    path("reviews/<int:pk>/", reviews.ReviewPage.as_view(), name="review"),
    path("reviews/<int:pk>/rest/", reviews.AgreeRest.as_view(), name="review_rest"),
    path("reviews/<int:pk>/send/", reviews.Send.as_view(), name="review_send"),
    path("reviews/<int:pk>/finish/", reviews.Finish.as_view(), name="review_finish"),
    path("reviews/<int:pk>/reply/", replies.Reply.as_view(), name="review_reply"),
    path("reviews/<int:pk>/settle/", replies.Settle.as_view(), name="review_settle"),
]
