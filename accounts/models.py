from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users; everything else in the product calls `accounts.actions.create_user`."""

    use_in_migrations = True

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address, however they typed its capitals."""
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user who signs in with `email`. The address is kept in small letters."""
        user = self.model(email=self.normalize(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user who may do everything in Wagtail's admin. It opens no school's work and no reflection."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    @staticmethod
    def normalize(email: str) -> str:
        """The form in which addresses are kept and compared."""
        return email.strip().lower()


class User(AbstractUser):
    """A person. They sign in with their e-mail address; what they may do is in `schools.Membership`."""

    username = None
    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("Somebody already signs in with this address.")}
    )
    session_generation = models.PositiveIntegerField(
        _("session generation"), default=0, help_text=_("Raised to end every session of this person at once.")
    )
    closed_at = models.DateTimeField(_("account closed"), null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_in_small_letters",
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(is_active=False),
                name="user_closed_account_is_inactive",
                violation_error_message=_("Nobody signs in to a closed account."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django compares this hash on every request: a new generation ends all sessions at their next request.
        return f"{super()._get_session_auth_hash(secret=secret)}{self.session_generation}"
