"""The one door to matplotlib: a sheet to draw on, measured in points from its top left corner.

A ``Sheet`` draws without axes, so nothing is laid out twice and the same calls give the same bytes. Each sheet owns its
``Figure`` and belongs to one thread. No lock is needed around drawing: matplotlib keeps its fonts apart by thread, and
what threads do share (mathematical text, its settings, pyplot) is never used here.
"""

import html
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from io import StringIO
from typing import Literal

from matplotlib import get_data_path
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Patch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

from charts.style import INK, PAPER

Align = Literal["left", "center", "right"]
POINTS_PER_INCH = 72
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}


@cache
def font(size: float, bold: bool = False) -> FontProperties:
    """The chart font at ``size`` points, from the file that comes with matplotlib.

    Naming the file keeps an older DejaVu Sans of the machine's own from being picked.
    """
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=f"{get_data_path()}/fonts/ttf/{name}", size=size)


@lru_cache(maxsize=2048)
def width_at_one_point(text: str, bold: bool) -> float:
    """The width of ``text`` at one point. Measuring costs as much as drawing, and most words come back."""
    if not text:
        return 0.0
    width, _, _ = TextToPath().get_text_width_height_descent(text, font(1.0, bold), ismath=False)
    return float(width)


def printable(text: str) -> str:
    """``text`` as one line, without the characters that XML cannot hold."""
    return " ".join(NOT_IN_XML.sub("", text).split())


class Sheet:
    """A white sheet ``width`` points wide; its height is settled last, by ``to_svg``."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._artists: list[Artist] = []
        self._down = Affine2D()

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of ``text`` in points."""
        return size * width_at_one_point(printable(text), bold)

    def wrap(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """``text`` broken at spaces into lines at most ``width`` points wide; a longer word stays whole."""
        text = printable(text)
        if self.measure(text, size, bold=bold) <= width:
            return [text] if text else []
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, size, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = "left",
        colour: str = INK,
    ) -> None:
        """One line of text whose letters stand on ``baseline``."""
        self._add(
            Text(
                x,
                baseline,
                printable(text),
                fontproperties=font(size, bold),
                horizontalalignment=align,
                verticalalignment="baseline",
                color=colour,
            )
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        line: str = "none",
        thick: float = 1.0,
        dashes: Sequence[float] = (),
        radius: float = 0.0,
        behind: bool = False,
    ) -> None:
        """A box from its top left corner, with round corners of ``radius`` and a dashed outline if asked.

        ``behind`` puts it under everything else, for a ground whose size is known only when what stands on it is drawn.
        """
        shape: Patch = Rectangle((x, y), width, height)
        if radius:
            shape = FancyBboxPatch((x, y), width, height, boxstyle=f"round,pad=0,rounding_size={radius}")
        shape.set_facecolor(fill)
        shape.set_edgecolor(line)
        shape.set_linewidth(thick)
        shape.set_linestyle((0, tuple(dashes)) if dashes else "solid")
        self._add(shape, behind=behind)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, colour: str, thick: float = 1.0) -> None:
        """A straight line."""
        self._add(Line2D([x1, x2], [y1, y2], color=colour, linewidth=thick, solid_capstyle="butt"))

    def circle(self, x: float, y: float, radius: float, *, fill: str, line: str, thick: float = 1.0) -> None:
        """A circle around its middle."""
        self._add(Circle((x, y), radius, facecolor=fill, edgecolor=line, linewidth=thick))

    def diamond(self, x: float, y: float, radius: float, *, fill: str, line: str, thick: float = 1.0) -> None:
        """A diamond around its middle, ``radius`` to each corner."""
        corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        self._add(Polygon(corners, closed=True, facecolor=fill, edgecolor=line, linewidth=thick))

    def to_svg(self, height: float, *, title: str, description: str, language: str) -> str:
        """The sheet, cut at ``height``, as an SVG document that says what it shows.

        The document holds no date, no style element and no style attribute, so a strict content security policy does
        not blank it when it is opened on its own.
        """
        figure = Figure(
            figsize=(self.width / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH, facecolor=PAPER
        )
        self._down.clear().scale(1, -1).translate(0, height)
        for artist in self._artists:
            figure.add_artist(artist)
        page = StringIO()
        figure.savefig(page, format="svg", metadata=NO_METADATA)
        return described(without_styles(page.getvalue()), title=title, description=description, language=language)

    def _add(self, artist: Artist, *, behind: bool = False) -> None:
        artist.set_transform(self._down)
        artist.set_zorder(-1 if behind else len(self._artists))
        self._artists.append(artist)


def without_styles(svg: str) -> str:
    """``svg`` with every style turned into the attribute of the same name, which looks the same."""
    svg = re.sub(r'<style type="text/css">\*\{(.*?)\}</style>', "", svg)
    svg = svg.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)
    return re.sub(r' style="([^"]*)"', attributes_of, svg)


def attributes_of(style: re.Match[str]) -> str:
    """The attributes that say what a style attribute said."""
    pairs = (pair.partition(":") for pair in style[1].split(";") if pair.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)


def described(svg: str, *, title: str, description: str, language: str) -> str:
    """``svg`` as an image with a name and a description, for people who hear it; without a document type."""
    said = (
        f'<title id="chart-title">{html.escape(NOT_IN_XML.sub("", title))}</title>\n'
        f' <desc id="chart-description">{html.escape(NOT_IN_XML.sub("", description))}</desc>\n'
    )
    role = (
        f'<svg role="img" aria-labelledby="chart-title chart-description" lang="{html.escape(language)}"'
        f' xml:lang="{html.escape(language)}" '
    )
    start = svg.index("<svg ")
    opened = svg.index(">", start) + 1
    tag = svg[start:opened].replace("<svg ", role, 1)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tag}\n {said}{svg[opened:].lstrip()}'
