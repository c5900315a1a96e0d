"""The arithmetic and the table. Pure: nothing is measured here."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

ROUNDS: Final = 5
HEAD: Final = ("What", "Beside", "Ours, ms", "Theirs, ms", "Ratio", "Rounds", "Bound", "")
RIGHT: Final = frozenset({"Ours, ms", "Theirs, ms", "Ratio", "Queries"})


@dataclass(frozen=True)
class Round:
    """CPU seconds for one of ours and one of theirs, measured in turn within one round."""

    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times theirs ours is."""
        return self.ours / self.theirs


@dataclass(frozen=True)
class Line:
    """One line of the table: what is compared, what was measured, and what was promised (None: nothing was)."""

    what: str
    beside: str
    rounds: Sequence[Round]
    bound: float | None = None

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(one.ratio for one in self.rounds)

    @property
    def verdict(self) -> str:
        """Whether the promise is kept."""
        if self.bound is None:
            return ""
        return "met" if self.ratio <= self.bound else "missed"

    @property
    def is_missed_in_every_round(self) -> bool:
        """Whether the promise was missed each time, so that the machine's other work does not explain it."""
        return self.bound is not None and all(one.ratio > self.bound for one in self.rounds)

    @property
    def cells(self) -> tuple[str, ...]:
        """The line in words, in the order of `HEAD`."""
        ratios = sorted(one.ratio for one in self.rounds)
        return (
            self.what,
            self.beside,
            milliseconds(one.ours for one in self.rounds),
            milliseconds(one.theirs for one in self.rounds),
            f"{self.ratio:.2f}",
            f"{ratios[0]:.2f} to {ratios[-1]:.2f}",
            "" if self.bound is None else f"at most {self.bound:.2f}",
            self.verdict,
        )


def milliseconds(seconds: Iterable[float]) -> str:
    """The median of some seconds, as milliseconds to three figures."""
    found = statistics.median(seconds) * 1000
    return f"{found:.0f}" if found >= 100 else f"{found:.1f}" if found >= 10 else f"{found:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up in a terminal."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    rule = [f"{'-' * (width - 1)}:" if name in RIGHT else "-" * width for name, width in zip(head, widths, strict=True)]
    return "\n".join(
        "| "
        + " | ".join(
            cell.rjust(width) if name in RIGHT else cell.ljust(width)
            for cell, width, name in zip(row, widths, head, strict=True)
        )
        + " |"
        for row in (head, rule, *rows)
    )


def kept_in(page: str, begin: str, end: str, measured: str) -> str:
    """`page` with what stands between its two marks replaced by what was measured. Raises ValueError without them."""
    before, _mark, rest = page.partition(begin)
    _old, mark, after = rest.partition(end)
    if not mark:
        raise ValueError(f"The page has no “{begin}” followed by “{end}”.")
    return f"{before}{begin}\n{measured}\n{end}{after}"
