from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reflections.models.entries import Entry
from schools.models import School
from schools.permissions import Permission
from sealed.fields import SealedText


class GroupQuerySet(models.QuerySet["Group"]):
    """Lists of reflective groups."""

    def visible_to(self, user) -> "GroupQuerySet":
        """Those that this person is in, while they work at the group's school."""
        if not user.is_authenticated:
            return self.none()
        own_schools = School.objects.where(user, Permission.WRITE_REFLECTION)
        mine = GroupMember.objects.current().filter(user=user)
        return self.filter(pk__in=mine.values("group"), school__in=own_schools.values("pk"))


class Group(models.Model):
    """A reflective group: named people of a school who think together. Any member of staff may begin one."""

    name = models.CharField(_("name"), max_length=100)
    school = models.ForeignKey(School, models.PROTECT, related_name="reflective_groups")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"))

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("reflective group")
        verbose_name_plural = _("reflective groups")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="group_has_a_name",
                violation_error_message=_("Give the group a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    """Lists of members."""

    def current(self) -> "GroupMemberQuerySet":
        """Those who have not left."""
        return self.filter(left__isnull=True)


class GroupMember(models.Model):
    """Somebody in a group, from a time until a time. They read what is shared with it while they are in it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    joined = models.DateTimeField(_("joined"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    left = models.DateTimeField(_("left"), null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a reflective group")
        verbose_name_plural = _("members of reflective groups")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=Q(left__isnull=True),
                name="group_member_once",
                violation_error_message=_("This person is in the group already."),
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=True) | Q(left__gte=F("joined")),
                name="group_member_leaves_after_joining",
                violation_error_message=_("A person leaves a group after joining it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.group}"


class GroupShare(models.Model):
    """An entry that its author has shared with one group. Withdrawing it deletes this row."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="group_share")
    group = models.ForeignKey(Group, models.CASCADE, related_name="shares")
    shared_at = models.DateTimeField(_("shared at"))

    class Meta:
        verbose_name = _("entry shared with a group")
        verbose_name_plural = _("entries shared with groups")

    def __str__(self) -> str:
        return f"Entry {self.entry_id} with {self.group}"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Lists of comments."""

    def oldest_first(self) -> "CommentQuerySet":
        """In the order in which they were written."""
        return self.order_by("at", "pk")


class Comment(models.Model):
    """What somebody of the group wrote to a shared entry, sealed."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    text = SealedText(_("text, sealed"))

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"Comment {self.pk} on entry {self.entry_id}"
