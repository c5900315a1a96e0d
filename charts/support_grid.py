"""Schools against themes: the dataclass, the patterns that tell tiers apart, and the picture, for reports only.

On a page the same grid is an HTML table: a picture of it would hold nothing that a table does not say better. Both use
these patterns, so that a tier looks the same everywhere: a pattern and a word, never a colour alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

Pattern = Literal["open", "striped", "solid"]
PATTERNS: Final[tuple[Pattern, ...]] = ("open", "striped", "solid")
"""From the lightest support to the most."""

SIDE: Final = 14
STRIPES: Final = ((1, 7, 7, 1), (1, 13, 13, 1), (7, 13, 13, 7))
"""From and to, across a square of SIDE, as x, y, x, y."""

INK: Final = "#1a1a1a"
ROWS_ON_A_SHEET: Final = 45


@dataclass(frozen=True)
class Tier:
    """One tier: its key in the cells, its word, and its pattern."""

    key: str
    word: str
    pattern: Pattern


@dataclass(frozen=True)
class GridRow:
    """One school: its name, how its tiers are to be read (“Agreed 12 June”), and the tier of each column.

    A cell is the key of a tier, or empty where there is none. `unknown` names the columns in which there was not
    enough information.
    """

    name: str
    note: str
    cells: tuple[str, ...]
    unknown: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SupportGrid:
    """Everything the picture shows. Raises ValueError when the parts do not fit together."""

    title: str
    summary: str
    columns: tuple[str, ...]
    tiers: tuple[Tier, ...]
    rows: tuple[GridRow, ...]
    nothing: str
    not_enough_information: str
    language: str = "en-GB"

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        known = {"", *(tier.key for tier in self.tiers)}
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"“{row.name}” has {len(row.cells)} cells, not {len(self.columns)}.")
            if strange := set(row.cells) - known:
                raise ValueError(f"“{row.name}” has a tier that is not explained: {', '.join(sorted(strange))}.")

    def tier(self, key: str) -> Tier:
        """The tier of this key."""
        return next(tier for tier in self.tiers if tier.key == key)


def sheets(grid: SupportGrid, rows: int = ROWS_ON_A_SHEET) -> Iterator[SupportGrid]:
    """The grid in parts, each short enough for a page; one part even where there is no row."""
    for start in range(0, max(1, len(grid.rows)), rows):
        yield replace(grid, rows=grid.rows[start : start + rows])


def swatch(pattern: Pattern) -> str:
    """The pattern by itself as a small SVG document, for style sheets and legends."""
    fill = INK if pattern == "solid" else "#fff"
    lines = "".join(f'<path d="M{x1} {y1}L{x2} {y2}"/>' for x1, y1, x2, y2 in STRIPES) if pattern == "striped" else ""
    inside = f'<g stroke="{INK}" stroke-width="2">{lines}</g>' if lines else ""
    edge = f'x="1" y="1" width="{SIDE - 2}" height="{SIDE - 2}" fill="none" stroke="{INK}" stroke-width="2"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{fill}"/>{inside}<rect {edge}/></svg>\n'
    )


def support_grid(grid: SupportGrid) -> str:
    """The picture as an SVG document: the same grid always gives the same bytes."""
    from charts.support_grid_drawing import draw

    return draw(grid)
