"""For whom a report is, and what of its numbers may leave the team (R22).

The team sees everything that it may. Partners see totals of the project: of the counts that a report says
how to add up (`Numbers.sums`) those that give no small group away, and of the other numbers those that rest
on such counts alone. Everything else is left out: what is not known to be harmless is not published.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from analysis.disclosure import MINIMUM, publishable_share
from analysis.linked import publishable
from surveyapp.reports.numbers import COUNT, EVERYWHERE, OF_THINGS, Figure, Numbers, Place, Row
from surveyapp.reports.results_json import FORMAT
from surveyapp.study.errors import RefusedError

Audience = Literal["internal", "partner"]
INTERNAL: Audience = "internal"
PARTNER: Audience = "partner"

# A count by where it stands and what it counts.
Key = tuple[Place, str]
Release = Mapping[Key, int]

HIDDEN = f"non pubblicato: riguarda (o lascerebbe calcolare) meno di {MINIMUM} persone o enti"

_SHARE = ("successes", "n")
# The counts at its own place that a number rests on, where they are there: without them it is not published.
RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "share": _SHARE,
    "reached": _SHARE,
    "verdict": _SHARE,
    "p_exact": _SHARE,
    "p_contrary": _SHARE,
    "worst": (*_SHARE, "unknown"),
    "best": (*_SHARE, "unknown"),
    "share_by_chance": (*_SHARE, "worsened"),
    "share_declared": ("declared", "concluded"),
    "mean": ("n",),
    "p_t": ("n",),
    "p_wilcoxon": ("n",),
    "mean_if_missing_1": ("n", "missing"),
    "mean_if_missing_10": ("n", "missing"),
    "mean_before": ("n",),
    "mean_after": ("n",),
    "sem": ("n",),
    "mdc95": ("n",),
}
# That nobody is missing says nothing of anybody: it is not shown, and nothing is hidden to protect it.
HARMLESS_ZEROS = frozenset({"unknown", "missing"})
# A mean at an end of its scale tells what everybody answered.
ENDS: Mapping[str, tuple[float, float]] = {
    "mean": (1.0, 10.0),
    "mean_before": (0.0, 100.0),
    "mean_after": (0.0, 100.0),
}


def public(numbers: Numbers, previous: Release | None = None) -> Numbers:
    """The numbers for partners and for everybody: whole project, no group below 5, nothing to be worked out.

    `previous` is the last release (see `read_release`): counts that moved by fewer than 5 people since then
    stay hidden. A hidden number keeps its row, without value, n, interval and label. Raises ValueError where
    a report adds up the counts of a territory, which never leave the team.
    """
    named = {key for one in numbers.sums for key in (one.total, *one.parts)}
    if any(place.territory != EVERYWHERE for place, _ in named):
        raise ValueError("only totals of the whole project may be published.")
    counts = {
        key: int(row.figure.value)
        for row in numbers.rows
        if (key := (row.place, row.figure.statistic)) in named and row.figure.value is not None
    }
    harmless = [key for key in counts if key[1] in HARMLESS_ZEROS]
    earlier = _earlier(counts, previous or {})
    found = publishable(counts, numbers.sums, previous=earlier, harmless=harmless)
    shown = [key for key in found if counts[key]]
    rows = (_seen(row, numbers, counts, shown) for row in numbers.rows)
    return Numbers(tuple(row for row in rows if row), numbers.sums)


def read_release(path: Path) -> Release:
    """The counts of a results.json, by place and statistic; raises RefusedError where it is none, OSError."""
    try:
        written = json.loads(path.read_bytes())
        if written["format"] != FORMAT:
            raise KeyError(FORMAT)
        return {
            (Place(**{"version": "", **one["about"]}), one["statistic"]): int(one["value"])
            for one in written["results"]
            if one["estimator"] == COUNT and one["value"] is not None
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(
            f"«{path}» non è il results.json di un rapporto: indica quello dell'ultimo rapporto per i partner"
        ) from error


def _earlier(counts: Release, previous: Release) -> Release:
    """What the last release said of the same counts, also where another version of an instrument has come."""
    of_any_version: dict[Key, list[int]] = {}
    for (place, statistic), value in previous.items():
        of_any_version.setdefault((replace(place, version=""), statistic), []).append(value)
    found = {}
    for place, statistic in counts:
        others = of_any_version.get((replace(place, version=""), statistic), [])
        if (place, statistic) in previous:
            found[place, statistic] = previous[place, statistic]
        elif len(others) == 1:
            found[place, statistic] = others[0]
    return found


def _seen(row: Row, numbers: Numbers, counts: Release, shown: Collection[object]) -> Row | None:
    """The row as partners see it; None for one that is not theirs."""
    figure = row.figure
    if figure.estimator == OF_THINGS:
        return row
    if (row.place, figure.statistic) in counts:
        there = (row.place, figure.statistic) in shown
        return replace(row, figure=_count(figure) if there else _hidden(figure))
    beside = numbers.figures(row.place)
    rests = [(row.place, name) for name in RESTS_ON.get(figure.statistic, ()) if name in beside]
    if not rests or not counts.keys() >= set(rests):
        return None
    seen = set(rests) <= set(shown) and not _tells_all(figure, beside)
    return row if seen else replace(row, figure=_hidden(figure))


def _tells_all(figure: Figure, beside: Mapping[str, Figure]) -> bool:
    """Whether a number tells what everybody did: a share of nobody or of all, a mean at the scale's end."""
    if figure.value in ENDS.get(figure.statistic, ()):
        return True
    if RESTS_ON[figure.statistic] != _SHARE or "successes" not in beside:
        return False
    return publishable_share(int(beside["successes"].value or 0), int(beside["n"].value or 0)) is None


def _count(figure: Figure) -> Figure:
    """The count alone: what it is a part of stands in a row of its own, or is hidden."""
    value = int(figure.value or 0)
    return Figure(figure.statistic, value, value)


def _hidden(figure: Figure) -> Figure:
    return Figure(figure.statistic, None, 0, estimator=figure.estimator, reason=HIDDEN)
