"""A school's themes against the structure of support: the dataclass, its digest, and the picture.

The words all come in on the dataclass, so the caller chooses the language and the page can make its table and its
sentence from the same object.
"""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Final, Literal

Number = int | float | Fraction
Columns = Literal[1, 2]

# Raise by one whenever the same profile would be drawn differently, so that pictures kept under the old digest retire.
DRAWING_VERSION: Final = 1


@dataclass(frozen=True)
class Zone:
    """One tier's part of the scale, from ``low`` up to ``high``, and the tier's word."""

    label: str
    low: Number
    high: Number


@dataclass(frozen=True)
class ThemeRow:
    """One theme.

    ``group`` is a key of the profile's groups. ``score`` is on the profile's scale, or None when too few statements
    have a level; ``score_text`` is how it is written ("2.8"). ``band`` and ``tier`` are words to show; ``tier`` may be
    higher than the zone in which the score lies, and ``note`` then says why.
    """

    title: str
    group: str
    score: Fraction | None
    score_text: str
    band: str
    tier: str
    essentials_met: int
    essentials_unmet: int
    note: str = ""


@dataclass(frozen=True)
class Legend:
    """What the marks mean, in the reader's language."""

    essential_met: str
    essential_unmet: str
    not_enough_information: str


@dataclass(frozen=True)
class ThemeProfile:
    """Everything the picture shows.

    ``groups`` pairs each group's key with its heading, in the order in which they are drawn; rows keep their own order
    within a group. ``zones`` run from low to high without a gap (one to three of them), and ``ticks`` names points of
    the scale. ``summary`` is the sentence that stands for the picture; ``language`` is that of the words.

    Raises ValueError when the parts do not fit together.
    """

    title: str
    summary: str
    rows: tuple[ThemeRow, ...]
    groups: tuple[tuple[str, str], ...]
    zones: tuple[Zone, ...]
    legend: Legend
    ticks: tuple[tuple[Number, str], ...]
    low: Number = 1
    high: Number = 4
    language: str = "en-GB"

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        edges = [self.low, *(zone.high for zone in self.zones)]
        if not 1 <= len(self.zones) <= 3 or edges[-1] != self.high:
            raise ValueError("The zones must cover the scale, in one to three parts.")
        if any(zone.low != edge or zone.high <= zone.low for zone, edge in zip(self.zones, edges, strict=False)):
            raise ValueError("Each zone must start where the one before it ends.")
        if any(not self.low <= tick <= self.high for tick, _ in self.ticks):
            raise ValueError("Every tick must lie on the scale.")
        keys = {key for key, _ in self.groups}
        for row in self.rows:
            if row.group not in keys:
                raise ValueError(f"“{row.title}” is in the group “{row.group}”, which has no heading.")
            if row.score is not None and not self.low <= row.score <= self.high:
                raise ValueError(f"The score of “{row.title}” is not on the scale.")
            if min(row.essentials_met, row.essentials_unmet) < 0:
                raise ValueError(f"“{row.title}” cannot have fewer than no essentials.")

    def rows_of(self, group: str) -> tuple[ThemeRow, ...]:
        """The rows of one group, in order."""
        return tuple(row for row in self.rows if row.group == group)


def digest(profile: ThemeProfile, *, columns: Columns = 1) -> str:
    """64 hexadecimal digits that change when, and only when, the picture may: for its address and its cache."""
    content = json.dumps([DRAWING_VERSION, columns, plain(profile)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def plain(value: object) -> object:
    """``value`` as JSON can hold it; equal numbers read the same whether whole, decimal or fraction."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, int | float | Fraction):
        return str(Fraction(value))
    return value


def theme_profile(profile: ThemeProfile, *, columns: Columns = 1) -> str:
    """The picture as an SVG document: the same profile always gives the same bytes.

    In one column it is 340 points wide and as tall as its rows need; show it as an image between 288 and 480 pixels
    across. Two columns put the groups side by side, twice as wide, for paper and wide screens.
    """
    from charts.theme_profile_drawing import draw

    return draw(profile, columns)
