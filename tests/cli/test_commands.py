"""The commands that people and scripts rely on, through the real entry point on a real database."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from surveyapp.cli import cli
from surveyapp.settings import DEVELOPMENT_KEY
from surveyapp.storage.code_letters import as_compared, code_hmac
from surveyapp.storage.code_tables import ShortCode
from surveyapp.storage.engine import open_engine, reading
from surveyapp.storage.tables import Link
from surveyapp.storage.tokens import token_sha256

GAPS = ("TITOLARE", "CONTATTO", "DATA", "FIGURA", "CHI", "NOME", "VEDE")
PEOPLE = """code,province,ambito,path_start,path_end,end_reason
BG-0001,Bergamo,,2026-06-15,,
CR-0001,CR,Cremona,2026-07-01,2026-11-02,assunzione
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str | None]:
    return {"SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}", "PORT": "8000"}


@pytest.fixture
def real(environment: dict[str, str | None]) -> dict[str, str | None]:
    return environment | {f"SURVEYAPP_{gap}": "scritto" for gap in GAPS}


@pytest.fixture
def people(tmp_path: Path) -> str:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return str(path)


def surveyapp(environment: dict[str, str | None], *arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_people_come_in_and_get_links(real: dict[str, str | None], people: str) -> None:
    done = surveyapp(real, "study", "import", people)
    assert "Persone nuove: 2." in done.output
    lines = surveyapp(real, "links", "--instrument", "aut").stdout.splitlines()
    assert [line.split("\t")[:5] for line in lines] == [
        ["BG-0001", "BG-0001", "aut P", "EXANTE", "Provincia di Bergamo"],
        ["CR-0001", "CR-0001", "aut P", "EXANTE", "Ambito di Cremona"],
        ["CR-0001", "CR-0001", "aut P", "EXPOST", "Ambito di Cremona"],
    ]
    assert all(re.search(r"\thttp://127\.0\.0\.1:8000/r/[\w-]{43}$", line) for line in lines)


def test_one_bad_row_imports_nothing(real: dict[str, str | None], tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(PEOPLE + "CR-0002,Parigi,,01/13/2026,,\n", encoding="utf-8")
    refused = surveyapp(real, "study", "import", str(path))
    assert refused.exit_code == 1
    assert refused.stderr.count(f"{path}:4: ") >= 2
    assert "non ho importato niente" in refused.stderr
    assert "Nessun questionario" in surveyapp(real, "links").stderr


def test_links_come_with_codes_that_open_the_same(real: dict[str, str | None], people: str) -> None:
    surveyapp(real, "study", "import", people)
    lines = [line.split("\t") for line in surveyapp(real, "links", "--codes").stdout.splitlines()]
    assert len(lines) >= 3
    engine = open_engine(str(real["SURVEYAPP_DATABASE_URL"]))
    with reading(engine) as connection:
        codes = dict(connection.execute(select(ShortCode.code_hmac, ShortCode.administration_id)).all())
        links = dict(connection.execute(select(Link.token_sha256, Link.administration_id)).all())
    engine.dispose()
    for *_, link, code in lines:
        by_code = codes[code_hmac(DEVELOPMENT_KEY, as_compared(code))]
        assert by_code == links[token_sha256(link.rsplit("/", 1)[1])]


def test_real_people_wait_for_the_settings(environment: dict[str, str | None], people: str) -> None:
    refused = surveyapp(environment, "study", "import", people)
    assert refused.exit_code == 1
    assert "SURVEYAPP_TITOLARE" in refused.stderr


def test_demonstration_and_real_people_never_mix(real: dict[str, str | None], people: str) -> None:
    assert surveyapp(real, "demo").exit_code == 0
    refused = surveyapp(real, "study", "import", people)
    assert refused.exit_code == 1
    assert "surveyapp demo --clear" in refused.stderr
    assert surveyapp(real, "demo", "--clear").exit_code == 0
    assert surveyapp(real, "study", "import", people).exit_code == 0
    assert surveyapp(real, "links", "--count", "1").exit_code == 1
    assert surveyapp(real, "demo").exit_code == 1
    assert surveyapp(real, "demo", "--if-empty").output == ""


def test_links_by_number_are_addresses_only(environment: dict[str, str | None]) -> None:
    lines = surveyapp(environment, "links", "--occasion", "EXPOST", "--count", "5").stdout.splitlines()
    assert len(set(lines)) == 5
    assert all(line.startswith("http://127.0.0.1:8000/r/") for line in lines)


def test_unknown_instruments_are_named(environment: dict[str, str | None]) -> None:
    refused = surveyapp(environment, "links", "--instrument", "xyz")
    assert refused.exit_code == 1
    known = "acc, aut, fu6, oss, qil, vip"
    assert refused.stderr == f"Errore: lo strumento «xyz» non esiste; strumenti: {known}\n"


def test_the_bundled_instruments_are_sound(environment: dict[str, str | None]) -> None:
    assert surveyapp(environment, "instruments", "check").output == "Nessun problema.\n"
    assert surveyapp(environment, "instruments", "list").output.count("\t0.1.0\t") >= 6


def test_a_bad_instrument_file_is_shown_by_line(environment: dict[str, str | None], tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("id: aut\nid: qil\n", encoding="utf-8")
    refused = surveyapp(environment, "instruments", "check", str(path))
    assert refused.exit_code == 1
    assert f"{path}:2: la voce «id» è ripetuta" in refused.stdout


@pytest.mark.parametrize(
    "command",
    [
        ("instruments", "check"),
        ("instruments", "compare", "aut@0.1.0", "aut@0.1.0", "--kinds"),
        ("study", "import"),
        ("restore",),
    ],
)
def test_a_file_that_is_not_there_is_told_in_italian(
    environment: dict[str, str | None], tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "mio-file.yaml").write_text("", encoding="utf-8")
    refused = surveyapp(environment, *command, str(tmp_path / "mio-flie.yaml"))
    assert refused.exit_code == 1
    sentence = f"Errore: il file «{tmp_path / 'mio-flie.yaml'}» non c'è (volevi dire «mio-file.yaml»?)\n"
    assert refused.output == sentence
    assert surveyapp(environment, *command, str(tmp_path / "nessuno" / "x")).output.endswith("» non c'è\n")
    assert surveyapp(environment, *command, str(tmp_path)).output.endswith(
        "è una cartella, e qui serve un file\n"
    )


def test_plain_http_between_machines_is_refused(environment: dict[str, str | None]) -> None:
    refused = surveyapp(environment | {"SURVEYAPP_BASE_URL": "http://questionari.example"}, "init")
    assert refused.exit_code == 1
    assert "https://" in refused.stderr


def test_a_database_that_cannot_open_is_one_sentence(environment: dict[str, str | None]) -> None:
    refused = surveyapp(environment | {"SURVEYAPP_DATABASE_URL": "sqlite:////proc/none/x.db"}, "init")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Errore: ")
