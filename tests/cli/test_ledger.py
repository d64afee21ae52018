"""`surveyapp instruments ledger` and `surveyapp report ledger`."""

import json
from pathlib import Path

import jsonschema

from tests.cli.test_project_report import surveyapp

SCHEMA = Path("surveyapp/focus_groups/ledger.schema.json")


def test_the_first_version_has_nothing_to_explain(tmp_path: Path) -> None:
    done = surveyapp(tmp_path, "instruments", "ledger", "aut")
    assert done.output == "aut 0.1.0 è la prima versione: non ha cambiamenti da spiegare.\n"


def test_the_ledger_for_programs_follows_its_schema(tmp_path: Path) -> None:
    done = surveyapp(tmp_path, "instruments", "ledger", "mcr@0.1.0", "--json")
    written = json.loads(done.output)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(written)
    assert (written["instrument"], list(written["versions"])) == ("mcr", ["0.1.0"])


def test_an_unknown_instrument_or_version_is_refused_in_words(tmp_path: Path) -> None:
    for name, said in (("aot", "lo strumento «aot» non esiste"), ("aut@9.9.9", "versioni: 0.1.0")):
        done = surveyapp(tmp_path, "instruments", "ledger", name)
        assert done.exit_code == 1
        assert said in done.output


def test_the_ledger_is_written_as_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = surveyapp(tmp_path, "report", "ledger", "aut", "--out", str(out))
    assert done.exit_code == 0
    assert {"registro.json", "report.html"} <= {path.name for path in out.iterdir()}
