"""Publication on the site: the database has the file, and every server and command reads it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from surveyapp.focus_groups import drafts, publishing
from surveyapp.focus_groups.edit_model import SetModule, SetWording
from surveyapp.focus_groups.publishing import Moment, Wanted
from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.instruments.file_checks import problems_of
from surveyapp.instruments.publication import PublicationRefusedError
from surveyapp.instruments.publication_record import read_record
from surveyapp.storage import drafts as stored
from surveyapp.storage import versions
from surveyapp.storage.engine import writing
from surveyapp.study.library import Library, library, write_down
from surveyapp.study.versions import agree
from tests.bundled import FOLDER, bundled
from tests.focus_groups.approved import ANNA, BRUNO, EASIER, WORDS, create_approved

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
MOMENT = Moment(NOW, date(2026, 11, 27))
WANTED = Wanted(MOMENT.today, "Parole più semplici.", {}, {("AUT_OCC", "P", "easy"): "Stessa domanda."})
AUT = ("instrument", "aut", "0.1.0")


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection


@pytest.fixture
def catalogue() -> Catalogue:
    return bundled()


def publish(connection: Connection, draft: int, wanted: Wanted = WANTED) -> Library:
    row = stored.found(connection, draft)
    assert row is not None
    publishing.publish(connection, FOLDER, row, wanted, MOMENT)
    return library(connection, FOLDER)


def test_a_published_draft_is_a_file_like_the_others(connection: Connection, catalogue: Catalogue) -> None:
    draft = create_approved(connection, catalogue, FOLDER)
    now = publish(connection, draft)
    path, row = now.folder / "aut/0.2.0.yaml", stored.found(connection, draft)
    assert row is not None
    assert path.read_bytes() == row.document.encode()
    assert problems_of(path) == []
    assert (
        now.catalogue.in_force("aut", MOMENT.today).declared["AUT_OCC3"].wordings["P", "easy"].text == WORDS
    )
    known = now.catalogue.publications["aut/0.2.0.yaml"]
    assert (known.author, known.approver, known.previous) == (ANNA, BRUNO, "0.1.0")
    declared = known.comparability["AUT_OCC", "P", "easy"]
    assert (declared.level, declared.reasons[-1]) == ("to justify", "Stessa domanda.")


def test_files_and_database_agree_after_a_publication(connection: Connection, catalogue: Catalogue) -> None:
    agree(connection, FOLDER, catalogue)
    now = publish(connection, create_approved(connection, catalogue, FOLDER))
    assert agree(connection, now.folder, now.catalogue) == 0


def test_a_level_is_lowered_with_a_reason_and_never_raised(
    connection: Connection, catalogue: Catalogue
) -> None:
    draft = create_approved(connection, catalogue, FOLDER)
    measure = ("AUT_OCC", "P", "easy")
    with pytest.raises(PublicationRefusedError, match="non può diventare uguale"):
        publish(connection, draft, Wanted(MOMENT.today, "Nota.", {measure: "equal"}))
    now = publish(connection, draft, Wanted(MOMENT.today, "Nota.", {measure: "not comparable"}))
    assert now.catalogue.publications["aut/0.2.0.yaml"].comparability[measure].level == "not comparable"


def test_a_day_that_is_past_is_refused(connection: Connection, catalogue: Catalogue) -> None:
    draft = create_approved(connection, catalogue, FOLDER)
    with pytest.raises(PublicationRefusedError, match="non può essere prima di oggi"):
        publish(connection, draft, Wanted(date(2026, 11, 26), "Nota."))
    assert versions.changed_here(connection) == []


def test_what_was_published_is_written_among_the_files(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Then the folder has it too, and nothing changes when it is read again."""
    publish(connection, create_approved(connection, catalogue, FOLDER))
    folder = tmp_path / "instruments"
    shutil.copytree(FOLDER, folder)
    rows = versions.changed_here(connection)
    assert write_down(folder, rows) == ["aut/0.2.0.yaml"]
    assert read_record(folder)["aut/0.2.0.yaml"].author == ANNA
    again = library(connection, folder)
    assert agree(connection, again.folder, again.catalogue) >= 0
    (folder / "aut/0.2.0.yaml").write_text("id: aut", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"ha un contenuto diverso da aut 0\.2\.0, pubblicata dal sito"):
        library(connection, folder)


def test_a_file_with_the_name_of_a_draft_is_not_written_over(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = tmp_path / "instruments"
    shutil.copytree(FOLDER, folder)
    (folder / "aut/0.2.0.yaml").write_text("id: aut", encoding="utf-8")
    row = stored.found(connection, create_approved(connection, catalogue, FOLDER))
    assert row is not None
    with pytest.raises(PublicationRefusedError, match="c'è già fra i file degli strumenti"):
        publishing.publish(connection, folder, row, WANTED, MOMENT)


def test_a_version_is_retired_once_another_one_is_in_use(
    connection: Connection, catalogue: Catalogue
) -> None:
    agree(connection, FOLDER, catalogue)
    with pytest.raises(PublicationRefusedError, match="è l'unica versione in uso"):
        publishing.retire(connection, FOLDER, AUT, MOMENT)
    publish(connection, create_approved(connection, catalogue, FOLDER))
    publishing.retire(connection, FOLDER, AUT, MOMENT)
    now = library(connection, FOLDER)
    assert now.catalogue.publications["aut/0.1.0.yaml"].status == "retired"
    assert now.catalogue.publications["aut/0.2.0.yaml"].status == "published"
    assert agree(connection, now.folder, now.catalogue) == 0


def test_a_new_version_may_have_the_words_of_an_old_one(connection: Connection, catalogue: Catalogue) -> None:
    """There is no way back but forward: 0.3.0 says what 0.1.0 said."""
    now = publish(connection, create_approved(connection, catalogue, FOLDER))
    family = drafts.family_of(now.catalogue, now.folder, "aut")
    assert family is not None
    text = drafts.text_of(now.catalogue, now.folder, "aut", "0.1.0")
    row = stored.found(connection, drafts.open_draft(connection, family, ANNA, NOW, text))
    assert row is not None
    assert (row.based_on, row.version) == ("0.2.0", "0.2.1")
    (change,) = drafts.review(row, family, {}).changes
    assert change.change.place == f"{EASIER.item}.text.P.easy"
    assert drafts.text_of(now.catalogue, now.folder, "aut", "9.0.0") is None


def test_a_module_is_published_and_taken_by_the_instrument_that_includes_it(
    connection: Connection, catalogue: Catalogue
) -> None:
    module = catalogue.modules["mcr", "0.1.0"]
    name, item = next(iter(module.declared.items()))
    seen_as = next(iter(item.wordings))
    easier = SetWording(name, seen_as, f"{item.wordings[seen_as].text} Pensaci bene.")
    now = publish(connection, create_approved(connection, catalogue, FOLDER, (easier,), "0.2.0", "mcr"))
    assert (
        now.catalogue.in_force("qil", MOMENT.today).declared[name].wordings[seen_as] == item.wordings[seen_as]
    )
    taken = (SetModule("mcr", "0.2.0"),)
    now = publish(connection, create_approved(connection, now.catalogue, now.folder, taken, "0.2.0", "qil"))
    assert now.catalogue.in_force("qil", MOMENT.today).declared[name].wordings[seen_as].text == easier.words
