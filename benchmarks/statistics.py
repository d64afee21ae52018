"""Our statistics beside those of pingouin, statsmodels and scikit-learn, on the same data, in turns.

    python -m benchmarks.statistics [--rounds 7]

The frames are made with a seed: a latent trait, five categories, some answers missing. At the end
`benchmarks.million` shows time and memory up to a million people.
"""

import argparse
import statistics
import subprocess
import sys
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
from benchmarks.made import frame, occasions, seconds


@dataclass(frozen=True)
class Task:
    """One thing both can do, or only we do (`theirs` is None), and the milliseconds it may take."""

    name: str
    ours: Callable[[], object]
    theirs: Callable[[], object] | None = None
    program: str = "pingouin"
    budget: float | None = None


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
            budget=6,
        ),
        Task(
            "alpha, bootstrap of 1000, 120 x 20",
            lambda: cronbach_alpha(small, interval="bootstrap"),
            lambda: _pingouin_bootstrap(small),
            budget=20,
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


def main() -> None:
    """Time every task in turns, print the table, and then that of growing numbers of people."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for task in tasks():
        ours, theirs = [], []
        for _ in range(options.rounds if "bootstrap" not in task.name else 3):
            ours.append(seconds(task.ours))
            if task.theirs:
                theirs.append(seconds(task.theirs))
        print(_line(task, statistics.median(ours), statistics.median(theirs) if theirs else None))
    subprocess.run([sys.executable, "-m", "benchmarks.million"], check=True)


def _line(task: Task, ours: float, theirs: float | None) -> str:
    beside = f"{task.program:12} {theirs * 1000:8.2f} ms   ratio {ours / theirs:.3f}" if theirs else ""
    budget = f"   (at most {task.budget} ms)" if task.budget else ""
    return f"{task.name:42} ours {ours * 1000:8.2f} ms   {beside}{budget}"


if __name__ == "__main__":
    main()
