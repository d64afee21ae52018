"""Time and memory of the statistics as people grow from ten thousand to a million, from answers in memory.

    python -m benchmarks.million

Every size has a process of its own, so that the most memory it ever held is its own. `python -m
benchmarks.million PEOPLE` is such a process. Scores are means of the answers given, before and after; "no two
alike" are changes that all differ, the most work there can be.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.change import paired_change
from analysis.items import item_statistics
from analysis.reliability import cronbach_alpha
from benchmarks.made import frame, seconds

SIZES = (10_000, 100_000, 1_000_000)
ITEMS, MISSING = 25, 0.05
SECONDS, GIGABYTES = 30, 2
"""What all of it together may take at a million, frame and program included."""


@dataclass(frozen=True)
class Size:
    """What one process measured: seconds of each work, gigabytes at most before and after it all."""

    people: int
    took: Mapping[str, float]
    made: float
    most: float


def measured(people: int) -> Size:
    """Time everything on so many people, after a first run that nobody times: it loads and prepares."""
    items = frame(people, ITEMS, MISSING)
    before, after = _scores(items)
    unlike = after + np.random.default_rng(2).normal(size=people)
    made = _gigabytes()
    work: dict[str, Callable[[], object]] = {
        "alpha": lambda: cronbach_alpha(items),
        "item statistics": lambda: item_statistics(items, 1, 5),
        "paired change": lambda: paired_change(before, after),
        "no two alike": lambda: paired_change(before, unlike),
    }
    for run in work.values():
        run()
    return Size(people, {name: seconds(run) for name, run in work.items()}, made, _gigabytes())


def main() -> None:
    """Measure each size and print how time goes with people."""
    sizes = [_in_its_own_process(people) for people in SIZES]
    for name in sizes[0].took:
        times = ", ".join(_line(size, size.took[name]) for size in sizes)
        print(f"{name:18} {times}; {_growth(sizes, name)}")
    for size in sizes:
        print(
            f"{size.people:>9,} x {ITEMS}: {sum(size.took.values()):.2f} s in all,"
            f" {size.most:.2f} GB at most ({size.made:.2f} GB when the answers were made)"
        )
    largest = sizes[-1]
    kept = sum(largest.took.values()) <= SECONDS and largest.most <= GIGABYTES
    print(f"budget of {SECONDS} s and {GIGABYTES} GB at {largest.people:,}: {'kept' if kept else 'NOT KEPT'}")


def _scores(items: pd.DataFrame) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    before = items.mean(axis=1)
    return before, before.sample(frac=1, random_state=1).set_axis(before.index) + 0.1


def _in_its_own_process(people: int) -> Size:
    command = [sys.executable, "-m", "benchmarks.million", str(people)]
    return Size(**json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def _line(size: Size, took: float) -> str:
    return f"{size.people:,}: {took:.4f} s"


def _growth(sizes: list[Size], name: str) -> str:
    """How much longer a person takes in each size than in the one before."""
    a_person = [size.took[name] / size.people for size in sizes]
    ratios = (f"{more / less:.2f}" for less, more in pairwise(a_person))
    return f"time a person, against ten times fewer: {', '.join(ratios)}"


def _gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(vars(measured(int(sys.argv[1])))))
    else:
        main()
