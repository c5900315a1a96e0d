"""What has been drawn or worked out before, kept in this process under everything that it depends on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Drawn(Generic[T]):
    """At most `most` things by key; the one that has not been asked for longest goes first.

    A key holds all that the thing depends on, so nothing is ever out of date and nothing has to be thrown away.
    Texts that people typed belong in a key only as a digest.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, draw: Callable[[], T]) -> T:
        """What is kept under this key; drawn now, where there is nothing. Two threads may both draw: alike."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        thing = draw()
        with self._lock:
            self._kept[key] = thing
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return thing
