"""The theme profile as somebody would draw it with pyplot: axes for each group, bars, texts, and `tight_layout`.

It shows what `charts.theme_profile` shows: the same title, marks, panels, columns, bars, dots, words and scale.
"""

import textwrap
from io import StringIO

import matplotlib.pyplot as plt

from charts.style import BAR, BODY, HEADING, INK, LINE, NAME, PAPER, SMALL, TITLE, ZONES
from charts.theme_profile import ThemeProfile, ThemeRow

WIDE, TALL_EACH = 340 / 72, 96 / 72  # inches: the sheet, and one theme on it
BOX = {"boxstyle": "round", "facecolor": PAPER, "edgecolor": INK}


def draw(profile: ThemeProfile) -> str:
    """The picture as an SVG document."""
    groups = [(heading, profile.rows_of(key)) for key, heading in profile.groups]
    heights = [len(rows) for _heading, rows in groups]
    figure, all_axes = plt.subplots(
        len(groups), figsize=(WIDE, TALL_EACH * (sum(heights) + 2)), height_ratios=heights, squeeze=False
    )
    for axes, (heading, rows) in zip(all_axes[:, 0], groups, strict=True):
        _panel(axes, profile, heading, rows)
    figure.suptitle(textwrap.fill(profile.title, 30), fontsize=TITLE, fontweight="bold")
    met, unmet = profile.legend.essential_met, profile.legend.essential_unmet
    marks = [
        plt.Line2D([], [], marker=one, color=INK, linestyle="", label=label)
        for one, label in (("o", met), ("D", unmet))
    ]
    figure.legend(handles=marks, loc="upper left", bbox_to_anchor=(0, 0.96), fontsize=BODY, frameon=False)
    figure.tight_layout(rect=(0, 0, 1, 0.92))
    page = StringIO()
    figure.savefig(page, format="svg")
    plt.close(figure)
    return page.getvalue()


def _panel(axes, profile: ThemeProfile, heading: str, rows: tuple[ThemeRow, ...]) -> None:
    axes.set_title(textwrap.fill(heading, 38), fontsize=HEADING, fontweight="bold", loc="left")
    low, high = float(profile.low), float(profile.high)
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.4, -0.9)
    axes.set_yticks([])
    ticks = [f"{float(value):g}\n{textwrap.fill(name, 10)}" for value, name in profile.ticks]
    axes.set_xticks([float(value) for value, _name in profile.ticks], ticks, fontsize=SMALL)
    for zone, ground in zip(profile.zones, ZONES[-len(profile.zones) :], strict=True):
        axes.axvspan(float(zone.low), float(zone.high), color=ground)
        middle = (float(zone.low) + float(zone.high)) / 2
        axes.text(middle, -0.75, zone.label, fontsize=SMALL, fontweight="bold", ha="center")
    for place, row in enumerate(rows):
        _theme(axes, profile, place, row)


def _theme(axes, profile: ThemeProfile, place: int, row: ThemeRow) -> None:
    low, high = float(profile.low), float(profile.high)
    axes.text(low, place - 0.3, textwrap.fill(row.title, 34), fontsize=NAME, fontweight="bold")
    axes.hlines(place - 0.1, low, high, color=LINE)
    for zone in profile.zones[1:]:
        axes.vlines(float(zone.low), place - 0.2, place, color=LINE)
    if row.score is None:
        words = profile.legend.not_enough_information
        axes.text((low + high) / 2, place - 0.1, words, fontsize=BODY, ha="center", va="center", bbox=BOX)
    else:
        score = float(row.score)
        axes.barh(place - 0.1, score - low, left=low, height=0.12, color=BAR)
        axes.scatter([score], [place - 0.1], s=150, color=PAPER, edgecolors=BAR, linewidths=4, zorder=3)
        axes.text(score, place - 0.1, f"  {row.score_text}", fontsize=BODY, fontweight="bold", va="center", bbox=BOX)
    axes.text(low, place + 0.25, row.band, fontsize=BODY)
    axes.text(high, place + 0.25, row.tier, fontsize=BODY, fontweight="bold", ha="right", bbox=BOX)
    if row.note:
        axes.text(low, place + 0.45, textwrap.fill(row.note, 42), fontsize=SMALL)
    marks = ["o"] * row.essentials_met + ["D"] * row.essentials_unmet
    for number, mark in enumerate(reversed(marks)):
        axes.plot(high - 0.1 - 0.17 * number, place - 0.37, marker=mark, color=INK)
