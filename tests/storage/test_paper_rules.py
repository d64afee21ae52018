"""The rules of sheets of paper live in the database too; invented ones go with the demonstration."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import paper, register
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.paper_tables import PaperReading, PaperSheet
from tests.factories import NOW, create_administration, create_path, create_person


@pytest.fixture
def administration(engine: Engine, catalogue: Catalogue) -> int:
    """One with a sheet, of an invented person."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, demonstration=True))
        made = create_administration(connection, catalogue, path)
        paper.add_sheet(
            connection,
            administration_id=made,
            filled_on=date(2026, 7, 1),
            first_by="a@b.example",
            first_at=NOW,
        )
        return made


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"second_by": "c@d.example"}, "second_has_moment"),
        ({"differences": 1}, "compared_has_number"),
        ({"differences": 0, "compared_at": NOW}, "compared_after_second"),
        (
            {"second_by": "x", "second_at": NOW, "differences": -1, "compared_at": NOW},
            "differences_not_negative",
        ),
    ],
)
def test_a_sheet_is_compared_after_it_was_typed_twice(
    engine: Engine, administration: int, values: dict[str, Any], rule: str
) -> None:
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        connection.execute(update(PaperSheet), values)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({}, "one_value"),
        ({"value": 1, "reason": "NS"}, "one_value"),
        ({"reason": "skipped"}, "known_reason"),
        ({"value": 1, "entry": 3}, "known_entry"),
    ],
)
def test_what_is_read_is_one_thing(
    engine: Engine, administration: int, values: dict[str, Any], rule: str
) -> None:
    row = {"administration_id": administration, "entry": 1, "item": "AUT_BEN1", "read_at": NOW}
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        connection.execute(insert(PaperReading), row | values)


def test_the_newest_reading_of_each_entry_counts(engine: Engine, administration: int) -> None:
    with writing(engine) as connection:
        for entry, value in ((1, 1), (2, 2), (1, 3)):
            read = {"AUT_BEN1": Answer(value=value)}
            paper.add_readings(connection, administration, entry, read, NOW)
        assert paper.readings(connection, administration, 1) == {"AUT_BEN1": Answer(value=3)}
        assert paper.readings(connection, administration, 2) == {"AUT_BEN1": Answer(value=2)}


def test_what_was_read_is_never_changed(engine: Engine, administration: int) -> None:
    with writing(engine) as connection:
        paper.add_readings(connection, administration, 1, {"AUT_BEN1": Answer(value=1)}, NOW)
    with pytest.raises(DBAPIError, match="never changed"), writing(engine) as connection:
        connection.execute(update(PaperReading), {"value": 2})


def test_invented_sheets_go_with_the_demonstration(engine: Engine, administration: int) -> None:
    with writing(engine) as connection:
        paper.add_readings(connection, administration, 1, {"AUT_BEN1": Answer(reason="blank")}, NOW)
        assert register.delete_demonstration(connection) == 1
    with reading(engine) as connection:
        assert connection.execute(select(PaperSheet.administration_id)).first() is None
        assert connection.execute(select(PaperReading.id)).first() is None
