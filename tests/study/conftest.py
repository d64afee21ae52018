"""What tests of the register share: an open transaction, and one moment to stand at."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine

from surveyapp.storage.engine import writing

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection
