"""The two sheets from the command line, on the demonstration."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveyapp.cli import cli

BERGAMO = ("--territory", "provincia di bergamo", "--half", "2026-2")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """A database with the invented people."""
    found: dict[str, str | None] = {
        "SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('cli') / 'cli.db'}"
    }
    for command in ("init", "demo"):
        assert run(found, command).exit_code == 0
    return found


def run(environment: dict[str, str | None], *arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_case_sheet_is_written(environment: dict[str, str | None], tmp_path: Path) -> None:
    done = run(environment, "case-sheet", "DEMO-BG-012", "--out", str(tmp_path))
    assert done.output == f"Scritto {tmp_path / 'case.html'}\nScritto {tmp_path / 'case.pdf'}\n"
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    assert "Dimostrazione: persone e risposte inventate" in page
    assert ">La persona</th>" in page


@pytest.mark.parametrize(("more", "sees"), [((), "non vede"), (("--with-host",), "vede")])
def test_without_the_promise_or_before_a_host_it_is_written_without_the_persons_answers(
    environment: dict[str, str | None], tmp_path: Path, more: tuple[str, ...], sees: str
) -> None:
    here = environment | {"SURVEYAPP_VEDE": sees}
    assert run(here, "case-sheet", "DEMO-BG-012", *more, "--out", str(tmp_path)).exit_code == 0
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    assert "Le risposte della persona non sono mostrate" in page
    assert ">La persona</th>" not in page


def test_the_sheet_of_a_network_table_is_written(environment: dict[str, str | None], tmp_path: Path) -> None:
    done = run(environment, "network-table", *BERGAMO, "--out", str(tmp_path))
    assert done.exit_code == 0
    for name in ("report.html", "report.pdf", "results.csv", "results.json", "tables.xlsx"):
        assert (tmp_path / name).exists()
    assert "Tavolo di rete: Provincia di Bergamo" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("case-sheet", "BG-9999"), "nessuna persona ha il codice «BG-9999»"),
        (("network-table", *BERGAMO[:3], "26"), "«26» non è un semestre"),
        (("network-table", *BERGAMO[:3], "2099-1"), "il primo semestre 2099 non è ancora cominciato"),
        (("network-table", "--territory", "x", *BERGAMO[2:]), "nel territorio «x» non c'è nessuna persona"),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(
    environment: dict[str, str | None], tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = run(environment, *arguments, "--out", str(tmp_path))
    assert refused.exit_code == 1
    assert f"Errore: {sentence}" in refused.output
    assert not list(tmp_path.iterdir())
