from schools.actions.calendar import record_sessions
from schools.actions.invitations import (
    INVITED_BY_COORDINATOR,
    INVITED_BY_HEAD,
    UnableToInvite,
    accept,
    find,
    invite,
    invite_again,
    withdraw_invitation,
)
from schools.actions.places import assign
from schools.actions.team import (
    ENDED_BY_HEAD,
    NAMED_BY_HEAD,
    UnableToName,
    change_role,
    end_all_roles,
    end_role,
    give_role,
    give_schools_to,
    hand_over,
    name_to_team,
)

__all__ = [
    "ENDED_BY_HEAD",
    "INVITED_BY_COORDINATOR",
    "INVITED_BY_HEAD",
    "NAMED_BY_HEAD",
    "UnableToInvite",
    "UnableToName",
    "accept",
    "assign",
    "change_role",
    "end_all_roles",
    "end_role",
    "find",
    "give_role",
    "give_schools_to",
    "hand_over",
    "invite",
    "invite_again",
    "name_to_team",
    "record_sessions",
    "withdraw_invitation",
]
