"""The validation report as a whole: valid, traceable, the same for the same data."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pypdfium2
import pytest
from sqlalchemy import Connection

from surveyapp.focus_groups.measured import keep_numbers
from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.reports.numbers import EVERYWHERE
from surveyapp.reports.reading import load
from surveyapp.reports.results_json import results_json
from surveyapp.reports.validation.report import TerritoryError, compute, validation, within, write_validation
from surveyapp.storage import item_statistics, schema
from surveyapp.storage.engine import open_engine, writing
from surveyapp.storage.statistic_tables import STATISTICS
from tests.factories import NOW
from tests.reports.invented import a_path, an_administration
from tests.reports.pages import NAMESPACE, results, table, visit, words
from tests.reports.validation.people import TODAY, people_with_pairs

SCHEMA = Path("surveyapp/reports/results.schema.json")
TITLE = "Rapporto di validazione"


@pytest.fixture(scope="module")
def some(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A database with a few people of two territories, made once: printing a report takes seconds."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('people') / 'people.db'}")
    schema.upgrade(engine)
    with writing(engine) as connection:
        people_with_pairs(connection, catalogue, 12, lost=2)
        people_with_pairs(connection, catalogue, 3, province="Cremona", ambito="Cremona")
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def folder(some: Connection, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validation")
    write_validation(some, catalogue, "aut", folder, today=TODAY)
    return folder


def test_the_report_is_there_in_every_form(folder: Path):
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "report.pdf", "results.csv", "results.json", "tables.xlsx"} <= names
    page = visit(folder / "report.html", TITLE)
    drawings = [one for one in page.iter() if str(one.tag).endswith("svg")]
    tables = list(page.iter(f"{NAMESPACE}table"))
    assert len(drawings) == sum(name.endswith(".svg") for name in names) > 0
    assert len(drawings) == sum(name.endswith(".png") for name in names)
    assert len(tables) == sum(name.startswith("tables/") for name in names) > 10


def test_every_page_says_day_digest_and_software(folder: Path):
    page = words(visit(folder / "report.html", TITLE))
    digest = json.loads((folder / "results.json").read_text())["data_digest"]
    assert f"Dati letti il 27 novembre 2026 · impronta dei dati {digest[:12]} · surveyapp" in page


def test_the_printed_report_is_tagged_with_bookmarks_and_its_stamp_on_every_page(folder: Path):
    printed = pypdfium2.PdfDocument(folder / "report.pdf")
    assert pypdfium2.raw.FPDFCatalog_IsTagged(printed)
    assert "Affidabilità delle scale" in [mark.get_title() for mark in printed.get_toc()]
    for page in printed:
        assert "impronta dei dati" in page.get_textpage().get_text_bounded()
    printed.close()


def test_numbers_for_programs_follow_their_schema(folder: Path):
    written = json.loads((folder / "results.json").read_text())
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(written)
    frame = results(folder)
    assert len(written["results"]) == len(frame) > 1000
    assert not {"nan", "inf", "-inf"} & set(frame["value"].str.lower())


def test_each_kind_of_number_on_questions_is_found_in_the_report(some: Connection, folder: Path):
    keep_numbers(some, "aut", (folder / "results.json").read_bytes(), NOW)
    kept = item_statistics.of_items(some, "aut", ["AUT_OCC3"])["AUT_OCC3"]
    assert {one.statistic for one in kept} == set(STATISTICS)
    frame = results(folder)
    here = (frame["item"] == "AUT_OCC3") & (frame["territory"] == EVERYWHERE) & (frame["subset"] == "")
    rest = frame[here & (frame["statistic"] == "item_rest") & (frame["value"] != "")]
    shown = [one.value for one in kept if one.statistic == "item_rest" and one.value is not None]
    assert shown == pytest.approx([float(value) for value in rest["value"]])
    assert len(shown) > 0


def test_no_number_stands_without_its_n(folder: Path):
    frame = results(folder)
    shown = frame[
        (frame["estimator"] != "count") & (frame["value"] != "") & (frame["estimator"] != "planning")
    ]
    bound = shown[shown["estimator"] != "bound"]
    assert bound["n"].astype(int).min() >= 10
    hidden = frame[(frame["value"] == "")]
    assert (hidden["reason"] != "").all()


def test_every_row_is_one_number_of_one_place(folder: Path):
    columns = ["version", "form", "length", "scale", "item", "territory", "occasion", "variant", "subset"]
    assert not results(folder).duplicated([*columns, "statistic"]).any()


def test_the_same_data_make_the_same_bytes(some: Connection, catalogue: Catalogue, folder: Path):
    tomorrow = TODAY.replace(day=28)
    study = load(some, catalogue, "aut", form=None)
    numbers = compute(study, tomorrow)
    again = results_json(validation(study, numbers, tomorrow, ()), numbers, "aut")
    assert again == (folder / "results.json").read_text()


def test_no_cell_of_the_tables_is_a_formula(folder: Path):
    with zipfile.ZipFile(folder / "tables.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert sheets
        assert not [name for name in sheets if re.search(rb"<f[ >]", book.read(name))]


def test_every_table_has_a_caption_with_the_version(folder: Path):
    captions = [words(one) for one in visit(folder / "report.html", TITLE).iter(f"{NAMESPACE}caption")]
    general = [one for one in captions if one.startswith(("Quante coppie servono", "Quanto è largo"))]
    assert all("aut 0.1.0" in one for one in captions if one not in general)


def test_small_territories_are_only_counted(folder: Path):
    page = visit(folder / "report.html", TITLE)
    assert "1 territorio ha meno di 10 coppie" in words(page)
    assert "Cremona" not in words(table(page, "Cambiamento su 100 punti"))


def test_a_territory_can_be_asked_for_alone(some: Connection, catalogue: Catalogue):
    study = load(some, catalogue, "aut", form=None)
    bergamo = within(study, ("Provincia di Bergamo",))
    assert {one.territory for one in bergamo.administrations} == {"Provincia di Bergamo"}
    assert 0 < len(bergamo.responses) < len(study.responses)
    assert bergamo.digest != study.digest
    said = validation(bergamo, compute(bergamo, TODAY), TODAY, ("Provincia di Bergamo",))
    assert "Solo Provincia di Bergamo." in said.subtitle
    with pytest.raises(TerritoryError, match="i territori con dati sono: Ambito di Cremona e Provincia"):
        within(study, ("Lecco",))


def test_before_the_first_answer_there_are_words(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    an_administration(connection, catalogue, a_path(connection), "EXANTE")
    write_validation(connection, catalogue, "aut", tmp_path, today=TODAY)
    assert "Non c'è ancora nessuna compilazione inviata" in words(visit(tmp_path / "report.html", TITLE))


def test_an_unknown_instrument_is_refused_by_name(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    with pytest.raises(CatalogueError, match="xyz"):
        write_validation(connection, catalogue, "xyz", tmp_path, today=TODAY)
    assert not list(tmp_path.iterdir())


def test_who_waits_is_told_how_far_it_is(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    people_with_pairs(connection, catalogue, 2)
    told: list[int] = []
    write_validation(
        connection,
        catalogue,
        "aut",
        tmp_path,
        today=TODAY,
        tell=lambda progress, _words: told.append(progress),
    )
    assert told == sorted(told)
    assert len(told) > 5
