"""How a change over time is drawn. Import it only to draw: it imports matplotlib.

Each theme has its name above its line. A ring stands where it was, a disc where it is now; a thick bar joins them only
where that counts as a change. What became of it is said in words below: nothing depends on colour or on the eye.
"""

from dataclasses import dataclass, replace

from charts.change_over_time import ChangeOverTime, ChangeRow
from charts.column import Column, Number
from charts.style import BAR, BODY, HEADING, INK, LEADING, LINE, MARGIN, NAME, PAPER, SMALL, TITLE, WIDTH, ZONES
from charts.svg import Sheet

RING = 8.5
DISC = 5.5
TRACK = 22.0


def draw(chart: ChangeOverTime) -> str:
    """The picture of ``chart`` as an SVG document."""
    sheet = Sheet(WIDTH)
    drawing = Drawing(sheet, MARGIN, WIDTH - MARGIN, chart.low, chart.high, chart)
    y = drawing.header(MARGIN)
    for key, heading in chart.groups:
        if rows := chart.rows_of(key):
            y = drawing.panel(y, heading, rows)
    return sheet.to_svg(y, title=chart.title, description=description(chart), language=chart.language)


def description(chart: ChangeOverTime) -> str:
    """The summary, then each theme on a line of its own: what the picture says, without it."""
    return "\n".join([chart.summary, *(spoken(row, chart) for row in chart.rows)])


def spoken(row: ChangeRow, chart: ChangeOverTime) -> str:
    """One theme as a line of words."""
    then, now = chart.legend.then, chart.legend.now
    return f"{row.title}: {then}: {row.then_text}; {now}: {row.now_text}; {row.verdict}."


@dataclass(frozen=True)
class Drawing(Column):
    """The chart on its sheet."""

    chart: ChangeOverTime

    def header(self, y: float) -> float:
        """The title and the meaning of the two marks."""
        y = self.paragraph(y, self.chart.title, TITLE, bold=True) + 5
        for words, mark in ((self.chart.legend.then, self.then), (self.chart.legend.now, self.now)):
            mark(self.near + RING + 1, y + BODY * 0.6)
            y = replace(self, near=self.near + 25).paragraph(y, words, BODY) + 4
        return y + 8

    def then(self, x: float, y: float) -> None:
        """Where a theme was: a ring."""
        self.sheet.circle(x, y, RING, fill=PAPER, line=INK, thick=2)

    def now(self, x: float, y: float) -> None:
        """Where a theme is now: a disc, which fits into the ring."""
        self.sheet.circle(x, y, DISC, fill=BAR, line=BAR)

    def panel(self, y: float, heading: str, rows: tuple[ChangeRow, ...]) -> float:
        """One group: heading, the themes, and the scale below."""
        y = self.paragraph(y, heading, HEADING, bold=True) + 4
        top = y
        y += 8
        for row in rows:
            y = self.theme(y, row)
        self.sheet.box(self.near, top, self.far - self.near, y - top, fill=ZONES[-1], behind=True)
        return self.scale(y, self.chart.ticks) + 14

    def theme(self, y: float, row: ChangeRow) -> float:
        """One theme: name, the two marks on a line, and what became of it."""
        y = self.inside().paragraph(y, row.title, NAME, bold=True) + 4
        self.marks(y + TRACK / 2, row)
        return self.verdict(y + TRACK + 3, row) + 12

    def marks(self, middle: float, row: ChangeRow) -> None:
        """The line of the scale with a mark for each score that there is."""
        self.sheet.line(self.left, middle, self.right, middle, colour=LINE, thick=1.5)
        if row.then is not None and row.now is not None and row.direction in {"higher", "lower"}:
            self.joined(middle, row.then, row.now)
        if row.then is not None:
            self.then(self.across(row.then), middle)
        if row.now is not None:
            self.now(self.across(row.now), middle)

    def joined(self, middle: float, then: Number, now: Number) -> None:
        """The bar from then to now, where that counts as a change."""
        self.sheet.line(self.across(then), middle, self.across(now), middle, colour=BAR, thick=8)

    def verdict(self, y: float, row: ChangeRow) -> float:
        """Both scores in words, and below them what became of the theme, in a tag."""
        legend = self.chart.legend
        for name, text in ((legend.then, row.then_text), (legend.now, row.now_text)):
            y = self.inside().paragraph(y, f"{name}: {text}", SMALL)
        room = self.right - self.left - 14
        lines = self.sheet.wrap(row.verdict, BODY, room, bold=True)
        size = min((self.fitting(line, BODY, room, bold=True) for line in lines), default=BODY)
        wide = max((self.sheet.measure(line, size, bold=True) for line in lines), default=0.0) + 14
        tall = len(lines) * BODY * LEADING + 4
        self.sheet.box(self.left, y + 4, wide, tall, fill=PAPER, line=INK, thick=1.2, radius=4)
        for number, line in enumerate(lines, start=1):
            self.sheet.text(self.left + 7, y + 2 + number * BODY * LEADING, line, size, bold=True)
        return y + 4 + tall
