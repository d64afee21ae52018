"""`surveyapp report project`, and `surveyapp report` which stays as it was."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveyapp.cli import cli
from surveyapp.cli.progress import beside, followed
from tests.reports.project.test_files import EXAMPLES

NETWORK = (
    *("--nodes", str(EXAMPLES / "nodi_inizio.csv"), str(EXAMPLES / "nodi_fine.csv")),
    *("--ties", str(EXAMPLES / "legami_inizio.csv"), str(EXAMPLES / "legami_fine.csv")),
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def surveyapp(tmp_path: Path, *arguments: str) -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}"}
    result = CliRunner().invoke(cli, arguments, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_report_of_one_instrument_is_asked_for_as_before(tmp_path: Path, out: Path) -> None:
    done = surveyapp(tmp_path, "report", "--out", str(out))
    assert done.output.splitlines() == [f"Scritto {out / 'report.html'}", f"Scritto {out / 'results.csv'}"]
    missing = surveyapp(tmp_path, "report")
    assert (missing.exit_code, "Missing option '--out'" in missing.output) == (2, True)


def test_the_report_of_the_project_is_written_with_all_its_files(tmp_path: Path, out: Path) -> None:
    counts = tmp_path / "conteggi.csv"
    counts.write_text("indicatore;valore;data;inserito_da\nI7;6;15/11/2026;Anna\n", encoding="utf-8")
    done = surveyapp(tmp_path, "report", "project", "--out", str(out), "--counts", str(counts), *NETWORK)
    assert done.exit_code == 0, done.output
    assert f"Scritto {out / 'report.html'}" in done.output
    assert "tables/i16-tabella.csv" in done.output
    assert {found.name for found in out.iterdir()} >= {"report.html", "results.csv", "results.json", "tables"}
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []


def test_every_problem_of_the_counts_is_told_with_its_line_and_nothing_is_written(
    tmp_path: Path, out: Path
) -> None:
    counts = tmp_path / "conteggi.csv"
    counts.write_text(
        "indicatore;valore;data;inserito_da\nI7;x;;Anna\nI99;1;1/11/2026;Anna\n", encoding="utf-8"
    )
    refused = surveyapp(tmp_path, "report", "project", "--out", str(out), "--counts", str(counts))
    assert refused.exit_code == 1
    assert f"{counts}:2: valore: «x» non è un numero intero" in refused.output
    assert f"{counts}:3: indicatore: «I99» non si conta così" in refused.output
    assert "non ho scritto niente" in refused.output
    assert not out.exists()


def test_what_does_not_go_together_is_refused_in_words(tmp_path: Path, out: Path) -> None:
    begin = ("report", "project", "--out", str(out))
    assert "la rete ha bisogno di --nodes e di --ties" in surveyapp(tmp_path, *begin, *NETWORK[:3]).output
    previous = ("--previous", str(EXAMPLES / "conteggi.csv"))
    assert "aggiungi --audience partner" in surveyapp(tmp_path, *begin, *previous).output
    told = surveyapp(tmp_path, *begin, *previous, "--audience", "partner").output
    assert "non è il results.json di un rapporto" in told
    out.mkdir()
    (out / "tables.csv").write_text("1", encoding="utf-8")
    assert "vuole una cartella nuova" in surveyapp(tmp_path, *begin, "--audience", "partner").output


def test_who_stops_the_work_finds_no_half_written_files(out: Path) -> None:
    def stopped() -> None:
        with beside(out) as folder:
            (folder / "report.html").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(out.parent.iterdir()) == []


def test_progress_is_told_step_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    with followed("Rapporto") as tell:
        tell(10, "Leggo.")
        tell(70, "Scrivo.")
    assert capsys.readouterr().out.splitlines() == ["Rapporto", "Rapporto: Leggo.", "Rapporto: Scrivo."]
