"""Invented people for the validation report: two questionnaires each, answers that vary."""

from datetime import date

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.numbers import Figure, Numbers, Place
from tests.reports.invented import Given, a_path, answered, end, scale_items

TODAY = date(2026, 11, 27)
SCALES = ("AUT_BEN", "AUT_AUD", "AUT_OCC", "AUT_INC")


def answers_of(number: int, more: int = 0) -> dict[str, Given]:
    """Answers of a person to the four scales asked at both occasions, `more` points higher at the second."""
    given: dict[str, Given] = {}
    for turn, scale in enumerate(SCALES):
        level = 1 + (number * 7 + turn) % 4
        values = [min(5, max(1, level + more + (number + item * turn) % 2)) for item in range(5)]
        given |= scale_items(scale, values)
    return given


def people_with_pairs(
    connection: Connection, catalogue: Catalogue, people: int, *, lost: int = 0, **values: str
) -> None:
    """`people` with both questionnaires, then `lost` with the first one only."""
    for number in range(people + lost):
        path_id = a_path(connection, **values)
        answered(connection, catalogue, path_id, "EXANTE", answers_of(number))
        if number < people:
            answered(connection, catalogue, path_id, "EXPOST", answers_of(number, number % 3 - 0))
            end(connection, path_id)


def at(statistic: str, numbers: Numbers, **values: str) -> Figure:
    """A figure about the first scale of participants' questionnaires at the start of the path."""
    place = {
        "version": "0.1.0",
        "form": "P",
        "scale": "AUT_BEN",
        "occasion": "EXANTE",
        "variant": "std",
    } | values
    found = numbers.figure(Place(**place), statistic)
    assert found is not None, (statistic, place)
    return found
