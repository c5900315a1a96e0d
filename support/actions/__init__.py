"""Every change of support is one of these."""

from support.actions.overview import UnableToNudge, nudge, set_places

__all__ = ["UnableToNudge", "nudge", "set_places"]
