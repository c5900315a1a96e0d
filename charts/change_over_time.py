"""A school's themes then and now: the dataclass, its digest, and the picture.

What counts as a change is the caller's to say, not this drawing's: small differences are noise, and a row whose
``direction`` is “same” is drawn and named as about the same, wherever its two marks lie.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Final, Literal

from charts.theme_profile import Number, plain

Direction = Literal["higher", "lower", "same", "unknown"]

# Raise by one whenever the same chart would be drawn differently, so that pictures kept under the old digest retire.
DRAWING_VERSION: Final = 1


@dataclass(frozen=True)
class ChangeRow:
    """One theme then and now.

    ``then`` and ``now`` are on the chart's scale, or None where there was no score; the two texts are how they are
    written, and say so where there was none. ``verdict`` is the word for what became of it: “Further on”.
    """

    title: str
    group: str
    then: Number | None
    then_text: str
    now: Number | None
    now_text: str
    direction: Direction
    verdict: str


@dataclass(frozen=True)
class ChangeLegend:
    """What the two marks are called, in the reader's language: “2025/26” and “2026/27”."""

    then: str
    now: str


@dataclass(frozen=True)
class ChangeOverTime:
    """Everything the picture shows.

    ``groups`` pairs each group's key with its heading, in the order in which they are drawn; rows keep their own order
    within a group. ``ticks`` names points of the scale. ``summary`` is the sentence that stands for the picture;
    ``language`` is that of the words.

    Raises ValueError when the parts do not fit together.
    """

    title: str
    summary: str
    rows: tuple[ChangeRow, ...]
    groups: tuple[tuple[str, str], ...]
    legend: ChangeLegend
    ticks: tuple[tuple[Number, str], ...]
    low: Number = 1
    high: Number = 4
    language: str = "en-GB"

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        if any(not self.low <= tick <= self.high for tick, _ in self.ticks):
            raise ValueError("Every tick must lie on the scale.")
        keys = {key for key, _ in self.groups}
        for row in self.rows:
            if row.group not in keys:
                raise ValueError(f"“{row.title}” is in the group “{row.group}”, which has no heading.")
            scores = [score for score in (row.then, row.now) if score is not None]
            if any(not self.low <= score <= self.high for score in scores):
                raise ValueError(f"A score of “{row.title}” is not on the scale.")
            if row.direction != "unknown" and len(scores) < 2:
                raise ValueError(f"“{row.title}” cannot be compared without both scores.")

    def rows_of(self, group: str) -> tuple[ChangeRow, ...]:
        """The rows of one group, in order."""
        return tuple(row for row in self.rows if row.group == group)


def digest(chart: ChangeOverTime) -> str:
    """64 hexadecimal digits that change when, and only when, the picture may: for its address and its cache."""
    content = json.dumps(["change over time", DRAWING_VERSION, plain(chart)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def change_over_time(chart: ChangeOverTime) -> str:
    """The picture as an SVG document: the same chart always gives the same bytes.

    It is 340 points wide and as tall as its rows need; show it as an image between 288 and 480 pixels across.
    """
    from charts.change_over_time_drawing import draw

    return draw(chart)
