"""Addresses of sign-in and of my account.

allauth's are listed one by one: those that we do not want (several addresses, codes, phones) do not exist.
Each name is one that allauth itself looks up.
"""

from allauth.account import views as allauth
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts import forms, views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="my_account", http_method_names=["get", "head"]), name="accounts"),
    path("me/", views.my_account, name="my_account"),
    path("me/name/", views.correct_name, name="correct_name"),
    path("me/email/", views.NewAddress.as_view(), name="account_email"),
    path("me/email/forget/", views.forget_new_address, name="forget_new_address"),
    path("keep-alive/", views.keep_alive, name="keep_alive"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("login/", allauth.LoginView.as_view(form_class=forms.SignInForm), name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", views.by_invitation, name="account_signup"),
    path(
        "reauthenticate/",
        allauth.ReauthenticateView.as_view(form_class=forms.ConfirmPasswordForm),
        name="account_reauthenticate",
    ),
    path("confirm-email/", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmAddress.as_view(), name="account_confirm_email"),
    path(
        "password/change/",
        allauth.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm),
        name="account_change_password",
    ),
    path(
        "password/set/",
        allauth.PasswordSetView.as_view(form_class=forms.FirstPasswordForm),
        name="account_set_password",
    ),
    path(
        "password/reset/",
        allauth.PasswordResetView.as_view(form_class=forms.AskForResetForm),
        name="account_reset_password",
    ),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.PasswordResetFromKeyView.as_view(form_class=forms.ResetPasswordForm),
        name="account_reset_password_from_key",
    ),
]
