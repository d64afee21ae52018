"""`surveyapp report meeting` and `surveyapp report meetings`."""

from pathlib import Path

from surveyapp.storage.engine import open_engine, writing
from tests.cli.test_project_report import surveyapp
from tests.factories import create_focus_group

WRITTEN = {"report.html", "report.pdf", "report.docx"}


def create_meeting(folder: Path) -> None:
    assert surveyapp(folder, "init").exit_code == 0
    engine = open_engine(f"sqlite:///{folder / 'cli.db'}")
    with writing(engine) as connection:
        create_focus_group(connection, code="FG2")
    engine.dispose()


def test_the_synthesis_of_a_meeting_is_written_by_its_code(tmp_path: Path) -> None:
    create_meeting(tmp_path)
    out = tmp_path / "out"
    done = surveyapp(tmp_path, "report", "meeting", "FG2", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert {path.name for path in out.iterdir()} == WRITTEN
    assert f"Scritto {out / 'report.docx'}" in done.output


def test_an_unknown_code_is_told_with_the_nearest(tmp_path: Path) -> None:
    create_meeting(tmp_path)
    out = tmp_path / "out"
    done = surveyapp(tmp_path, "report", "meeting", "FG22", "--out", str(out))
    assert done.exit_code == 1
    assert "nessun focus group ha il codice «FG22» (volevi dire «FG2»?)" in done.output
    assert not out.exists()


def test_criteria_over_all_meetings_are_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = surveyapp(tmp_path, "report", "meetings", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert {path.name for path in out.iterdir()} == WRITTEN
