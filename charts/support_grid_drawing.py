"""How the grid of schools and themes is drawn. Import it only to draw: it imports matplotlib.

Top to bottom: title, what the patterns mean, the themes' names over their columns, then a line for each school. A cell
holds its pattern and the first letter of the tier's word.
"""

from charts.style import INK, LINE, MARGIN, PAPER, TITLE
from charts.support_grid import SIDE, STRIPES, GridRow, Pattern, SupportGrid
from charts.svg import Sheet

WIDTH = 760.0
NAME = 200.0
LINE_HEIGHT = 24.0
TEXT, SMALL = 11.0, 8.5
STRIPED_ROW = "#f3f6f9"


def draw(grid: SupportGrid) -> str:
    """The picture of ``grid`` as an SVG document."""
    sheet = Sheet(WIDTH)
    drawing = _Drawing(grid, sheet)
    foot = drawing.rows(drawing.head(drawing.legend(drawing.title(MARGIN))))
    return sheet.to_svg(foot + MARGIN, title=grid.title, description=description(grid), language=grid.language)


def description(grid: SupportGrid) -> str:
    """The summary, then each school on a line of its own: what the picture says, without it."""
    return "\n".join([grid.summary, *(_spoken(row, grid) for row in grid.rows)])


def _spoken(row: GridRow, grid: SupportGrid) -> str:
    said = [
        f"{column}: {grid.tier(key).word if key else grid.nothing}"
        + (f" ({grid.not_enough_information})" if place in row.unknown else "")
        for place, (column, key) in enumerate(zip(grid.columns, row.cells, strict=True))
    ]
    return f"{row.name}{f' ({row.note})' if row.note else ''}: {'; '.join(said)}."


class _Drawing:
    def __init__(self, grid: SupportGrid, sheet: Sheet) -> None:
        self.grid, self.sheet = grid, sheet
        self.column = (WIDTH - 2 * MARGIN - NAME) / max(1, len(grid.columns))

    def _left(self, place: int) -> float:
        return MARGIN + NAME + self.column * place

    def title(self, y: float) -> float:
        for line in self.sheet.wrap(self.grid.title, TITLE, WIDTH - 2 * MARGIN, bold=True):
            self.sheet.text(MARGIN, y + TITLE, line, TITLE, bold=True)
            y += TITLE * 1.25
        return y + 6

    def legend(self, y: float) -> float:
        """Each pattern with its word, and what a question mark means."""
        x = MARGIN
        for tier in self.grid.tiers:
            self.mark(x, y, tier.pattern)
            self.sheet.text(x + SIDE + 5, y + SIDE - 3, f"{tier.word[:1]} = {tier.word}", TEXT)
            x += SIDE + 25 + self.sheet.measure(f"{tier.word[:1]} = {tier.word}", TEXT)
        self.sheet.text(x, y + SIDE - 3, f"? = {self.grid.not_enough_information}", TEXT)
        return y + SIDE + 12

    def head(self, y: float) -> float:
        """The themes' names over their columns, as many lines as the longest needs."""
        names = [self.sheet.wrap(name, SMALL, self.column - 6, bold=True) for name in self.grid.columns]
        height = max((len(lines) for lines in names), default=0) * SMALL * 1.2
        for place, lines in enumerate(names):
            foot = y + height - (len(lines) - 1) * SMALL * 1.2
            for number, line in enumerate(lines):
                self.sheet.text(self._left(place) + 3, foot + number * SMALL * 1.2, line, SMALL, bold=True)
        self.sheet.line(MARGIN, y + height + 5, WIDTH - MARGIN, y + height + 5, colour=LINE)
        return y + height + 6

    def rows(self, y: float) -> float:
        for number, row in enumerate(self.grid.rows):
            if number % 2:
                self.sheet.box(MARGIN, y, WIDTH - 2 * MARGIN, LINE_HEIGHT, fill=STRIPED_ROW, behind=True)
            self._row(y, row)
            y += LINE_HEIGHT
        self.sheet.line(MARGIN, y, WIDTH - MARGIN, y, colour=LINE)
        return y

    def _row(self, y: float, row: GridRow) -> None:
        lines = self.sheet.wrap(row.name, TEXT, NAME - 8)
        name = lines[0] if len(lines) < 2 else f"{lines[0]} …"
        self.sheet.text(MARGIN, y + (11 if row.note else 16), name, TEXT)
        self.sheet.text(MARGIN, y + 21, row.note, SMALL)
        for place, key in enumerate(row.cells):
            x = self._left(place) + 3
            if key:
                tier = self.grid.tier(key)
                self.mark(x, y + 5, tier.pattern)
                mark = "?" if place in row.unknown else ""
                self.sheet.text(x + SIDE + 5, y + 16, f"{tier.word[:1]}{mark}", TEXT, bold=tier.pattern == "solid")
            else:
                self.sheet.text(x + 4, y + 16, "–", TEXT)

    def mark(self, x: float, y: float, pattern: Pattern) -> None:
        """The pattern in its square, as `swatch` draws it."""
        self.sheet.box(x + 1, y + 1, SIDE - 2, SIDE - 2, fill=INK if pattern == "solid" else PAPER, line=INK, thick=1.5)
        if pattern == "striped":
            for x1, y1, x2, y2 in STRIPES:
                self.sheet.line(x + x1, y + y1, x + x2, y + y2, colour=INK, thick=1.5)
