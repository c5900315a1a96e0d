"""How a theme profile is drawn. Import it only to draw: it imports matplotlib.

Top to bottom: title, what the marks mean, then each group as a panel. The tiers are columns behind the whole panel;
each theme has its name above its bar and its words below, so a narrow screen needs no sideways reading. On paper the
panels may stand side by side.
"""

from dataclasses import dataclass, replace

from charts.column import Column
from charts.style import (
    BAR,
    BODY,
    HEADING,
    INK,
    LEADING,
    LINE,
    MARGIN,
    NAME,
    PAPER,
    SMALL,
    TITLE,
    WIDTH,
    ZONES,
)
from charts.svg import Sheet
from charts.theme_profile import Columns, Number, ThemeProfile, ThemeRow, Zone

MARK = 6.0
BETWEEN_MARKS = 17.0
TRACK = 22.0


def draw(profile: ThemeProfile, columns: Columns) -> str:
    """The picture of ``profile`` as an SVG document."""
    sheet = Sheet(WIDTH * columns)
    top = drawing_of(profile, sheet, MARGIN, sheet.width - MARGIN).header(MARGIN)
    foot = [top] * columns
    for place, (key, heading) in enumerate(profile.groups):
        column = place % columns
        near = WIDTH * column + MARGIN
        drawing = drawing_of(profile, sheet, near, near + WIDTH - 2 * MARGIN)
        if rows := profile.rows_of(key):
            foot[column] = drawing.panel(foot[column], heading, rows)
    return sheet.to_svg(max(foot), title=profile.title, description=description(profile), language=profile.language)


def drawing_of(profile: ThemeProfile, sheet: Sheet, near: float, far: float) -> "Drawing":
    """The profile on this part of the sheet."""
    return Drawing(sheet, near, far, profile.low, profile.high, profile)


def description(profile: ThemeProfile) -> str:
    """The summary, then each theme on a line of its own: what the picture says, without it."""
    return "\n".join([profile.summary, *(spoken(row, profile) for row in profile.rows)])


def spoken(row: ThemeRow, profile: ThemeProfile) -> str:
    """One theme as a line of words."""
    legend = profile.legend
    said = [legend.not_enough_information if row.score is None else row.score_text, row.band, row.tier, row.note]
    if row.essentials_met:
        said.append(f"{legend.essential_met}: {row.essentials_met}")
    if row.essentials_unmet:
        said.append(f"{legend.essential_unmet}: {row.essentials_unmet}")
    return f"{row.title}: " + "; ".join(part.rstrip(".") for part in dict.fromkeys(said) if part) + "."


