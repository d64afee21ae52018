"""A database to write invented people into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, writing


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_engine(f"sqlite:///{tmp_path / 'reports.db'}")
    schema.upgrade(engine)
    with writing(engine) as connection:
        yield connection
    engine.dispose()
