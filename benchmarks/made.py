"""Answers made with a seed, and how long work on them takes."""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

PEOPLE_AT_ONCE = 100_000


def frame(people: int, items: int, missing: float, seed: int = 1) -> pd.DataFrame:
    """Answers 1-5 of people with one trait, made some at a time: the frame is all the memory it takes."""
    chance = np.random.default_rng(seed)
    answers = np.empty((people, items))
    for start in range(0, people, PEOPLE_AT_ONCE):
        some = answers[start : start + PEOPLE_AT_ONCE]
        trait = chance.normal(size=(len(some), 1))
        some[:] = np.clip(np.round(3 + 0.8 * trait + chance.normal(scale=0.9, size=some.shape)), 1, 5)
        some[chance.random(some.shape) < missing] = np.nan
    return pd.DataFrame(answers, columns=[f"i{number}" for number in range(items)], copy=False)


def occasions(people: int) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Scores of the same people before and after."""
    before = frame(people, 5, 0).mean(axis=1)
    after = before.sample(frac=1, random_state=1).set_axis(before.index)
    return before, after


def seconds(work: Callable[[], object]) -> float:
    """One run; short work is repeated until it fills 20 ms."""
    started, runs = time.perf_counter(), 0
    while not runs or time.perf_counter() - started < 0.02:
        work()
        runs += 1
    return (time.perf_counter() - started) / runs
