"""What today's numbers of people can and cannot show: widths, power, people still needed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.readiness import people_for_alpha, people_for_change, width_of_alpha
from surveyapp.reports.numbers import EVERYWHERE, SHOWN_FROM, Figure, Numbers, Place, Row, placed

# What the project may reach: everybody taken in charge (blueprint, indicator I2).
PLANNED = 120
SUFFICIENT = 0.70
# Small, medium and large standardized changes (Cohen 1988), and one between: what is asked of a design.
CHANGES = (0.2, 0.3, 0.5, 0.8)
GENERAL_N = (10, 30, 60, PLANNED)
GENERAL_ITEMS = (3, 4, 5, 6)
EXPECTED_ALPHA = 0.80


def readiness_rows(numbers: Numbers) -> list[Row]:
    """Per scale from what was estimated; then what any scale of this length could show (no data in it)."""
    rows: list[Row] = []
    for place in numbers.places("alpha"):
        if place.territory == EVERYWHERE and not place.subset and not place.item:
            rows += placed(replace(place, subset="readiness"), _of_alpha(numbers, place))
    for place in numbers.places("dz"):
        if place.territory == EVERYWHERE and not place.subset:
            rows += placed(replace(place, subset="readiness"), _of_change(numbers, place))
    return rows + placed(Place(version="", subset="readiness"), _in_general())


def _of_alpha(numbers: Numbers, place: Place) -> Iterator[Figure]:
    alpha, items = numbers.figures(place)["alpha"], numbers.count(place, "items")
    if alpha.value is None or alpha.n < SHOWN_FROM or items < 2 or not 0 < alpha.value < 1:
        return
    yield _plain("width_now", width_of_alpha(alpha.value, alpha.n, items), alpha.n)
    yield _plain("width_planned", width_of_alpha(alpha.value, PLANNED, items), PLANNED)
    above = alpha.value > SUFFICIENT
    needed = people_for_alpha(alpha.value, items, at_least=SUFFICIENT) if above else None
    yield _needed("people_for_alpha", needed, alpha.n)


def _of_change(numbers: Numbers, place: Place) -> Iterator[Figure]:
    dz = numbers.figures(place)["dz"]
    if dz.value is None:
        return
    needed = people_for_change(round(dz.value, 6))
    yield _needed("pairs_for_change", needed, dz.n)
    more = None if needed is None else max(0, needed - dz.n)
    yield _needed("pairs_still_needed", more, dz.n)


def _in_general() -> Iterator[Figure]:
    for dz in CHANGES:
        yield _plain(f"pairs_for_dz_{dz}", people_for_change(dz), 0)
    for items in GENERAL_ITEMS:
        for n in GENERAL_N:
            width = width_of_alpha(EXPECTED_ALPHA, n, items)
            yield _plain(f"width_{items}_items_{n}_people", width, 0)


def _plain(statistic: str, value: float | None, n: int) -> Figure:
    return Figure(statistic, value, n, estimator="planning")


def _needed(statistic: str, value: int | None, n: int) -> Figure:
    reason = "" if value is not None else "nessun numero di persone basterebbe"
    return Figure(statistic, value, n, estimator="planning", reason=reason)


# What a design must reach, in words that name the measure.
SIZES: Mapping[float, str] = {
    0.2: "piccolo",
    0.3: "fra piccolo e medio",
    0.5: "medio",
    0.8: "grande",
}
