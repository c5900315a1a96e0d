"""The groups of Wagtail's admin. What people may do at schools is elsewhere: schools/permissions.py."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

CONTENT_EDITORS = "Content editors"
FRAMEWORK_EDITORS = "Framework editors"

_PAGES = ("add_page", "change_page", "publish_page")
_FRAMEWORK = {
    "readiness": (
        "add_framework",
        "change_framework",
        "lock_framework",
        "publish_framework",
        "unlock_framework",
        "view_framework",
        "view_frameworkversion",
    ),
    "reflections": (
        "add_promptset",
        "change_promptset",
        "lock_promptset",
        "publish_promptset",
        "unlock_promptset",
        "view_promptset",
        "view_promptsversion",
    ),
    "support": ("add_offer", "change_offer", "view_offer"),
    "wagtailadmin": ("access_admin",),
}


def ensure() -> None:
    """Make the two groups, with their permissions. Doing it again changes nothing."""
    content, _made = Group.objects.get_or_create(name=CONTENT_EDITORS)
    framework, _made = Group.objects.get_or_create(name=FRAMEWORK_EDITORS)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    content.permissions.add(access)
    for app, codenames in _FRAMEWORK.items():
        framework.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGES):
        GroupPagePermission.objects.get_or_create(group=content, page=root, permission=permission)
