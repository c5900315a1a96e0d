import os
import time

from bench.measuring import ROUNDS
from bench.meter import WARM, Meter, Side, rounds


class Clock:
    """A meter whose time passes only when somebody works."""

    def __init__(self):
        self.seconds = 0.0

    def now(self):
        return self.seconds


def test_the_clock_of_a_process_is_its_cpu_time():
    meter = Meter([os.getpid()])
    assert abs(meter.clocks[0]) > 0
    before = time.process_time()
    read = time.clock_gettime(meter.clocks[0])
    assert before <= read <= time.process_time()


def test_only_what_is_counted_is_counted():
    clock = Clock()
    side = Side(clock)
    for _time in range(2):
        clock.seconds += 5
        with side.counted():
            clock.seconds += 3

    assert (side.times, side.each) == (2, 3)


def test_the_sides_take_turns_and_the_first_ones_do_not_count():
    clock, order = Clock(), []

    def works(name, seconds):
        def work(side):
            order.append(name)
            with side.counted():
                clock.seconds += seconds if len(order) > 2 * WARM else 100

        return work

    found = rounds(works("ours", 1), works("theirs", 4), clock, times=3)

    assert order == ["ours", "theirs"] * (WARM + 3 * ROUNDS)
    assert [one.ratio for one in found] == [0.25] * ROUNDS
