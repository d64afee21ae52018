"""The command, and what the worker makes of an export."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from surveyapp.cli import cli
from surveyapp.cli.results import FORMATS
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.exports.write import ALL, KINDS, write_exports
from surveyapp.storage.engine import reading
from surveyapp.worker.kinds import KINDS as JOBS
from surveyapp.worker.kinds import MEDIA_TYPES
from tests.reports.exports.read import files


def test_the_command_offers_what_can_be_made() -> None:
    assert (*KINDS, ALL) == FORMATS


@pytest.mark.parametrize(
    ("more", "written"),
    [
        ((), ["administrations.csv", "answers.csv", "leggimi.txt"]),
        (("--format", "sav"), ["aut-P-easy.sav", "aut-P-std.sav", "leggimi.txt"]),
        (
            ("--format", "wide", "--identified", "--territory", "Ambito di Crema"),
            ["aut-P-easy-identificato.csv", "leggimi-identificato.txt"],
        ),
    ],
)
def test_the_command_writes_and_says_what(
    study: Engine, tmp_path: Path, more: tuple[str, ...], written: list[str]
) -> None:
    environment = {"SURVEYAPP_DATABASE_URL": study.url.render_as_string(hide_password=False)}
    done = CliRunner().invoke(cli, ["export", "--out", str(tmp_path / "out"), *more], env=environment)
    assert done.exit_code == 0, done.output
    assert [path.name for path in files(tmp_path / "out")] == written
    assert all(f"Scritto {tmp_path / 'out' / name}" in done.output for name in written)


def test_a_territory_of_few_is_refused_in_words(study: Engine, tmp_path: Path) -> None:
    environment = {"SURVEYAPP_DATABASE_URL": study.url.render_as_string(hide_password=False)}
    arguments = ["export", "--out", str(tmp_path / "out"), "--territory", "Ambito di Crema"]
    done = CliRunner().invoke(cli, arguments, env=environment)
    assert done.exit_code == 1
    assert "Errore: nel territorio «Ambito di Crema» hanno risposto meno di 5 persone" in done.output


def test_the_worker_puts_many_files_in_one(study: Engine, everything: Catalogue, tmp_path: Path) -> None:
    said: list[tuple[int, str]] = []
    arguments = {"instrument": "aut", "kinds": "r,ddi"}
    with reading(study) as connection:
        [archive] = JOBS["export"](
            connection,
            everything,
            arguments,
            tmp_path,
            lambda progress, words: said.append((progress, words)),
        )
    assert MEDIA_TYPES[archive.suffix] == "application/zip"
    names = zipfile.ZipFile(archive).namelist()
    assert {"r/leggi.R", "r/aut-P-std.csv", "aut-ddi.xml", "leggimi.txt"} <= set(names)
    assert not [name for name in names if "identificato" in name]
    assert [progress for progress, _ in said] == sorted(progress for progress, _ in said)


def test_an_unknown_kind_is_an_error(study: Engine, everything: Catalogue, tmp_path: Path) -> None:
    with reading(study) as connection, pytest.raises(KeyError):
        write_exports(connection, everything, "aut", tmp_path, kinds=["dbf"])
