"""What stands in the folder of the instruments."""

import hashlib
import shutil
from pathlib import Path

import pytest

from surveyapp.instruments import catalogue as instrument_catalogue
from surveyapp.instruments.catalogue import Catalogue, CatalogueError
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


def test_a_version_is_found_by_its_name(recorded: Catalogue) -> None:
    assert source.find(recorded, "aut@0.1.0").id == "aut"
    assert source.find(recorded, "tutto").version == "0.1.0"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("aut@0.1.1", "di aut la versione «0.1.1» non c'è (volevi dire «0.1.0»?); ci sono: 0.1.0"),
        ("auto", "lo strumento «auto» non c'è (volevi dire «aut»"),
        ("xyz@1.0.0", "lo strumento «xyz» non c'è; ci sono: aut, tutto"),
    ],
)
def test_a_name_that_does_not_exist_is_refused_with_near_ones(
    recorded: Catalogue, name: str, sentence: str
) -> None:
    with pytest.raises(SheetError) as refused:
        source.find(recorded, name)
    assert str(refused.value).startswith(sentence)


def test_the_canonical_document_has_the_digest_that_is_pinned(folder: Path, recorded: Catalogue) -> None:
    found = source.find(recorded, "aut")
    written = source.canonical(source.document(folder, found))
    assert hashlib.sha256(written.encode()).hexdigest() == found.digest


def test_the_modules_of_an_instrument_are_read_for_themselves(folder: Path) -> None:
    assert [module.title for module in source.modules(folder, EVERY)] == ["Modulo in più"]


def test_a_module_that_is_not_recorded_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "published.json", tmp_path)
    (tmp_path / "published.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"modules/extra/0\.1\.0\.yaml"):
        source.modules(tmp_path, EVERY)


def test_without_a_plan_a_form_is_about_a_person(recorded: Catalogue) -> None:
    assert source.codes(recorded, EVERY, "P") == ("Codice della persona",)
