"""Our statistics beside pingouin's, on the same data, in turns: milliseconds and ratio.

    python -m benchmarks.statistics [--rounds 7]

The frames are made with a seed: a latent trait, five categories, some answers missing.
"""

import argparse
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pingouin

from analysis.change import paired_change
from analysis.items import item_statistics
from analysis.reliability import cronbach_alpha


@dataclass(frozen=True)
class Task:
    """One thing both can do, or only we do (`theirs` is None)."""

    name: str
    ours: Callable[[], object]
    theirs: Callable[[], object] | None


def frame(people: int, items: int, missing: float) -> pd.DataFrame:
    """Answers 1-5 of people with one trait."""
    chance = np.random.default_rng(1)
    trait = chance.normal(size=(people, 1))
    answers = np.clip(np.round(3 + 0.8 * trait + chance.normal(scale=0.9, size=(people, items))), 1, 5)
    answers[chance.random(answers.shape) < missing] = np.nan
    return pd.DataFrame(answers, columns=[f"i{number}" for number in range(items)])


def tasks() -> list[Task]:
    """What is timed."""
    small, large = frame(120, 20, 0), frame(2800, 25, 0.03)
    before, after = (
        frame(120, 5, 0).mean(axis=1),
        frame(120, 5, 0).mean(axis=1).sample(frac=1, random_state=1),
    )
    after.index = before.index
    return [
        Task("alpha, 120 x 20", lambda: cronbach_alpha(small), lambda: pingouin.cronbach_alpha(data=small)),
        Task(
            "alpha, 2800 x 25, 3 % missing",
            lambda: cronbach_alpha(large),
            lambda: pingouin.cronbach_alpha(data=large, nan_policy="pairwise"),
        ),
        Task(
            "alpha, bootstrap of 1000, 120 x 20",
            lambda: cronbach_alpha(small, interval="bootstrap"),
            lambda: _pingouin_bootstrap(small),
        ),
        Task(
            "paired change, 120",
            lambda: paired_change(before, after),
            lambda: (pingouin.ttest(after, before, paired=True), pingouin.wilcoxon(after, before)),
        ),
        Task("item statistics, 2800 x 25", lambda: item_statistics(large, 1, 5), None),
    ]


def _pingouin_bootstrap(items: pd.DataFrame) -> list[float]:
    """What a user of pingouin would write: a loop over resampled people."""
    chance = np.random.default_rng(0)
    people = len(items)
    return [
        pingouin.cronbach_alpha(data=items.iloc[chance.integers(0, people, people)].reset_index(drop=True))[0]
        for _ in range(1000)
    ]


def seconds(work: Callable[[], object]) -> float:
    """One run; short work is repeated until it fills 20 ms."""
    started, runs = time.perf_counter(), 0
    while not runs or time.perf_counter() - started < 0.02:
        work()
        runs += 1
    return (time.perf_counter() - started) / runs


def main() -> None:
    """Time every task in turns and print the table."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    for task in tasks():
        ours, theirs = [], []
        for _ in range(rounds if "bootstrap" not in task.name else 3):
            ours.append(seconds(task.ours))
            if task.theirs:
                theirs.append(seconds(task.theirs))
        print(_line(task.name, statistics.median(ours), statistics.median(theirs) if theirs else None))


def _line(name: str, ours: float, theirs: float | None) -> str:
    beside = f"pingouin {theirs * 1000:9.2f} ms   ratio {ours / theirs:.3f}" if theirs else ""
    return f"{name:36} ours {ours * 1000:8.2f} ms   {beside}"


if __name__ == "__main__":
    main()
