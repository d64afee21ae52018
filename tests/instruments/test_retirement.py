"""A version goes out of use one day: it stays readable, and something else is in use."""

from dataclasses import replace
from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import CatalogueError, load, publications, record
from surveyapp.instruments.publication import PublicationRefusedError, set_status
from surveyapp.instruments.publication_files import find
from surveyapp.instruments.publication_record import write_record
from tests.instruments.published_files import DAY, approved, published, write_consent, write_version

HELP = ("tutor: La persona", "tutor: Chi")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_version(tmp_path, "0.1.0")
    write_consent(tmp_path, "participant")
    write_consent(tmp_path, "operator")
    record(tmp_path)
    return tmp_path


def test_a_version_that_is_retired_stays_readable(folder: Path) -> None:
    published(write_version(folder, "0.1.1", HELP))
    set_status(find(folder, "prova@0.1.1"), "retired", DAY)
    assert ("prova", "0.1.1") in load(folder).instruments
    assert find(folder, "prova@0.1.1").status() == "retired"


def test_the_only_version_in_use_is_not_retired(folder: Path) -> None:
    with pytest.raises(PublicationRefusedError, match=r"prova 0\.1\.0 è l'unica versione in uso di prova"):
        set_status(find(folder, "prova@0.1.0"), "retired", DAY)
    assert load(folder).in_force("prova", DAY).version == "0.1.0"
    approved(write_version(folder, "0.1.1", HELP))  # approved is not in use yet
    with pytest.raises(PublicationRefusedError, match="prima pubblica quella che la sostituisce"):
        set_status(find(folder, "prova@0.1.0"), "retired", DAY)


def test_one_of_two_versions_is_retired_and_then_the_other_is_not(folder: Path) -> None:
    published(write_version(folder, "0.1.1", HELP))
    set_status(find(folder, "prova@0.1.1"), "retired", DAY)
    with pytest.raises(PublicationRefusedError, match="è l'unica versione in uso"):
        set_status(find(folder, "prova@0.1.0"), "retired", DAY)


def test_a_consent_text_may_be_retired_alone(folder: Path) -> None:
    set_status(find(folder, "operator@0.1.0"), "retired", DAY)
    assert load(folder).consent("operator@0.1.0").id == "operator"


def test_nothing_follows_retirement(folder: Path) -> None:
    published(write_version(folder, "0.1.1", HELP))
    version = find(folder, "prova@0.1.0")
    set_status(version, "retired", DAY)
    with pytest.raises(PublicationRefusedError, match="è ritirata: non ci sono altri passi"):
        set_status(version, "in_review", DAY)


def test_where_everything_is_retired_nothing_is_in_force(folder: Path) -> None:
    name, known = "prova/0.1.0.yaml", publications(folder)
    write_record(folder, known | {name: replace(known[name], status="retired", retired_on=DAY)})
    with pytest.raises(CatalogueError, match="nessuna versione dello strumento prova è in uso il 01/12/2026"):
        load(folder).in_force("prova", DAY)
    with pytest.raises(CatalogueError, match=r"«provva» non esiste \(volevi dire «prova»\?\)"):
        load(folder).in_force("provva", DAY)
