"""What every chart with a scale from left to right has: a column of a sheet, with text that wraps and a scale below.

Import it only to draw: it imports matplotlib.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from charts.style import LEADING, LINE, SMALL
from charts.svg import Align, Sheet

Number = int | float | Fraction

INSET = 10.0
TICK_NAME = 82.0


@dataclass(frozen=True)
class Column:
    """Part of a sheet between two edges. Each part is drawn from ``y`` down and gives the ``y`` below it."""

    sheet: Sheet
    near: float
    far: float
    low: Number
    high: Number

    @property
    def left(self) -> float:
        """Where the scale begins; a little inside, so that a dot at its end stays on the panel."""
        return self.near + INSET

    @property
    def right(self) -> float:
        """Where the scale ends."""
        return self.far - INSET

    def across(self, value: Number) -> float:
        """Where a value of the scale lies, in points from the left of the sheet."""
        low, high = float(self.low), float(self.high)
        return self.left + (float(value) - low) / (high - low) * (self.right - self.left)

    def paragraph(self, y: float, text: str, size: float, *, bold: bool = False, room: float = 0.0) -> float:
        """Text over as many lines as it needs, leaving ``room`` free on the right."""
        for line in self.sheet.wrap(text, size, self.far - self.near - room, bold=bold):
            self.sheet.text(self.near, y + size * 0.95, line, size, bold=bold)
            y += size * LEADING
        return y

    def inside(self) -> Self:
        """The same sheet between the ends of the scale."""
        return replace(self, near=self.left, far=self.right)

    def fitting(self, text: str, size: float, width: float, *, bold: bool = False) -> float:
        """``size``, or as much less as it takes to keep ``text`` within ``width``."""
        return min(size, size * width / max(1.0, self.sheet.measure(text, size, bold=bold)))

    def scale(self, y: float, ticks: Iterable[tuple[Number, str]]) -> float:
        """The points of the scale, each with its number and its name; the outer names end at the panel's edge."""
        self.sheet.line(self.near, y, self.far, y, colour=LINE)
        deepest = y
        for value, name in ticks:
            x = self.across(value)
            self.sheet.line(x, y, x, y + 5, colour=LINE, thick=1.5)
            foot = y + 4 + SMALL * LEADING
            self.sheet.text(x, foot, f"{float(value):g}", SMALL, bold=True, align="center")
            align: Align = "left" if value == self.low else "right" if value == self.high else "center"
            x = {"left": self.near, "center": x, "right": self.far}[align]
            for line in self.sheet.wrap(name, SMALL, TICK_NAME):
                foot += SMALL * LEADING
                self.sheet.text(x, foot, line, SMALL, align=align)
            deepest = max(deepest, foot)
        return deepest + 4
