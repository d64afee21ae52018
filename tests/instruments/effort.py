"""How much work something is, counted in calls of functions: the same on every machine, busy or not."""

import sys
from collections.abc import Callable
from types import FrameType


def calls_of(work: Callable[[], object], most: int) -> int:
    """The calls of functions, Python's and built in, that `work` makes.

    Raises AssertionError at the first beyond `most`, so that what would never end does.
    """
    count = 0

    def noted(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")
        if count > most:
            sys.setprofile(None)
            raise AssertionError(f"more than {most} calls")

    before = sys.getprofile()
    sys.setprofile(noted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
