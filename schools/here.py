"""Where somebody works now: a person of several schools and localities looks at one of them at a time, or at all."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from schools.models import Membership, School
from schools.models.places import SchoolQuerySet
from schools.permissions import Scope

KEY = "here"
EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Place:
    """A school, a locality or the whole programme, in which a person has a role."""

    key: str
    name: str

    def schools(self) -> SchoolQuerySet:
        """The schools of this place."""
        kind, _dash, number = self.key.partition("-")
        if kind == Scope.SCHOOL:
            return School.objects.filter(pk=number)
        if kind == Scope.LOCALITY:
            return School.objects.filter(locality=number)
        return School.objects.all()


def places_of(user) -> list[Place]:
    """The places in which this person has a role now, schools first, each once, by name."""
    roles = Membership.objects.current().filter(user=user).select_related("school", "locality")
    found: dict[str, Place] = {}
    for role in roles:
        if role.school:
            place = Place(f"{Scope.SCHOOL.value}-{role.school_id}", role.school.name)
        elif role.locality:
            place = Place(f"{Scope.LOCALITY.value}-{role.locality_id}", role.locality.name)
        else:
            place = Place(Scope.PARTNERSHIP.value, _("The whole programme"))
        found[place.key] = place
    order = [Scope.SCHOOL.value, Scope.LOCALITY.value, Scope.PARTNERSHIP.value]
    return sorted(found.values(), key=lambda place: (order.index(place.key.partition("-")[0]), place.name))


def chosen(request: HttpRequest, places: list[Place]) -> Place | None:
    """The place that this person has switched to, while they still have a role there; None for all of them."""
    key = request.session.get(KEY)
    return next((place for place in places if place.key == key), None)


def switch(request: HttpRequest, key: str) -> Place | None:
    """Look at this place from now on, or at all of them when the person has no role there."""
    places = places_of(request.user)
    request.session[KEY] = key if any(place.key == key for place in places) else EVERYWHERE
    return chosen(request, places)
