from schools.models.calendar import NonTeachingDay, Session, Term
from schools.models.imports import Import
from schools.models.invitations import Invitation
from schools.models.places import Cluster, Locality, School
from schools.models.roles import Membership
from schools.models.ties import Tie

__all__ = [
    "Cluster",
    "Import",
    "Invitation",
    "Locality",
    "Membership",
    "NonTeachingDay",
    "School",
    "Session",
    "Term",
    "Tie",
]
