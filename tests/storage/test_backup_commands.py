"""`surveyapp backup` and `surveyapp restore`, as who keeps the server runs them."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, make_url

from surveyapp.cli import cli
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import schema
from surveyapp.storage.engine import writing
from tests.factories import create_administration


@pytest.fixture
def filled(engine: Engine, catalogue: Catalogue) -> str:
    with writing(engine) as connection:
        create_administration(connection, catalogue)
    return engine.url.render_as_string(hide_password=False)


def surveyapp(url: str, *arguments: str | Path) -> Result:
    words = [str(argument) for argument in arguments]
    result = CliRunner().invoke(cli, words, env={"SURVEYAPP_DATABASE_URL": url})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_backup_and_restore_say_what_they_did(filled: str, new_database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copia"
    done = surveyapp(filled, "backup", copy)
    assert f"Copia scritta in {copy} (foglio di controllo: {copy}.json)." in done.stdout
    assert re.search(r"Riletta e controllata: \d+ tabelle, 4 righe\.", done.stdout)
    back = surveyapp(new_database_url, "restore", copy)
    assert re.search(r"Rimessa la copia del \d\d/\d\d/2\d{3} alle \d\d:\d\d UTC \(applicazione ", back.stdout)
    assert re.search(r"Controllata: \d+ tabelle, 4 righe\.\n$", back.stdout)
    assert surveyapp(new_database_url, "links").exit_code == 0


def test_a_folder_gets_a_file_named_after_the_moment(filled: str, tmp_path: Path) -> None:
    surveyapp(filled, "backup", tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert re.fullmatch(r"surveyapp-\d{8}T\d{6}Z\.(db|dump)", names[0])
    assert names[1] == names[0] + ".json"


def test_a_refusal_says_how_to_go_on(filled: str, tmp_path: Path) -> None:
    surveyapp(filled, "backup", tmp_path / "copia")
    again = surveyapp(filled, "backup", tmp_path / "copia")
    assert (again.exit_code, again.stderr) == (
        1,
        f"Errore: {tmp_path / 'copia'} esiste già: scegli un altro nome\n",
    )
    full = surveyapp(filled, "restore", tmp_path / "copia")
    assert full.exit_code == 1
    assert "una copia si rimette solo in un database vuoto" in full.stderr
    assert "SURVEYAPP_DATABASE_URL" in full.stderr


def test_a_folder_that_is_not_there_is_one_sentence(filled: str) -> None:
    done = surveyapp(filled, "backup", "/proc/none/copia")
    assert (done.exit_code, done.stderr[:8]) == (1, "Errore: ")


def test_an_older_backup_waits_for_init(
    filled: str, engine: Engine, new_database_url: str, tmp_path: Path
) -> None:
    schema.downgrade(engine, "0001")
    surveyapp(filled, "backup", tmp_path / "copia")
    back = surveyapp(new_database_url, "restore", tmp_path / "copia")
    assert "è di una versione precedente: ora esegui «surveyapp init»" in back.stdout
    assert surveyapp(new_database_url, "init").stdout == "Database pronto.\n"
    assert surveyapp(new_database_url, "links").exit_code == 0


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_the_password_is_on_no_command_line(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}\nexec {shutil.which("pg_dump")} "$@"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    address = make_url(filled)
    password = address.password or "never-asked"  # a server that trusts asks for none, and takes any
    with_password = address.set(password=password).render_as_string(hide_password=False)
    assert surveyapp(with_password, "backup", tmp_path / "copia").exit_code == 0
    assert "--dbname" in told.read_text()
    assert password not in told.read_text()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_missing_program_is_named(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = surveyapp(filled, "backup", tmp_path / "copia")
    assert done.stderr == "Errore: manca il programma pg_dump: installa il pacchetto postgresql-client\n"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_pg_dump_says_is_passed_on(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump: error: no' >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    done = surveyapp(filled, "backup", tmp_path / "copia")
    assert done.stderr == "Errore: pg_dump non è riuscito (pg_dump: error: no)\n"
    assert not (tmp_path / "copia").exists()
