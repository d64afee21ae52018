"""The power goes: what SQLite was told to put on disk holds every acknowledged answer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from surveyapp.storage.engine import open_engine, reading
from surveyapp.storage.tables import Answer

pytestmark = pytest.mark.drill

ANSWERS = 60
WRITER = """
import os, sys
from surveyapp.instruments.catalogue import load
from surveyapp.storage import engine, schema
from tests.conftest import ROOT
from tests.factories import create_administration, create_answer

engine.SQLITE_PRAGMAS["synchronous"] = sys.argv[2]
database = engine.open_engine(sys.argv[1])
schema.upgrade(database)
with engine.writing(database) as connection:
    administration = create_administration(connection, load(ROOT / "instruments"))
for revision in range(1, int(sys.argv[3]) + 1):
    with engine.writing(database) as connection:
        create_answer(connection, administration, "AUT_BEN1", revision=revision, value=1)
    print(revision, flush=True)
os._exit(9)  # the power goes: nothing is closed
"""


@pytest.fixture(scope="module")
def shadow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that keeps what was put on disk."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler: apt-get install gcc")
    library = tmp_path_factory.mktemp("shadow") / "powercut.so"
    source = Path(__file__).parent / "powercut.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library


def survivors(shadow: Path, folder: Path, synchronous: str) -> tuple[int, int]:
    """How many answers were acknowledged, and how many a power cut right then is sure to leave."""
    kept = folder / "kept"
    kept.mkdir()
    written = subprocess.run(
        [sys.executable, "-c", WRITER, f"sqlite:///{folder / 'cut.db'}", synchronous, str(ANSWERS)],
        env={**os.environ, "LD_PRELOAD": str(shadow), "POWERCUT_DIR": str(kept)},
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert written.returncode == 9, written.stderr
    (
        kept / "cut.db-journal"
    ).unlink()  # made and deleted when the log began: a deletion is not a file's content
    engine = open_engine(f"sqlite:///{kept / 'cut.db'}")
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar()
        left = connection.execute(select(func.count()).select_from(Answer)).scalar_one() if tables else 0
    engine.dispose()
    return len(written.stdout.split()), left


def test_a_power_cut_loses_nothing(shadow: Path, tmp_path: Path) -> None:
    assert survivors(shadow, tmp_path, "FULL") == (ANSWERS, ANSWERS)


def test_the_drill_sees_a_weaker_setting(shadow: Path, tmp_path: Path) -> None:
    acknowledged, left = survivors(shadow, tmp_path, "NORMAL")
    assert acknowledged == ANSWERS
    assert left < ANSWERS
