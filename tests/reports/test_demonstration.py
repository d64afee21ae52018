"""The report on the whole demonstration: 120 invented people in two territories."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.change_report import write_report
from surveyapp.reports.exports.write import write_exports
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, writing
from surveyapp.study.demonstration import fill
from tests.reports.invented import TODAY
from tests.reports.pages import NAMESPACE, results, visit, words


@pytest.fixture(scope="module")
def folder(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("demonstration")
    engine = open_engine(f"sqlite:///{folder / 'demonstration.db'}")
    schema.upgrade(engine)
    with writing(engine) as connection:
        fill(connection, catalogue, datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
        write_report(connection, catalogue, "aut", folder, today=TODAY)
        write_exports(connection, catalogue, "aut", folder, kinds=["csv"])
    yield folder
    engine.dispose()


def test_the_whole_page_is_valid_and_marked(folder: Path):
    page = visit(folder / "report.html")
    assert words(page.find(f".//{NAMESPACE}p")) == "Dimostrazione: persone e risposte inventate"
    assert len(list(page.iter(f"{NAMESPACE}table"))) > 20


def test_no_number_rests_on_fewer_than_ten(folder: Path):
    frame = results(folder)
    shown = frame[(frame["estimator"] != "count") & (frame["value"] != "")]
    assert len(shown) > 500
    assert shown["n"].astype(int).min() >= 10
    few = shown[shown["n"].astype(int) < 30]
    assert few["label"].str.contains("esplorativo").all()


def test_both_readings_of_the_indicator_are_there(folder: Path):
    frame = results(folder).query(
        "scale == 'MIG_IND' and statistic == 'mean' and variant == 'all' and item == ''"
    )
    assert {"declaring", "everybody"} <= set(frame["subset"])


def test_every_row_is_one_number_of_one_place(folder: Path):
    frame = results(folder)
    place = ["version", "scale", "item", "territory", "occasion", "variant", "subset", "statistic"]
    assert not frame.duplicated(place).any()
    assert set(frame["data"]) == {"dimostrazione"}
