"""A clock that tests turn, and accounts of every role."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage.engine import writing
from surveyapp.web.staff.sessions import StaffSessions
from tests.staff.people import STAFF, add_account, enter


class Clock:
    """Says what time it is; tests move it on."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **ahead: float) -> None:
        self.moment += timedelta(**ahead)


@pytest.fixture
def clock(app: Flask) -> Clock:
    clock = Clock()
    assert isinstance(app.session_interface, StaffSessions)
    app.session_interface.clock = clock
    return clock


@pytest.fixture
def staff(engine: Engine) -> None:
    """One account for each role, and of a caseworker of another territory."""
    with writing(engine) as connection:
        for email, granted in STAFF.items():
            add_account(connection, email, *granted)


@pytest.fixture
def entered(app: Flask) -> Callable[[str], FlaskClient]:
    """Sign in as a role, each time in another browser."""

    def as_(who: str) -> FlaskClient:
        client = app.test_client()
        enter(client, who)
        return client

    return as_


@pytest.fixture
def author(entered: Callable[[str], FlaskClient]) -> FlaskClient:
    return entered("socialis")