@dataclass(frozen=True)
class Drawing(Column):
    """A profile on its sheet, between two edges."""

    profile: ThemeProfile

    def column(self, zone: Zone) -> tuple[float, float]:
        """The left and right edge of a tier's column; the outer ones reach to the edge of the panel."""
        left = self.near if zone.low == self.profile.low else self.across(zone.low)
        right = self.far if zone.high == self.profile.high else self.across(zone.high)
        return left, right

    def grounds(self) -> list[tuple[Zone, str]]:
        """Each tier with the shade of its column."""
        return list(zip(self.profile.zones, ZONES[-len(self.profile.zones) :], strict=True))

    def header(self, y: float) -> float:
        """The title and the meaning of the marks that are used."""
        y = self.paragraph(y, self.profile.title, TITLE, bold=True) + 5
        legend, rows = self.profile.legend, self.profile.rows
        if any(row.essentials_met for row in rows):
            y = self.meaning(y, legend.essential_met, met=True)
        if any(row.essentials_unmet for row in rows):
            y = self.meaning(y, legend.essential_unmet, met=False)
        return y + 10

    def meaning(self, y: float, words: str, *, met: bool) -> float:
        """One mark and its meaning."""
        self.mark(self.near + MARK + 2, y + BODY * 0.6, met=met)
        return replace(self, near=self.near + 23).paragraph(y, words, BODY) + 2

    def mark(self, x: float, y: float, *, met: bool) -> None:
        """A filled circle for an essential that is met, a hollow diamond for one that is not."""
        if met:
            self.sheet.circle(x, y, MARK, fill=INK, line=INK)
        else:
            self.sheet.diamond(x, y, MARK + 1.5, fill=PAPER, line=INK, thick=2)

    def panel(self, y: float, heading: str, rows: tuple[ThemeRow, ...]) -> float:
        """One group: heading, the tiers as columns, the themes on them, and the scale below."""
        y = self.paragraph(y, heading, HEADING, bold=True) + 4
        top = y
        y = self.tier_words(y)
        for row in rows:
            y = self.theme(y, row)
        for zone, ground in self.grounds():
            left, right = self.column(zone)
            self.sheet.box(left, top, right - left, y - top, fill=ground, behind=True)
        return self.scale(y, self.profile.ticks) + 14

    def tier_words(self, y: float) -> float:
        """Each tier's words at the head of its column; a word too long for a narrow column is drawn smaller."""
        foot = y
        for zone in self.profile.zones:
            left, right = self.column(zone)
            baseline = y + 1
            for line in self.sheet.wrap(zone.label, SMALL, right - left - 4, bold=True):
                baseline += SMALL * LEADING
                size = self.fitting(line, SMALL, right - left - 4, bold=True)
                self.sheet.text((left + right) / 2, baseline, line, size, bold=True, align="center")
            foot = max(foot, baseline + 5)
        self.sheet.line(self.near, foot, self.far, foot, colour=LINE)
        return foot + 8

    def theme(self, y: float, row: ThemeRow) -> float:
        """One theme: name and essentials, score, band and tier, note."""
        marks = (True,) * row.essentials_met + (False,) * row.essentials_unmet
        for place, met in enumerate(reversed(marks)):
            self.mark(self.right - MARK - 2 - place * BETWEEN_MARKS, y + NAME * 0.6, met=met)
        y = self.inside().paragraph(y, row.title, NAME, bold=True, room=len(marks) * BETWEEN_MARKS) + 2
        if row.score is None:
            self.unknown(y)
        else:
            self.known(y + TRACK / 2, row.score, row.score_text)
        y = self.verdict(y + TRACK + 3, row)
        return self.inside().paragraph(y, row.note, SMALL) + 12

    def known(self, middle: float, score: Number, words: str) -> None:
        """A bar from the foot of the scale to a dot at the score, and the score in words beside the dot."""
        self.sheet.line(self.left, middle, self.right, middle, colour=LINE, thick=1.5)
        for zone in self.profile.zones[1:]:
            x = self.across(zone.low)
            self.sheet.line(x, middle - TRACK / 2, x, middle + TRACK / 2, colour=LINE, thick=1.5)
        end = self.across(score)
        self.sheet.line(self.left, middle, end, middle, colour=BAR, thick=10)
        wide = self.sheet.measure(words, BODY, bold=True) + 8
        left = end + 12 if end + 12 + wide <= self.far else end - 12 - wide
        self.sheet.box(left, middle - 9, wide, 18, fill=PAPER, radius=4)
        self.sheet.text(left + wide / 2, middle + 5, words, BODY, bold=True, align="center")
        self.sheet.circle(end, middle, 7.5, fill=PAPER, line=BAR, thick=4)

    def unknown(self, y: float) -> None:
        """An empty dashed box with words in it: nothing that could be taken for a low score."""
        wide = self.right - self.left
        self.sheet.box(self.left, y + 1, wide, TRACK - 2, fill=PAPER, line=INK, thick=1.5, dashes=(3, 2.5))
        words = self.profile.legend.not_enough_information
        size = self.fitting(words, BODY, wide - 16)
        self.sheet.text(self.left + wide / 2, y + TRACK / 2 + 5, words, size, align="center")

    def verdict(self, y: float, row: ThemeRow) -> float:
        """The band's word on the left and the tier's in a tag on the right, or below where both are long."""
        room = self.right - self.left
        size = self.fitting(row.tier, BODY, room - 14, bold=True)
        tag = self.sheet.measure(row.tier, size, bold=True) + 14
        band = "" if row.band == self.profile.legend.not_enough_information else row.band
        if self.sheet.measure(band, BODY) + 10 + tag > room:
            y = self.inside().paragraph(y, band, BODY) + 2
        else:
            self.sheet.text(self.left, y + 14, band, BODY)
        ground = {zone.label: ground for zone, ground in self.grounds()}.get(row.tier, PAPER)
        self.sheet.box(self.right - tag, y, tag, 19, fill=ground, line=INK, thick=1.2, radius=4)
        self.sheet.text(self.right - tag / 2, y + 14.5, row.tier, size, bold=True, align="center")
        return y + 22
