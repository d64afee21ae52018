"""Indicator I15 among the others: its numbers are those of reports.improvement; here is how they add up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.linked import Sum
from surveyapp.reports.improvement import AT, DECLARING, EVERYBODY, INDICATOR
from surveyapp.reports.numbers import Place, Row


def declared_places(rows: Sequence[Row]) -> list[Place]:
    """Where the indicator was computed over everybody, one place a version."""
    return [
        row.place
        for row in rows
        if row.figure.statistic == "concluded"
        and row.place == Place(row.place.version, INDICATOR, occasion=AT)
    ]


def declared_sums(place: Place) -> Iterator[Sum]:
    """How the counts of a version add up over the whole project."""
    everybody, declaring = (replace(place, subset=subset) for subset in (EVERYBODY, DECLARING))
    concluded, answered = (place, "concluded"), (place, "answered")
    yield Sum(concluded, ((everybody, "n"), (everybody, "missing")), whole=True)
    yield Sum(concluded, ((declaring, "n"), (declaring, "missing")))
    yield Sum(concluded, ((place, "declared"), (place, "unknown")))
    yield Sum(concluded, (answered,))
    yield Sum(answered, ((everybody, "n"),))
    yield Sum(answered, ((place, "declared"),))
    yield Sum(answered, ((place, "worsened"),))
    yield Sum((everybody, "n"), ((declaring, "n"),))
    yield Sum((place, "declared"), ((declaring, "n"),))
