"""Versions on the command line: compared, shown, published by two people; an edited file stops everything."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveyapp.cli import cli
from surveyapp.instruments.catalogue import record
from tests.conftest import ROOT
from tests.instruments.published_files import TEXT, write_consent, write_module, write_version
from tests.instruments.two_versions import FEWER

SIGNED = ("--author", "Anna", "--approver", "Bruno", "--note", "Domanda più chiara.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "instruments"
    write_version(folder, "0.1.0")
    write_consent(folder, "participant")
    write_consent(folder, "operator")
    record(folder)
    return folder


def surveyapp(folder: Path, *arguments: str) -> Result:
    environment = {
        "SURVEYAPP_INSTRUMENTS": str(folder),
        "SURVEYAPP_DATABASE_URL": f"sqlite:///{folder.parent / 'cli.db'}",
        "PORT": "8000",
    }
    result = CliRunner().invoke(cli, arguments, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def instruments(folder: Path, *arguments: str) -> Result:
    return surveyapp(folder, "instruments", *arguments)


def kinds_file(folder: Path, text: str) -> str:
    path = folder.parent / "kinds.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_comparison_is_told_in_words(folder: Path) -> None:
    write_version(folder, "0.2.0", TEXT, FEWER)
    found = instruments(folder, "compare", "prova@0.1.0", "prova@0.2.0")
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[:2] == [
        "prova: dalla versione 0.1.0 alla 0.2.0",
        "Passo minimo: MAJOR; la versione nuova è almeno la 0.2.0.",
    ]
    assert (
        "  MINOR  PROVA_A2, scheda P, versione std: il testo cambia da «Provo ansia.» a «Provo ansia o"
        " agitazione.» [stesso significato, da dichiarare]"
    ) in lines
    assert "    PROVA_A2.text.P.std: same meaning" in lines
    table = lines[lines.index("CHE COSA SI PUÒ ANCORA CONFRONTARE") + 1 :]
    cells = [re.split(r" {2,}", row.strip(), maxsplit=4) for row in table]
    assert cells[0] == ["scala", "scheda", "versione", "confronto", "perché"]
    levels = {" ".join(row[:3]): row[3] for row in cells[1:]}
    assert levels["PROVA_A P std"] == "da motivare"
    assert levels["PROVA_B P std"] == "uguale"
    starts = {row.index(level) for row, level in zip(table[1:], levels.values(), strict=True)}
    assert starts == {table[0].index("confronto")}


def test_declared_kinds_are_used(folder: Path) -> None:
    write_version(folder, "0.1.1", TEXT)
    kinds = kinds_file(folder, "kinds:\n  PROVA_A2.text.P.std: typo\n")
    found = instruments(folder, "compare", "prova@0.1.0", "prova@0.1.1", "--kinds", kinds)
    assert "Passo minimo: PATCH" in found.stdout
    assert "[refuso o aiuto]" in found.stdout
    assert "DA DICHIARARE" not in found.stdout


def test_a_comparison_is_given_to_other_programs(folder: Path) -> None:
    write_version(folder, "0.2.0", TEXT)
    found = json.loads(instruments(folder, "compare", "prova@0.1.0", "prova@0.2.0", "--json").stdout)
    assert (found["step"], found["least_version"]) == ("MINOR", "0.2.0")
    (change,) = found["changes"]
    assert (change["place"], change["kind"], change["declared"]) == (
        "PROVA_A2.text.P.std",
        "same meaning",
        False,
    )
    rows = {(row["scale"], row["form"], row["variant"]): row["level"] for row in found["comparability"]}
    assert rows["PROVA_A", "P", "std"] == "to justify"
    assert rows["PROVA_A", "P", "easy"] == "equal"


def test_files_are_compared_wherever_they_are(folder: Path, tmp_path: Path) -> None:
    write_version(tmp_path / "elsewhere", "0.2.0", TEXT)
    inside, outside = folder / "prova/0.1.0.yaml", tmp_path / "elsewhere/prova/0.2.0.yaml"
    assert "Passo minimo: MINOR" in instruments(folder, "compare", str(inside), str(outside)).stdout
    assert "Non cambia niente." in instruments(folder, "compare", str(inside), "prova@0.1.0").stdout


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (
            ("prova@0.1.0", "prva@0.1.0"),
            "«prva» non c'è (volevi dire «prova»?); ci sono: mod",
        ),
        (("prova@0.1.0", "prova@0.10.0"), "prova 0.10.0 non c'è (volevi dire «0.1.0»?); versioni: 0.1.0"),
        (("prova@0.1.0", "mod@0.1.0"), "«prova» e «mod» sono due strumenti diversi"),
        (("operator@0.1.0", "operator@0.1.0"), "operator 0.1.0 non è uno strumento"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(folder: Path, names: tuple[str, str], sentence: str) -> None:
    write_module(folder, "0.1.0")
    refused = instruments(folder, "compare", *names)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"Errore: {sentence}")


def test_a_version_is_published_by_two_people(folder: Path) -> None:
    write_version(folder, "0.2.0", TEXT)
    assert (
        instruments(folder, "status", "prova@0.2.0", "in_review").stdout
        == "prova 0.2.0 adesso è in revisione.\n"
    )
    assert instruments(folder, "status", "prova@0.2.0", "approved").exit_code == 0
    kinds = kinds_file(folder, "kinds:\n  PROVA_A2.text.P.std: same meaning\n")
    done = instruments(folder, "publish", "prova@0.2.0", *SIGNED, "--kinds", kinds)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("prova 0.2.0 è in uso da oggi, ")
    shown = instruments(folder, "show", "prova@0.2.0").stdout
    assert shown.startswith("Prova (prova 0.2.0): in uso\n")
    assert "Scritta da Anna, approvata da Bruno.\nNota: Domanda più chiara.\n" in shown
    assert instruments(folder, "status", "prova@0.1.0", "retired").exit_code == 0
    assert "Ritirata il " in instruments(folder, "show", "prova@0.1.0").stdout


def test_every_reason_not_to_publish_is_told(folder: Path) -> None:
    write_version(folder, "0.1.1", TEXT)
    refused = instruments(
        folder, "publish", "prova@0.1.1", "--author", "Anna", "--approver", " ANNA", "--note", "x"
    )
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 5
    assert refused.stderr.splitlines()[-1] == "Errore: prova 0.1.1 non è pubblicata: correggi e riprova"


def test_a_wrong_step_is_one_sentence(folder: Path) -> None:
    write_version(folder, "0.1.1", TEXT)
    refused = instruments(folder, "status", "prova@0.1.1", "approved")
    assert refused.stderr == "Errore: prova 0.1.1 è in bozza: il passo che segue è «in_review»\n"


def test_the_only_version_in_use_is_not_retired(folder: Path) -> None:
    refused = instruments(folder, "status", "prova@0.1.0", "retired")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "Errore: prova 0.1.0 è l'unica versione in uso di prova: senza, non si può più proporre a nessuno;"
        " prima pubblica quella che la sostituisce\n"
    )


def test_a_file_of_kinds_with_problems_is_told_by_line(folder: Path) -> None:
    write_version(folder, "0.1.1", TEXT)
    kinds = kinds_file(folder, "kinds:\n  PROVA_A2.text.P.std: refuso\n")
    refused = instruments(folder, "compare", "prova@0.1.0", "prova@0.1.1", "--kinds", kinds)
    assert refused.exit_code == 1
    assert f"{kinds}:2: «PROVA_A2.text.P.std» può essere solo" in refused.stderr


def test_the_list_says_how_each_version_stands(folder: Path) -> None:
    write_version(folder, "0.2.0", TEXT)
    instruments(folder, "status", "prova@0.2.0", "in_review")
    rows = [line.split("\t") for line in instruments(folder, "list").stdout.splitlines()]
    assert [(row[0], row[1], row[4], row[6]) for row in rows] == [
        ("prova", "0.1.0", "in uso", "strumento"),
        ("prova", "0.2.0", "in revisione", "strumento"),
        ("operator", "0.1.0", "in uso", "testo di consenso"),
        ("participant", "0.1.0", "in uso", "testo di consenso"),
    ]
    assert [row[2] for row in rows] == ["Prova", "-", "Consenso", "Consenso"]


def test_the_list_has_modules_and_the_plan_too(bundled: Path) -> None:
    rows = [line.split("\t") for line in instruments(bundled, "list").stdout.splitlines()]
    titles = {row[0]: (row[2], row[6]) for row in rows}
    assert titles["mcr"] == ("Modulo multidimensionale", "modulo")
    assert titles["plan"] == ("Piano di rilevazione", "piano di rilevazione")
    assert all(len(row[3]) == 12 for row in rows)


def test_a_version_is_shown_with_what_it_has(folder: Path) -> None:
    shown = instruments(folder, "show", "prova@0.1.0").stdout
    assert "Moduli: nessuno" in shown
    assert re.search(r"\n  P +easy +10 +5 +Scheda della persona\n", shown)
    assert "PROVA_A  Come va   PROVA_A1, PROVA_A2" in shown


def test_the_questions_of_a_form_are_shown(folder: Path) -> None:
    shown = instruments(folder, "show", "prova@0.1.0", "--form", "O").stdout
    assert "  PROVA_A1  (T0, T1)\n      std: Le giornate gli piacciono.  [R5]\n" in shown
    assert "easy" not in shown
    refused = instruments(folder, "show", "prova@0.1.0", "--form", "p")
    assert refused.stderr == "Errore: la scheda «p» non c'è (volevi dire «P»?); schede: P, O\n"


def test_a_file_outside_of_the_folder_is_shown_as_a_draft(folder: Path, tmp_path: Path) -> None:
    write_version(tmp_path / "elsewhere", "0.2.0")
    shown = instruments(folder, "show", str(tmp_path / "elsewhere/prova/0.2.0.yaml"))
    assert shown.stdout.startswith("Prova (prova 0.2.0): in bozza\n")


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    """The instruments of the application, in a folder that a test may change."""
    return Path(shutil.copytree(ROOT / "instruments", tmp_path / "instruments"))


@pytest.mark.parametrize("command", ["init", "run", "links", "links --count 1"])
def test_one_byte_of_a_published_file_stops_every_command(bundled: Path, command: str) -> None:
    path = bundled / "aut/0.1.0.yaml"
    path.write_bytes(path.read_bytes().replace(b"a", b"e", 1))
    refused = surveyapp(bundled, *command.split())
    assert refused.exit_code == 1
    assert refused.stderr == (
        "Errore: aut/0.1.0.yaml è in uso e non si può cambiare: rimetti il file com'era e fai una versione"
        " nuova\n"
    )


def test_an_unknown_instrument_is_answered_with_the_near_one(bundled: Path) -> None:
    refused = surveyapp(bundled, "links", "--instrument", "aot")
    assert refused.stderr.startswith("Errore: lo strumento «aot» non esiste (volevi dire «aut»")


def test_a_draft_recorded_again_stops_the_start_where_people_were_given_it(bundled: Path) -> None:
    assert surveyapp(bundled, "init").exit_code == 0
    assert surveyapp(bundled, "links", "--count", "1").exit_code == 0
    path = bundled / "aut/0.1.0.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: Una ", 1), encoding="utf-8")
    assert instruments(bundled, "record").exit_code == 0
    for command in ("init", "run"):
        refused = surveyapp(bundled, command)
        assert refused.exit_code == 1
        assert refused.stderr.startswith("Errore: aut/0.1.0.yaml è cambiato, ma nel database c'è chi")
        assert len(refused.stderr.splitlines()) == 1
    assert surveyapp(bundled, "demo", "--clear").exit_code == 0
    assert surveyapp(bundled, "init").exit_code == 0
