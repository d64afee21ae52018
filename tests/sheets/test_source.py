"""What stands in the folder of the instruments."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.sheets import source
from surveyapp.sheets.errors import SheetError
from tests.sheets.instruments import EVERY, FOLDER, HERE


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of instruments, recorded: that with every construct, its module, and the self-assessment."""
    made = tmp_path_factory.mktemp("instruments")
    shutil.copytree(FOLDER / "consents", made / "consents")
    for origin, place in (
        (HERE / "every.yaml", "tutto/0.1.0.yaml"),
        (HERE / "extra.yaml", "modules/extra/0.1.0.yaml"),
        (FOLDER / "aut" / "0.1.0.yaml", "aut/0.1.0.yaml"),
    ):
        (made / place).parent.mkdir(parents=True)
        shutil.copy(origin, made / place)
    instrument_catalogue.record(made)
    return made


@pytest.fixture(scope="session")
def recorded(folder: Path) -> Catalogue:
    return instrument_catalogue.load(folder)


def test_the_canonical_document_has_the_digest_that_is_pinned(folder: Path, recorded: Catalogue) -> None:
    found = recorded.newest("aut")
    written = source.canonical((folder / "aut/0.1.0.yaml").read_bytes())
    assert hashlib.sha256(written.encode()).hexdigest() == found.digest


def test_the_modules_of_an_instrument_are_read_for_themselves(folder: Path) -> None:
    assert [module.title for module in source.modules(folder, EVERY)] == ["Modulo in più"]


def test_a_module_has_the_forms_and_occasions_of_the_instrument_that_includes_it(recorded: Catalogue) -> None:
    module = source.completed(recorded.modules["extra", "0.1.0"], recorded)
    assert (list(module.forms), list(module.occasions)) == (["P"], ["T0", "T1", "AGAIN"])
    assert module.title == "Modulo in più"


def test_a_module_that_no_instrument_includes_is_told(recorded: Catalogue) -> None:
    alone = replace(recorded.modules["extra", "0.1.0"], id="altro")
    with pytest.raises(SheetError, match="«altro» è un modulo, e nessuno strumento in uso lo include"):
        source.completed(alone, recorded)


def test_without_a_plan_a_form_is_about_a_person(recorded: Catalogue) -> None:
    assert source.codes(recorded, EVERY, "P") == ("Codice della persona",)
