"""Our statistics beside those of pingouin, statsmodels and scikit-learn, on the same data, in turns.

    python -m benchmarks.statistics [--rounds 7] [--million]

The frames are made with a seed: a latent trait, five categories, some answers missing. `--million`
computes alpha, item statistics and change of a million people once, with the memory they took.
"""

import argparse
import resource
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pingouin
from sklearn.decomposition import FactorAnalysis
from statsmodels.stats import inter_rater, multitest

from analysis.agreement import krippendorff_alpha, weighted_kappa
from analysis.change import paired_change, reliable_change
from analysis.disclosure import suppress_with_totals
from analysis.groups import compare_groups
from analysis.hierarchical import omega_hierarchical
from analysis.items import item_statistics
from analysis.measurement import bland_altman, measurement_error
from analysis.multiple import holm
from analysis.readiness import people_for_share, still_needed
from analysis.reliability import cronbach_alpha, icc, omega_total


@dataclass(frozen=True)
class Task:
    """One thing both can do, or only we do (`theirs` is None)."""

    name: str
    ours: Callable[[], object]
    theirs: Callable[[], object] | None = None
    program: str = "pingouin"


def frame(people: int, items: int, missing: float, seed: int = 1) -> pd.DataFrame:
    """Answers 1-5 of people with one trait."""
    chance = np.random.default_rng(seed)
    trait = chance.normal(size=(people, 1))
    answers = np.clip(np.round(3 + 0.8 * trait + chance.normal(scale=0.9, size=(people, items))), 1, 5)
    answers[chance.random(answers.shape) < missing] = np.nan
    return pd.DataFrame(answers, columns=[f"i{number}" for number in range(items)])


def tasks() -> list[Task]:
    """What is timed."""
    return [*_scales(), *_changes(), *_raters(), *_others()]


def _scales() -> list[Task]:
    small, large = frame(120, 20, 0), frame(2800, 25, 0.03)
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
        Task("item statistics, 2800 x 25", lambda: item_statistics(large, 1, 5)),
        Task("omega, 120 x 20", lambda: omega_total(small), lambda: _one_factor(small), "scikit-learn"),
        Task("omega_h, 4 factors, 120 x 20", lambda: omega_hierarchical(small, 4)),
        Task("validation of 10 scales of 6, n 120", lambda: [_validation(seed) for seed in range(10)]),
    ]


def _validation(seed: int) -> object:
    """What a report says of one scale."""
    items = frame(120, 6, 0.03, seed)
    return (item_statistics(items, 1, 5), cronbach_alpha(items), omega_total(items))


def _changes() -> list[Task]:
    before, after = occasions(120)
    return [
        Task(
            "paired change, 120",
            lambda: paired_change(before, after),
            lambda: (pingouin.ttest(after, before, paired=True), pingouin.wilcoxon(after, before)),
        ),
        Task("reliable change, 120", lambda: reliable_change(before, after, 0.8)),
        Task("limits of agreement, 120", lambda: bland_altman(before, after)),
        Task(
            "two groups, 60 + 60",
            lambda: compare_groups(before[:60], after[60:]),
            lambda: (pingouin.ttest(before[:60], after[60:]), pingouin.mwu(before[:60], after[60:])),
        ),
    ]


def _raters() -> list[Task]:
    ratings = frame(200, 2, 0)
    first, second = ratings["i0"], ratings["i1"]
    long = ratings.reset_index().melt(id_vars="index", var_name="rater", value_name="rating")
    table = pd.crosstab(first, second).to_numpy()
    return [
        Task(
            "ICC, 200 x 2",
            lambda: icc(ratings),
            lambda: pingouin.intraclass_corr(long, targets="index", raters="rater", ratings="rating"),
        ),
        Task("SEM, SDC, 200 x 2", lambda: measurement_error(ratings)),
        Task(
            "weighted kappa, 200",
            lambda: weighted_kappa(first, second, [1, 2, 3, 4, 5]),
            lambda: inter_rater.cohens_kappa(table, wt="fc"),
            "statsmodels",
        ),
        Task("Krippendorff, bootstrap of 1000, 200 x 2", lambda: krippendorff_alpha(ratings)),
    ]


def _others() -> list[Task]:
    family = {str(place): place / 40 for place in range(20)}
    counts = pd.DataFrame(np.random.default_rng(1).integers(0, 30, (12, 6)))
    return [
        Task(
            "Holm, 20 tests",
            lambda: holm(family),
            lambda: multitest.multipletests(list(family.values()), method="holm"),
            "statsmodels",
        ),
        Task("small cells, 12 x 6", lambda: suppress_with_totals(counts)),
        Task("still needed", lambda: still_needed(50, 70, 120, 0.7)),
        Task("people for a share", lambda: people_for_share(0.8, 0.7)),
    ]


def occasions(people: int) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Scores of the same people before and after."""
    before = frame(people, 5, 0).mean(axis=1)
    after = before.sample(frac=1, random_state=1).set_axis(before.index)
    return before, after


def _one_factor(items: pd.DataFrame) -> object:
    """What scikit-learn needs to find the same loadings."""
    return FactorAnalysis(tol=1e-8, max_iter=10_000).fit(items)


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
    parser.add_argument("--million", action="store_true")
    options = parser.parse_args()
    if options.million:
        _million()
        return
    for task in tasks():
        ours, theirs = [], []
        for _ in range(options.rounds if "bootstrap" not in task.name else 3):
            ours.append(seconds(task.ours))
            if task.theirs:
                theirs.append(seconds(task.theirs))
        print(_line(task, statistics.median(ours), statistics.median(theirs) if theirs else None))


def _line(task: Task, ours: float, theirs: float | None) -> str:
    beside = f"{task.program:12} {theirs * 1000:8.2f} ms   ratio {ours / theirs:.3f}" if theirs else ""
    return f"{task.name:42} ours {ours * 1000:8.2f} ms   {beside}"


def _million() -> None:
    """One run each, and the most memory that the process ever held."""
    people = 1_000_000
    items, (before, after) = frame(people, 25, 0.03), occasions(people)
    print(f"data made: {_gigabytes():.2f} GB at most")
    work: dict[str, Callable[[], object]] = {
        "alpha, 1,000,000 x 25": lambda: cronbach_alpha(items),
        "item statistics, 1,000,000 x 25": lambda: item_statistics(items, 1, 5),
        "paired change, 1,000,000": lambda: paired_change(before, after),
    }
    for name, run in work.items():
        started = time.perf_counter()
        run()
        print(f"{name:42} {time.perf_counter() - started:6.2f} s   {_gigabytes():.2f} GB at most")


def _gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


if __name__ == "__main__":
    main()
