"""The forms of sign-in and passwords: allauth's, in our words, and with what a password manager needs to know."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User

ADDRESS = _("E-mail address")
ADDRESS_MISSING = _("Enter your e-mail address.")
ADDRESS_WRONG = _("Enter a whole e-mail address, such as name@school.example.")
NEW_PASSWORD = _("New password")
NEW_PASSWORD_HINT = _("At least 10 characters. Three or four words that only you would put together work well.")
NEW_PASSWORD_MISSING = _("Choose a new password.")
AGAIN = _("New password again")
AGAIN_MISSING = _("Enter the new password a second time.")
AGAIN_DIFFERS = _("The two new passwords differ. Enter the same one in both boxes.")


def _say(field: forms.Field, *, label: Any, missing: Any, hint: Any = "", autocomplete: str | None = None) -> None:
    """Give one of allauth's fields our words. Its placeholder goes: it would vanish as soon as somebody types."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    if autocomplete:
        field.widget.attrs["autocomplete"] = autocomplete


def _say_address(field: forms.Field, *, hint: Any = "", autocomplete: str = "email") -> None:
    _say(field, label=ADDRESS, missing=ADDRESS_MISSING, hint=hint, autocomplete=autocomplete)
    field.error_messages["invalid"] = ADDRESS_WRONG


class SignInForm(allauth.LoginForm):
    """Who are you? The address may be typed in any mixture of capitals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_address(self.fields["login"], autocomplete="username")
        _say(self.fields["password"], label=_("Password"), missing=_("Enter your password."))


class NewPasswordMixin:
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], label=NEW_PASSWORD, missing=NEW_PASSWORD_MISSING, hint=NEW_PASSWORD_HINT)
        _say(self.fields["password2"], label=AGAIN, missing=AGAIN_MISSING)

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords, in our words."""
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))
        if first and second and first != second:
            self.add_error("password2", AGAIN_DIFFERS)  # and takes password2 away, so that allauth does not repeat it
        return super().clean()


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):
    """A new password for somebody who is signed in and knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = _("Enter the password that you have now.")
        _say(self.fields["oldpassword"], label=_("Your password now"), missing=missing)


class FirstPasswordForm(NewPasswordMixin, allauth.SetPasswordForm):
    """A password for somebody who is signed in and has none."""


class ResetPasswordForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):
    """A new password for somebody who came by the link in an e-mail."""


class AskForResetForm(allauth.ResetPasswordForm):
    """Where to send that link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_address(self.fields["email"], hint=_("The one that you sign in with."))

    def clean_email(self) -> str:
        """Send no link to an address that is only waiting to be confirmed: it may have been mistyped."""
        email = super().clean_email()
        self.users = [user for user in self.users if user.email == User.objects.normalize(email)]
        return email


class ConfirmPasswordForm(allauth.ReauthenticateForm):
    """The password once more, before something that needs care."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], label=_("Password"), missing=_("Enter your password."))


class NameForm(forms.ModelForm):
    """How a person is called."""

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        labels = {"first_name": _("First name"), "last_name": _("Last name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, missing in (("first_name", _("Enter your first name.")), ("last_name", _("Enter your last name."))):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = missing
            self.fields[name].widget.attrs["autocomplete"] = {"first_name": "given-name"}.get(name, "family-name")


class OwnPasswordForm(forms.Form):
    """The password once more: somebody may have left themselves signed in on a shared laptop."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Enter your password, so that nobody else can do this.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse another password."""
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password. Enter it again."))
        return password


class NewAddressForm(OwnPasswordForm):
    """The address that a person wants to sign in with from now on."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("We send a link to it. Nothing changes until you open the link."),
        max_length=254,
        error_messages={"required": ADDRESS_MISSING, "invalid": ADDRESS_WRONG},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["email", "password"]

    def clean_email(self) -> str:
        """Refuse the address that they have already."""
        email = User.objects.normalize(self.cleaned_data["email"])
        if email == self.user.email:
            raise forms.ValidationError(_("You sign in with this address already. Enter the new one."))
        return email


class CloseForm(OwnPasswordForm):
    """The password and a tick, before an account is closed for good."""

    sure = forms.BooleanField(
        label=_("Close my account for good"), error_messages={"required": _("Tick the box if you are sure.")}
    )
