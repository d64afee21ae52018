"""Who was due, who answered and who was lost on the way, per territory and occasion."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from surveyapp.reports.frames import Administration, Study
from surveyapp.reports.numbers import EVERYWHERE, Figure, Place, Row, count, placed

START = "EXANTE"
CLOSED_WITHOUT = ("refused", "withdrawn", "impossible")

Test = Callable[[Administration, date], bool]


def is_due(found: Administration, today: date) -> bool:
    """Whether its time has come: the window has begun, or it was closed before."""
    return found.state != "open" or (found.due_from is not None and found.due_from <= today)


def is_over(found: Administration, today: date) -> bool:
    """Whether no answer can come any more: closed without one, or open past the last day."""
    past = found.late_to is not None and found.late_to < today
    return found.state in CLOSED_WITHOUT or (found.state == "open" and past)


STATISTICS: Mapping[str, Test] = {
    "due": is_due,
    "submitted": lambda found, _today: found.state == "submitted",
    "open": lambda found, today: found.state == "open" and is_due(found, today),
    **{
        state: lambda found, _today, state=state: found.state == state  # type: ignore[misc]  # a default has no place for its type
        for state in CLOSED_WITHOUT
    },
    "late": lambda found, _today: found.late,
}


def coverage_rows(study: Study, today: date) -> list[Row]:
    """Counts per occasion: all territories first, then each, also those where nobody is due yet."""
    rows: list[Row] = []
    for occasion in study.instrument.occasions:
        asked = [found for found in study.administrations if found.occasion == occasion]
        for territory in (EVERYWHERE, *study.territories):
            inside = [found for found in asked if territory in (EVERYWHERE, found.territory)]
            figures = [*_counts(inside, today), _dropouts(study, inside, today)]
            place = Place(version=_versions(inside), territory=territory, occasion=occasion)
            rows += placed(place, figures)
    return rows


def _counts(found: Iterable[Administration], today: date) -> list[Figure]:
    all_of_them = list(found)
    due = sum(is_due(one, today) for one in all_of_them)
    return [
        count(statistic, sum(test(one, today) for one in all_of_them), due)
        for statistic, test in STATISTICS.items()
    ]


def _dropouts(study: Study, found: list[Administration], today: date) -> Figure:
    """People who answered at the start and from whom no answer can come at this occasion."""
    began = {
        one.subject for one in study.administrations if one.occasion == START and one.state == "submitted"
    }
    lost = [one for one in found if one.subject in began and one.occasion != START and is_over(one, today)]
    return count("dropouts", len(lost), sum(one.subject in began for one in found))


def _versions(found: Iterable[Administration]) -> str:
    """The versions that were due, one beside the other."""
    return " + ".join(sorted({one.version for one in found}))
