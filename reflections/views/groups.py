from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from reflections import actions, pages
from reflections.forms.sharing import AddPeopleForm, NewGroupForm
from reflections.models import Entry, Group
from reflections.private_pages import KeptNowhere
from schools.models import School
from schools.permissions import Permission


class GroupList(TemplateView):
    """The groups that I am in."""

    template_name = "reflections/groups.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with its people, and the schools at which one can be begun."""
        groups = Group.objects.visible_to(self.request.user).select_related("school").order_by("name", "pk")
        schools = School.objects.where(self.request.user, Permission.WRITE_REFLECTION).alphabetical()
        return super().get_context_data(
            groups=[(group, pages.people_of(group)) for group in groups.prefetch_related("members__user")],
            schools=schools,
            **kwargs,
        )


class NewGroup(FormView):
    """Begin a group at a school where I work."""

    template_name = "reflections/new_group.html"
    form_class = NewGroupForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the school among mine."""
        super().setup(request, *args, **kwargs)
        mine = School.objects.where(request.user, Permission.WRITE_REFLECTION)
        self.school = get_object_or_404(mine, pk=kwargs["school"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people who work there."""
        people = actions.colleagues(self.school).exclude(pk=self.request.user.pk)
        return {**super().get_form_kwargs(), "people": people}

    def form_valid(self, form: NewGroupForm) -> HttpResponse:
        """Begin it."""
        group = actions.create_group(
            name=form.cleaned_data["name"],
            school=self.school,
            people=form.cleaned_data["people"],
            by=self.request.user,
            now=timezone.now(),
        )
        return redirect("reflective_group", pk=group.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The school."""
        return super().get_context_data(school=self.school, **kwargs)


class OwnGroup(KeptNowhere):
    """What every page of a group does first: find it among those that this person is in."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the group; anybody else gets 404."""
        super().setup(request, *args, **kwargs)
        mine = Group.objects.visible_to(request.user).select_related("school").prefetch_related("members__user")
        self.group = get_object_or_404(mine, pk=kwargs["pk"])


class GroupPage(OwnGroup, TemplateView):
    """A group: its people, and what they have shared with it that I may read."""

    template_name = "reflections/group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The people, and the entries, newest first."""
        shared = Entry.objects.visible_to(self.request.user).filter(group_share__group=self.group)
        return super().get_context_data(
            group=self.group,
            people=pages.people_of(self.group),
            shared=shared.with_context().select_related("group_share").order_by("-group_share__shared_at", "-pk"),
            **kwargs,
        )


class AddPeople(OwnGroup, FormView):
    """Add people of the school to a group."""

    template_name = "reflections/add_people.html"
    form_class = AddPeopleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer those who are not in it."""
        there = [member.user_id for member in self.group.members.all() if member.left is None]
        people = actions.colleagues(self.group.school).exclude(pk__in=there)
        return {**super().get_form_kwargs(), "people": people}

    def form_valid(self, form: AddPeopleForm) -> HttpResponse:
        """Add them."""
        actions.add_people(
            group=self.group, people=form.cleaned_data["people"], by=self.request.user, now=timezone.now()
        )
        return redirect("reflective_group", pk=self.group.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The group."""
        return super().get_context_data(group=self.group, **kwargs)


class LeaveGroup(OwnGroup, TemplateView):
    """Leave a group, after being asked once more."""

    template_name = "reflections/leave_group.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leave at once."""
        actions.leave_group(group=self.group, by=request.user, now=timezone.now())
        messages.success(request, _("You have left “%s”. What you had shared with it is private again.") % self.group)
        return redirect("reflective_groups")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The group."""
        return super().get_context_data(group=self.group, **kwargs)
