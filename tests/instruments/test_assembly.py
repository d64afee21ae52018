"""An instrument put together with its modules, and every fault told with its file."""

from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import problems_of
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.rule import Context, Rule
from surveyapp.instruments.source import InvalidFileError
from tests.instruments.files import HERE, WITH_MODULES, module_problems, read_with_modules

MODULES = HERE / "modules"
FAULTY = [folder for folder in WITH_MODULES if folder.name != "included"]
CREMONA = Rule("where", among=(("ambito", ("Cremona",)),))


@pytest.fixture(scope="module")
def whole() -> Instrument:
    return read_with_modules(MODULES / "included")


def asked(whole: Instrument, form: str, ambito: str) -> list[str]:
    found = Questionnaire(whole, form, "std", "T0", Context(ambito=ambito))
    return [item.id for item in found.items()]


@pytest.mark.parametrize("folder", FAULTY, ids=lambda folder: folder.name)
def test_a_fault_is_told_with_its_file_and_line(folder: Path) -> None:
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert module_problems(folder) == expected
    assert expected


def test_every_fault_has_its_sentences() -> None:
    assert sorted(MODULES.iterdir()) == WITH_MODULES
    assert sorted(path.parent for path in MODULES.glob("*/expected.txt")) == FAULTY


def test_sections_of_a_module_come_last_under_its_rule(whole: Instrument) -> None:
    assert [(section.id, section.module) for section in whole.sections] == [("COME", None), ("SOC", "mcr")]
    assert whole.sections[1].show_if == CREMONA
    assert whole.items["MCR_S1"].show_if == CREMONA
    assert whole.items["MCR_S2"].show_if == Rule("all", parts=(CREMONA, Rule("is", "MCR_S1", codes=(3,))))


def test_a_module_is_asked_where_its_rule_says(whole: Instrument) -> None:
    assert asked(whole, "P", "Cremona") == ["QIL_A1", "MCR_S1", "MCR_S2"]
    assert asked(whole, "P", "Crema") == ["QIL_A1"]
    # A form of module items alone is empty elsewhere.
    assert asked(whole, "ECIL", "Cremona") == ["MCR_S1", "MCR_S2"]
    assert asked(whole, "ECIL", "Crema") == []


def test_what_is_computed_stands_side_by_side(whole: Instrument) -> None:
    assert [scale.id for scale in whole.scales] == ["QIL_A", "MCR_S"]
    assert [index.id for index in whole.indices] == ["MCR_I"]
    assert whole.indices[0].show_if == CREMONA
    assert [alert.id for alert in whole.alerts] == ["MCR_SOLO"]
    assert list(whole.forms) == ["P", "ECIL"]
    assert whole.glossary == {"tutor": "Chi ti segue."}
    assert whole.context_fields == {"ambito", "placement_type"}


def test_the_digest_is_of_all_files_together(whole: Instrument) -> None:
    base = (MODULES / "included" / "instrument.yaml").read_bytes()
    module = (MODULES / "included" / "mcr.yaml").read_bytes()
    alone = read_part(base).instrument
    assert whole.digest != alone.digest
    other = read_part(module.replace(b"Ho amici.", b"Ho un amico."), "mcr.yaml", module=True)
    assert read_instrument(base, {("mcr", "0.1.0"): other}).digest != whole.digest


def test_another_version_of_a_module_stays_out(whole: Instrument) -> None:
    base = (MODULES / "included" / "instrument.yaml").read_bytes()
    module = (MODULES / "included" / "mcr.yaml").read_bytes()
    newer = read_part(module.replace(b"0.1.0\n", b"0.2.0\n").replace(b"Ho amici", b"Ho"), module=True)
    old = read_part(module, module=True)
    found = read_instrument(base, {("mcr", "0.2.0"): newer, ("mcr", "0.1.0"): old})
    assert found.digest == whole.digest


def test_without_modules_an_instrument_is_as_written() -> None:
    small = (HERE / "valid" / "small.yaml").read_bytes()
    assert read_instrument(small).digest == read_part(small).instrument.digest


def test_a_problem_of_a_module_names_its_file() -> None:
    with pytest.raises(InvalidFileError) as refused:
        read_part(b"id: [\n", "modules/mcr/0.1.0.yaml", module=True)
    assert {problem.file for problem in refused.value.problems} == {"modules/mcr/0.1.0.yaml"}


def test_a_folder_of_instruments_is_checked_with_its_modules(tmp_path: Path) -> None:
    for name, source in (("qil/0.1.0.yaml", "instrument.yaml"), ("modules/mcr/0.1.0.yaml", "mcr.yaml")):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes((MODULES / "included" / source).read_bytes())
    assert problems_of(tmp_path / "qil" / "0.1.0.yaml") == []
    assert problems_of(tmp_path / "modules" / "mcr" / "0.1.0.yaml") == []
    broken = (MODULES / "rule_inside_module_on_unknown_item" / "mcr.yaml").read_bytes()
    (tmp_path / "modules" / "mcr" / "0.1.0.yaml").write_bytes(broken)
    (problem,) = problems_of(tmp_path / "qil" / "0.1.0.yaml")
    assert (problem.file, problem.line) == ("modules/mcr/0.1.0.yaml", 28)
    (problem,) = problems_of(tmp_path / "modules" / "mcr" / "0.1.0.yaml")
    assert (problem.file, problem.line) == ("", 28)
