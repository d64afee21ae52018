"""One small study, written once: people whose codes, words and days must not leave, every kind of answer."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.exports.write import write_exports
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, reading, writing
from tests.bundled import bundled
from tests.reports.exports.people import fill
from tests.sheets.instruments import EVERY

KEY = b"a key for these tests"

Export = Callable[..., Path]


@pytest.fixture(scope="session")
def everything() -> Catalogue:
    """The bundled instruments and the one with every construct."""
    catalogue = bundled()
    return replace(catalogue, instruments={**catalogue.instruments, (EVERY.id, EVERY.version): EVERY})


@pytest.fixture(scope="session")
def study(everything: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('study') / 'study.db'}")
    schema.upgrade(engine)
    with writing(engine) as connection:
        fill(connection, everything)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def export(study: Engine, everything: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Writes an export into a folder of its own."""

    def write(instrument: str, *kinds: str, **how: object) -> Path:
        folder = tmp_path_factory.mktemp(instrument)
        with reading(study) as connection:
            _write(connection, everything, instrument, folder, kinds, how)
        return folder

    return write


def _write(
    connection: Connection,
    catalogue: Catalogue,
    instrument: str,
    folder: Path,
    kinds: tuple[str, ...],
    how: dict[str, object],
) -> None:
    write_exports(connection, catalogue, instrument, folder, kinds=kinds, **{"key": KEY, **how})
