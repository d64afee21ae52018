"""The same answers give the same report and the same files, whichever database keeps them."""

from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change_report import write_report
from surveyapp.reports.exports.write import write_exports
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.study.demonstration import fill
from tests.conftest import Databases
from tests.reports.invented import TODAY
from tests.study.conftest import NOW

KEY = b"the same for both"


@pytest.fixture
def written(databases: Databases, catalogue: Catalogue, tmp_path: Path) -> dict[str, Path]:
    """The report and the export of the demonstration, by database."""
    folders = {}
    for name, database in databases.items():
        folders[name] = tmp_path / name
        with database.migrated() as url:
            engine = open_engine(url)
            with writing(engine) as connection:
                fill(connection, catalogue, NOW)
            with reading(engine) as connection:
                write_report(connection, catalogue, "aut", folders[name], today=TODAY)
                write_exports(connection, catalogue, "aut", folders[name], kinds=["csv"], key=KEY)
            engine.dispose()
    return folders


def test_both_databases_give_the_same_files(written: dict[str, Path]) -> None:
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in written.values())
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
