from django.contrib.auth.backends import BaseBackend

from schools.permissions import may_run_programme

_EDITED = ("locality", "cluster", "session")
COORDINATOR_MAY = frozenset(
    {"wagtailadmin.access_admin"}
    | {f"schools.{verb}_{model}" for verb in ("view", "add", "change") for model in _EDITED}
)


class RoleBackend(BaseBackend):
    """Opens Wagtail's admin to whoever runs the programme now: localities, clusters and sessions are edited there.

    A place or a session that is over gets an end date and is not deleted: schools and audits point at it.
    It reads the role itself and no group, so that a role that ends closes the admin at the next request.
    """

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        """What the person's role adds, as “app.permission”. Asked of the database once a request."""
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if not hasattr(user_obj, "_permissions_of_role"):
            user_obj._permissions_of_role = set(COORDINATOR_MAY) if may_run_programme(user_obj) else set()
        return user_obj._permissions_of_role

    def has_module_perms(self, user_obj, app_label: str) -> bool:
        """Whether the role adds anything in this app."""
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))
