"""The rules that the data must obey live in the database too, each by its name."""

import traceback
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import SQLITE_PRAGMAS, reading, writing
from surveyapp.storage.tables import Administration, Answer, Person
from tests.factories import (
    create_administration,
    create_answer,
    create_link,
    create_path,
    create_person,
)

PRIVATE = " ".join(["una", "cosa", "mia"])  # so that no line of code shows it


@pytest.fixture
def administration(engine: Engine, catalogue: Catalogue) -> int:
    with writing(engine) as connection:
        return create_administration(connection, catalogue)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({}, "one_value"),
        ({"value": 1, "reason": "NS"}, "one_value"),
        ({"value": 1, "text": "ciao"}, "one_value"),
        ({"reason": "BOH"}, "known_reason"),
        ({"value": 1, "revision": 0}, "revision_from_one"),
    ],
)
def test_an_answer_has_exactly_one_value(
    engine: Engine, administration: int, values: dict[str, Any], rule: str
) -> None:
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        create_answer(connection, administration, "AUT_BEN1", **values)


def test_two_answers_never_share_a_revision(engine: Engine, administration: int) -> None:
    with writing(engine) as connection:
        create_answer(connection, administration, "AUT_BEN1", value=1)
    with pytest.raises(IntegrityError, match="answer"), writing(engine) as connection:
        create_answer(connection, administration, "AUT_BEN1", value=2)


def test_an_answer_is_never_changed(engine: Engine, administration: int) -> None:
    with writing(engine) as connection:
        create_answer(connection, administration, "AUT_BEN1", value=1)
    with pytest.raises(DBAPIError, match="never changed"), writing(engine) as connection:
        connection.execute(update(Answer).values(value=3))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"state": "lost", "closed_at": datetime(2026, 11, 1, tzinfo=UTC)}, "known_state"),
        ({"state": "submitted", "variant": "easy"}, "closed_has_date"),
        ({"state": "submitted", "closed_at": datetime(2026, 11, 1, tzinfo=UTC)}, "submitted_has_variant"),
        ({"due_to": date(2026, 6, 1)}, "window_runs_forward"),
    ],
)
def test_an_administration_states_agree(
    engine: Engine, catalogue: Catalogue, values: dict[str, Any], rule: str
) -> None:
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        create_administration(connection, catalogue, **values)


def test_an_occasion_is_due_once(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        path = create_path(connection)
        create_administration(connection, catalogue, path)
    with pytest.raises(IntegrityError), writing(engine) as connection:
        create_administration(connection, catalogue, path)


def test_codes_and_tokens_are_unique(engine: Engine, administration: int) -> None:
    with writing(engine) as connection:
        create_person(connection, code="X-1")
        create_link(connection, administration, token_sha256="a" * 64)
    with pytest.raises(IntegrityError), writing(engine) as connection:
        create_person(connection, code="X-1")
    with pytest.raises(IntegrityError), writing(engine) as connection:
        create_link(connection, administration, token_sha256="a" * 64)


def test_a_path_ends_after_it_starts(engine: Engine) -> None:
    with pytest.raises(IntegrityError, match="ends_after_start"), writing(engine) as connection:
        create_path(connection, ended_on=date(2026, 1, 1))


def test_rows_need_what_they_belong_to(engine: Engine) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), writing(engine) as connection:
        create_answer(connection, 999, "AUT_BEN1", value=1)


def test_a_moment_without_zone_is_refused(engine: Engine) -> None:
    naive = datetime(2026, 11, 1)  # noqa: DTZ001 - the point of the test
    with pytest.raises(StatementError, match="time zone"), writing(engine) as connection:
        create_person(connection, created_at=naive)


def test_moments_come_back_as_utc(engine: Engine) -> None:
    with writing(engine) as connection:
        create_person(connection, created_at=datetime.fromisoformat("2026-11-01T12:00:00+01:00"))
    with reading(engine) as connection:
        assert connection.execute(select(Person.created_at)).scalar_one() == datetime(
            2026, 11, 1, 11, tzinfo=UTC
        )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_keeps_what_it_acknowledged(engine: Engine) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with reading(engine) as connection:
        for pragma, value in expected.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    assert expected.keys() <= SQLITE_PRAGMAS.keys()


@pytest.mark.parametrize("values", [{"reason": "NS"}, {"revision": 0}, {"key": None}])
def test_an_error_never_shows_an_answer(engine: Engine, administration: int, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError) as caught, writing(engine) as connection:
        create_answer(connection, administration, "AUT_BEN1", text=PRIVATE, **values)
    assert PRIVATE not in "".join(traceback.format_exception(caught.value))


def test_a_reading_sees_one_moment(engine: Engine) -> None:
    query = select(func.count()).select_from(Person)
    with reading(engine) as connection:
        assert connection.execute(query).scalar_one() == 0
        with writing(engine) as other:
            create_person(other)
        assert connection.execute(query).scalar_one() == 0
    with reading(engine) as connection:
        assert connection.execute(query).scalar_one() == 1


def test_an_error_rolls_everything_back(engine: Engine, administration: int) -> None:
    def save_and_fail() -> None:
        with writing(engine) as connection:
            create_answer(connection, administration, "AUT_BEN1", value=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    with reading(engine) as connection:
        assert connection.execute(select(Answer.id)).all() == []
        assert connection.execute(select(Administration.state)).scalar_one() == "open"
