"""Invented answers of other instruments, and the numbers of one chapter."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.frames import Study
from surveyapp.reports.numbers import Figure, Numbers, Place, Row
from surveyapp.reports.reading import load
from surveyapp.storage.tables import Path, Person
from tests.reports.invented import Given, answered

Rows = Callable[[Study], list[Row]]


def sent(
    connection: Connection,
    catalogue: Catalogue,
    instrument: str,
    path_id: int,
    occasion: str,
    answers: Mapping[str, Given] | None = None,
    **values: object,
) -> int:
    """A submitted administration of any instrument about a path."""
    file = catalogue.newest(instrument)
    about = {"instrument": instrument, "instrument_file": file, "form": "O"} | values
    return answered(connection, catalogue, path_id, occasion, answers, **about)


def numbers_of(connection: Connection, catalogue: Catalogue, instrument: str, rows: Rows) -> Numbers:
    """The numbers of a chapter; each is in a place of its own."""
    found = rows(load(connection, catalogue, instrument, form=None))
    assert len({(row.place, row.figure.statistic) for row in found}) == len(found)
    assert all(row.figure.value is not None or row.figure.reason for row in found)
    return Numbers(tuple(found))


def at(numbers: Numbers, statistic: str, **place: str) -> Figure:
    """The one figure of a statistic whose place has these values."""
    found = [
        row.figure
        for row in numbers.rows
        if row.figure.statistic == statistic
        and all(getattr(row.place, name) == value for name, value in place.items())
    ]
    assert len(found) == 1, (statistic, place)
    return found[0]


def value(numbers: Numbers, statistic: str, **place: str) -> float | None:
    """The value of the one figure."""
    return at(numbers, statistic, **place).value


def nothing(numbers: Numbers, statistic: str) -> bool:
    """Whether a statistic is nowhere."""
    return not numbers.places(statistic)


def say_sex(connection: Connection, path_id: int, sex: str) -> None:
    """The register says the sex of a path's person."""
    person = Path.__table__.select().where(Path.id == path_id)
    row = connection.execute(person).one()
    connection.execute(update(Person).where(Person.id == row.person_id).values(sex=sex))


__all__ = ["Place", "at", "nothing", "numbers_of", "say_sex", "sent", "value"]
