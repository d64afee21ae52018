"""Invented sheets about paths and accompaniments, straight into the tables."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.numbers import Figure, Numbers, Place, Row
from surveyapp.reports.project.material import Material, Sources, read_material
from tests.factories import create_accompaniment, create_administration, create_organisation
from tests.reports.invented import CLOSED, Given, a_path, answer, answered, end

TODAY = date(2026, 11, 22)
SCALES = {"OSS_SOF": 6, "OSS_AUT": 6, "OSS_REL": 6}


def a_sheet(
    connection: Connection, catalogue: Catalogue, path_id: int, occasion: str, level: int, **answers: Given
) -> None:
    """An observation sheet with the same level (0-4) everywhere."""
    answered(
        connection,
        catalogue,
        path_id,
        occasion,
        {f"{scale}{number}": level for scale, items in SCALES.items() for number in range(1, items + 1)}
        | {"OSS_CTX": 1, "OSS_CON": 5}
        | answers,
        instrument="oss",
        instrument_file=catalogue.newest("oss"),
        form="O",
        default=None,
    )


def two_sheets(
    connection: Connection, catalogue: Catalogue, levels: tuple[int, int], contexts: tuple[int, int] = (1, 1)
) -> int:
    """A person who was observed at the start and at the end of a path that is over."""
    path_id = a_path(connection, started_on=date(2026, 6, 1))
    for occasion, level, context in zip(("EXANTE", "EXPOST"), levels, contexts, strict=True):
        a_sheet(connection, catalogue, path_id, occasion, level, OSS_CTX=context)
    end(connection, path_id, date(2026, 9, 30))
    return path_id


def a_follow_up(
    connection: Connection, catalogue: Catalogue, contact: int | None, condition: int | None = None
) -> int:
    """A person whose path ended more than six months ago, with their sheet unless nobody asked."""
    path_id = a_path(connection, started_on=date(2026, 1, 10))
    end(connection, path_id, date(2026, 3, 1))
    if contact is not None:
        answered(
            connection,
            catalogue,
            path_id,
            "FU6",
            {"FU6_02": contact, "FU6_03": condition},
            instrument="fu6",
            instrument_file=catalogue.newest("fu6"),
            form="O",
            default=None,
        )
    return path_id


def an_accompaniment(connection: Connection, ended_on: date | None = date(2026, 3, 1), **values: str) -> int:
    """A company that was accompanied."""
    organisation = create_organisation(connection, **values)
    return create_accompaniment(
        connection, organisation_id=organisation, started_on=date(2026, 1, 10), ended_on=ended_on
    )


def an_interview(
    connection: Connection,
    catalogue: Catalogue,
    accompaniment: int,
    occasion: str,
    answers: Mapping[str, Given],
) -> None:
    """A sheet of a company that was sent."""
    administration = create_administration(
        connection,
        catalogue,
        accompaniment_id=accompaniment,
        instrument="acc",
        form="C",
        occasion=occasion,
        variant="std",
        state="submitted",
        closed_at=CLOSED,
        opened_at=CLOSED,
        practice=None,
        mode=None,
    )
    for item, given in answers.items():
        answer(connection, administration, item, given)


def material(connection: Connection, catalogue: Catalogue, today: date = TODAY) -> Material:
    """Everything that a report would read."""
    return read_material(connection, catalogue, Sources(), today, lambda _progress, _message: None)


def values(rows: list[Row], place: Place) -> dict[str, float | None]:
    """The values at a place, by statistic."""
    return {name: figure.value for name, figure in Numbers(tuple(rows)).figures(place).items()}


def figure(rows: list[Row], place: Place, statistic: str) -> Figure:
    """One figure that must be there."""
    return Numbers(tuple(rows)).figures(place)[statistic]
