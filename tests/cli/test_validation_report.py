"""`surveyapp report validation`: whole or not at all, and refused in words."""

from pathlib import Path

from tests.cli.test_project_report import surveyapp


def test_a_report_without_answers_says_so_and_has_its_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = surveyapp(tmp_path, "report", "validation", "--instrument", "oss", "--out", str(out))
    assert done.exit_code == 0
    assert {"report.html", "results.csv", "results.json", "tables.xlsx"} <= {
        path.name for path in out.iterdir()
    }
    assert f"Scritto {out / 'report.html'}" in done.output
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out")]


def test_a_territory_without_answers_is_named_and_nothing_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ("report", "validation", "--instrument", "oss", "--territory", "Marte", "--out", str(out))
    done = surveyapp(tmp_path, *asked)
    assert done.exit_code == 1
    assert "nessuna compilazione in «Marte»" in done.output
    assert not out.exists()


def test_an_unknown_instrument_is_named(tmp_path: Path) -> None:
    done = surveyapp(tmp_path, "report", "validation", "--instrument", "xyz", "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "lo strumento «xyz» non esiste" in done.output
