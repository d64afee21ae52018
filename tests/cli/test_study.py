"""The register by its commands: several files at once, responses from before, problems by file and line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveyapp.cli import cli

GAPS = ("TITOLARE", "CONTATTO", "DATA", "FIGURA", "CHI", "NOME", "VEDE")
FILES = {
    "inserimenti.csv": "codice;persona;tipo;ospitante;inizio;compenso\nIN-1;BG-1;TIS;AZ-1;01/09/2026;sì\n",
    "enti.csv": "codice;tipo_ente;provincia\nAZ-1;azienda;BG\n",
    "persone.csv": "codice;provincia;inizio_percorso\nBG-1;BG;15/06/2026\n",
    "aut.csv": "persona;scheda;variante;rilevazione;data;AUT_BEN1\nBG-1;P;semplice;EXANTE;20/06/2026;3\n",
}
REGISTER = ("inserimenti.csv", "enti.csv", "persone.csv")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str | None]:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    gaps = {f"SURVEYAPP_{gap}": "scritto" for gap in GAPS}
    return {"SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}", **gaps}


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, str]:
    return {name: str(tmp_path / name) for name in FILES}


def study(environment: dict[str, str | None], *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["study", *arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_files_of_the_register_come_in_together(
    environment: dict[str, str | None], paths: dict[str, str]
) -> None:
    done = study(environment, "import", *(paths[name] for name in REGISTER))
    assert done.exit_code == 0
    assert "Persone nuove: 1." in done.output
    assert "Enti nuovi: 1. Completati: 0. Già presenti: 0." in done.output
    assert "Inserimenti nuovi: 1." in done.output
    again = study(environment, "import", paths["enti.csv"])
    assert again.output == ("Enti nuovi: 0. Completati: 0. Già presenti: 1.\nQuestionari da proporre: 0.\n")


def test_problems_are_told_by_file_and_line(
    environment: dict[str, str | None], paths: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "enti.csv").write_text(
        "codice;tipo_ente;provincia\nAZ-2;azienda;BG\nAZ-3;bar;BG\n", encoding="utf-8"
    )
    refused = study(environment, "import", *(paths[name] for name in REGISTER))
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"{paths['enti.csv']}:3: tipo_ente: «bar» non va bene")
    assert "non ho importato niente" in refused.stderr
    (tmp_path / "enti.csv").write_text("codice;tipo_ente;provincia\nAZ-2;azienda;BG\n", encoding="utf-8")
    refused = study(environment, "import", *(paths[name] for name in REGISTER))
    assert f"{paths['inserimenti.csv']}:2: ospitante: «AZ-1» non c'è" in refused.stderr


def test_responses_from_before_come_in_once(
    environment: dict[str, str | None], paths: dict[str, str]
) -> None:
    study(environment, "import", *(paths[name] for name in REGISTER))
    done = study(environment, "responses", paths["aut.csv"], "--instrument", "aut")
    assert done.output.startswith("Questionari nuovi: 0. Già previsti: 1. Già presenti: 0. Risposte: 1.")
    again = study(environment, "responses", paths["aut.csv"], "--instrument", "aut")
    assert again.output.startswith("Questionari nuovi: 0. Già previsti: 0. Già presenti: 1.")


def test_a_bad_response_is_told_by_file_and_line(
    environment: dict[str, str | None], paths: dict[str, str]
) -> None:
    refused = study(environment, "responses", paths["aut.csv"], "--instrument", "aut")
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"{paths['aut.csv']}:2: persona: «BG-1» non c'è nel registro")


def test_an_unknown_instrument_is_one_sentence(
    environment: dict[str, str | None], paths: dict[str, str]
) -> None:
    refused = study(environment, "responses", paths["aut.csv"], "--instrument", "xyz")
    assert refused.stderr.startswith("Errore: lo strumento «xyz» non esiste")


def test_responses_wait_for_the_settings(environment: dict[str, str | None], paths: dict[str, str]) -> None:
    refused = study(
        environment | {"SURVEYAPP_TITOLARE": ""}, "responses", paths["aut.csv"], "--instrument", "aut"
    )
    assert refused.exit_code == 1
    assert "SURVEYAPP_TITOLARE" in refused.stderr


def test_a_review_is_asked_for_by_hand(environment: dict[str, str | None], paths: dict[str, str]) -> None:
    assert study(environment, "import", *(paths[name] for name in REGISTER)).exit_code == 0
    words = ("--instrument", "vip", "--form", "O", "--occasion")
    asked = study(environment, "ask", "BG-1", *words, "REVISIONE")
    assert asked.exit_code == 0
    assert asked.output.startswith("Da compilare dal ")
    assert asked.output.endswith(": vip 0.1.0, scheda O, REVISIONE.\n")
    wrong = study(environment, "ask", "BG-1", *words, "REVISION")
    assert wrong.exit_code == 1
    assert "la rilevazione «REVISION» non c'è (volevi dire «REVISIONE»?)" in wrong.output
