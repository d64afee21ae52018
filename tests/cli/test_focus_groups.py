"""Notes and criteria by command: what was done is said, what is wrong by file and line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveyapp.cli import cli
from surveyapp.storage.engine import open_engine, writing
from tests.factories import create_focus_group
from tests.staff.people import add_account

BY = ("--by", "socialis@study.example")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str | None]:
    """A database with a meeting and an account."""
    environment: dict[str, str | None] = {"SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}"}
    assert CliRunner().invoke(cli, ["init"], env=environment).exit_code == 0
    engine = open_engine(str(environment["SURVEYAPP_DATABASE_URL"]))
    with writing(engine) as connection:
        create_focus_group(connection, code="FG1")
        add_account(connection, "socialis@study.example", "socialis")
    engine.dispose()
    return environment


def run(environment: dict[str, str | None], *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["focus-group", *arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def written(folder: Path, text: str) -> str:
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_notes_are_counted_and_names_pointed_out_by_line(
    environment: dict[str, str | None], tmp_path: Path
) -> None:
    file = written(tmp_path, "testo;criteri;tipo\nIl tutor conta;QIL_BEN1;conferma\nLo dice Marco;;\n")
    done = run(environment, "import-notes", "FG1", file, *BY)
    assert done.stdout == "Note nuove: 2. Già presenti: 0. Codici: 1. Criteri nuovi: 0.\n"
    assert done.stderr == f"{file}:3: forse c'è un nome: controlla la nota e correggila sul sito\n"
    again = run(environment, "import-notes", "FG1", file, *BY)
    assert again.output == "Note nuove: 0. Già presenti: 2. Codici: 0. Criteri nuovi: 0.\n"


def test_what_is_wrong_is_told_by_file_and_line(environment: dict[str, str | None], tmp_path: Path) -> None:
    file = written(tmp_path, "testo;minuto\nIl tutor conta;tre\n")
    refused = run(environment, "import-notes", "FG1", file, *BY)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"{file}:2: minuto: «tre» non va bene")
    assert "non ho importato niente" in refused.stderr
    unknown = run(environment, "import-notes", "FG1", file, "--by", "nobody@study.example")
    assert "nessun account «nobody@study.example»" in unknown.stderr
    assert "nessun focus group" in run(environment, "import-notes", "FG9", file, *BY).stderr


def test_criteria_are_counted(environment: dict[str, str | None], tmp_path: Path) -> None:
    file = written(tmp_path, "codice;titolo;dove\nOS-1;Il tutor resta;OpenSource14\n")
    assert run(environment, "import-criteria", file).output == "Criteri nuovi: 1. Già presenti: 0.\n"
    assert run(environment, "import-criteria", file).output == "Criteri nuovi: 0. Già presenti: 1.\n"
    wrong = written(tmp_path, "codice;titolo\nOS 1;Il tutor resta\n")
    assert "codice: servono" in run(environment, "import-criteria", wrong).stderr
