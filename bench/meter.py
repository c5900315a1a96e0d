"""CPU time of other processes, and of the two sides of a comparison in turn."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.measuring import ROUNDS, Round

WARM = 4  # each theme is saved with each of its four levels: what a process keeps has been made by then
SETTLED = 0.002  # seconds between two looks at a clock that must agree: the answer was logged, its connection closed


class Meter:
    """The CPU time, user and system, that some processes have used since they began.

    Linux keeps a clock of it for every process, in nanoseconds; `/proc/<pid>/stat` counts the same in hundredths of a
    second, which would be as much as a whole request.
    """

    def __init__(self, pids: list[int]) -> None:
        self.clocks = [~pid << 3 | 2 for pid in pids]  # clock_getcpuclockid(3), which Python does not offer

    def now(self) -> float:
        """Seconds so far, once the processes have nothing left to do."""
        seen = -1.0
        while (seconds := sum(map(time.clock_gettime, self.clocks))) - seen > 0.00005:
            seen = seconds
            time.sleep(SETTLED)
        return seconds


class Side:
    """One side of a comparison: `counted` adds what the processes use inside the block."""

    def __init__(self, meter: Meter) -> None:
        self.meter, self.seconds, self.times = meter, 0.0, 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count this block as one."""
        before = self.meter.now()
        yield
        self.seconds += self.meter.now() - before
        self.times += 1

    @property
    def each(self) -> float:
        """Seconds for one."""
        return self.seconds / self.times


Work = Callable[[Side], None]
"""Does its work once, or a few times, and counts what belongs to it."""


def rounds(ours: Work, theirs: Work, meter: Meter, *, times: int) -> list[Round]:
    """Both sides in turn, A B A B, `times` in each of five rounds, after four of each that do not count."""
    for _time in range(WARM):
        for work in (ours, theirs):
            work(Side(meter))
    found = []
    for _round in range(ROUNDS):
        one, other = Side(meter), Side(meter)
        for _time in range(times):
            ours(one)
            theirs(other)
        found.append(Round(one.each, other.each))
    return found


def children(pid: int) -> dict[int, str]:
    """The processes that this one has started, with their command lines."""
    found = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid=,args="], capture_output=True, text=True, check=True)
    lines = (line.strip().partition(" ") for line in found.stdout.splitlines())
    return {int(child): words for child, _space, words in lines}
