"""Drawing a chart that nobody has drawn, ours and pyplot's in turn: `python -m bench.drawing` prints the rounds.

A process of its own, because the server is to show that it never needs matplotlib.
"""

import gc
import json
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from bench.measuring import ROUNDS
from charts.theme_profile import Legend, ThemeProfile, ThemeRow, Zone, theme_profile

TIMES = 6
GROUPS = (
    ("condition", "Conditions: they count towards being ready"),
    ("start", "Starting points: they guide support only"),
)
THEMES = (
    ("Leadership and purpose", "condition"),
    ("Time, people and fit", "condition"),
    ("Staff readiness and learning", "condition"),
    ("Caring for the adults", "condition"),
    ("Evidence and improvement", "condition"),
    ("Relationships and behaviour", "start"),
    ("A safe base", "start"),
    ("Children, families and partners", "start"),
)
BANDS = ("Laying foundations", "Getting ready", "Ready", "A strength")
TIERS = ("Intensive", "Targeted", "Universal")


def profiles() -> list[ThemeProfile]:
    """One school's result after another, no two alike: what is memorised of one picture seldom serves the next."""
    return [_profile(number) for number in range((ROUNDS + 1) * TIMES)]


def _profile(number: int) -> ThemeProfile:
    rows = tuple(_row(title, group, number * len(THEMES) + place) for place, (title, group) in enumerate(THEMES))
    return ThemeProfile(
        title="Your themes, and the support that goes with them",
        summary="Eight themes.",
        rows=rows,
        groups=GROUPS,
        zones=(
            Zone(TIERS[0], 1, Fraction(7, 4)),
            Zone(TIERS[1], Fraction(7, 4), Fraction(5, 2)),
            Zone(TIERS[2], Fraction(5, 2), 4),
        ),
        legend=Legend("Essential met", "Essential not met yet", "Not enough information yet"),
        ticks=((1, "Not yet"), (2, "Getting started"), (3, "In place"), (4, "Part of how we work")),
    )


def _row(title: str, group: str, number: int) -> ThemeRow:
    score = 1 + Fraction(number * 37 % 301, 100)
    row = ThemeRow(
        title=title,
        group=group,
        score=score,
        score_text=f"{float(score):.1f}",
        band=BANDS[min(3, int(score))],
        tier=TIERS[number % 3],
        essentials_met=number % 3 if group == "condition" else 0,
        essentials_unmet=number % 2 if group == "condition" else 0,
        note="One essential is not met yet." if number % 5 == 0 else "",
    )
    return replace(row, score=None, score_text="", band="") if number % 11 == 0 else row


def seconds(draw: Callable[[ThemeProfile], str], profile: ThemeProfile) -> float:
    """The CPU time of one drawing."""
    gc.collect()
    before = time.process_time()
    assert "<svg" in draw(profile)
    return time.process_time() - before


def main() -> None:
    """Draw in turn; the first round does not count: it imports matplotlib and reads the fonts."""
    from bench.pyplot_profile import draw

    found, every = [], iter(profiles())
    for _round in range(ROUNDS + 1):
        here = [next(every) for _time in range(TIMES)]
        pairs = [(seconds(theme_profile, one), seconds(draw, one)) for one in here]
        found.append([sum(ours for ours, _theirs in pairs) / TIMES, sum(theirs for _ours, theirs in pairs) / TIMES])
    print(json.dumps(found[1:]))


if __name__ == "__main__":
    main()
