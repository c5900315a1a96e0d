"""How many of a school write, said so that nobody can work out who does or does not. Pure.

A number appears from five authors in a term; below that nothing is said, whether it is four or nobody. How many of the
staff they are is said as a band, and its two bands are wide: “half or more” never tells that all but one write.
"""

from dataclasses import dataclass
from enum import StrEnum

THRESHOLD = 5  # as in schools/suppression.py


class Band(StrEnum):
    """Which part of the staff writes."""

    TOO_FEW = "too few to say"
    UNDER_HALF = "under half"
    HALF_OR_MORE = "half or more"


@dataclass(frozen=True)
class Participation:
    """What may be said of one school in one term. `entries` is None where no number may be said."""

    band: Band
    entries: int | None


def participation(*, authors: int, entries: int, staff: int) -> Participation:
    """What may be said of so many authors, entries and people who work there."""
    if authors < THRESHOLD:
        return Participation(Band.TOO_FEW, None)
    band = Band.HALF_OR_MORE if 2 * authors >= staff else Band.UNDER_HALF
    return Participation(band, entries)
