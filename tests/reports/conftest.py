"""A database to write invented people into."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from surveyapp.storage.engine import writing


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection
