"""Criteria over all meetings: how often coded, by which audiences, which are new."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.document import Document
from surveyapp.reports.meetings.matrix import SIDE_BY_SIDE, matrix
from surveyapp.reports.meetings.reading import read_all
from surveyapp.reports.meetings.write import write_meetings
from surveyapp.storage import schema
from surveyapp.storage.engine import open_engine, writing
from surveyapp.storage.excerpts import code
from tests.factories import NOW, create_excerpt, create_focus_group
from tests.reports.meetings.files import bytes_inside, cells, said, sentences, text_of_pdf, text_of_word
from tests.reports.meetings.invented import CANARIES, QUOTED, TODAY, create_whole_meeting
from tests.reports.pages import visit, words

TITLE = "Criteri e focus group"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_engine(f"sqlite:///{tmp_path / 'meetings.db'}")
    schema.upgrade(engine)
    with writing(engine) as connection:
        yield connection
    engine.dispose()


def create_coded(connection: Connection, number: int, criterion: str, **values: object) -> None:
    """A meeting with one note about a criterion."""
    held = date(2026, 6, number)
    meeting = create_focus_group(connection, held_on=held, planned_for=held, **values)
    code(connection, create_excerpt(connection, meeting), "x@study.example", criterion, "context", NOW)


def built(connection: Connection, catalogue: Catalogue) -> Document:
    return matrix(read_all(connection, catalogue), TODAY)


def test_each_meeting_and_each_audience_has_a_column(connection: Connection, catalogue: Catalogue) -> None:
    create_whole_meeting(connection)
    create_coded(connection, 10, "QIL_BEN1", code="FG1", audience="CM")
    document = built(connection, catalogue)
    assert document.tables[1].columns == ("Criterio", "FG1", "FG2")
    assert cells(document, "tabella-matrice-1") == [
        ["Tempo per spiegare (N-1)", "0", "2"],
        ["Regole (AUT_OCC3)", "0", "1"],
        ["Andare volentieri (QIL_BEN1)", "1", "4"],
    ]
    assert cells(document, "tabella-gruppi")[2][1:] == [
        "1", "4", "0", "0", "Collocamenti Mirati e Cooperative sociali e altri enti",
    ]  # fmt: skip


def test_new_criteria_stand_apart_with_the_meeting_they_came_up_in(
    connection: Connection, catalogue: Catalogue
) -> None:
    create_whole_meeting(connection)
    document = built(connection, catalogue)
    assert [block.title for block in document.tables[1].blocks] == [
        "Criteri nuovi",
        "Criteri degli strumenti",
    ]
    assert cells(document, "tabella-nuovi") == [
        ["Tempo per spiegare (N-1)", "FG2", "2", "Cooperative sociali e altri enti"]
    ]
    assert "Criteri di cui si è parlato: 3, di cui nuovi 1. Da più gruppi: 0." in document.brief


def test_many_meetings_take_several_tables(connection: Connection, catalogue: Catalogue) -> None:
    for number in range(1, SIDE_BY_SIDE + 2):
        create_coded(connection, number, "QIL_BEN1", code=f"FG{number}")
    document = built(connection, catalogue)
    assert len(cells(document, "tabella-matrice-1")[0]) == 1 + SIDE_BY_SIDE
    assert cells(document, "tabella-matrice-2") == [["Andare volentieri (QIL_BEN1)", "1"]]
    assert [one.caption for one in document.tables[1:3]] == [
        "Quante note parlano di ogni criterio, incontro per incontro (da FG1 a FG8)",
        "Quante note parlano di ogni criterio, incontro per incontro (FG9)",
    ]


def test_without_meetings_it_says_so(connection: Connection, catalogue: Catalogue) -> None:
    document = built(connection, catalogue)
    assert document.tables == ()
    assert sentences(document, "incontri") == ["Non c'è ancora nessun focus group."]
    assert sentences(document, "per-incontro") == ["Nessuna nota è ancora codificata."]
    assert sentences(document, "nuovi") == ["Finora nessun incontro ha portato criteri nuovi."]


def test_no_word_of_anybody_is_in_any_file(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    create_whole_meeting(connection)
    create_coded(connection, 1, "QIL_BEN1", demonstration=True)
    folder = tmp_path / "out"
    write_meetings(connection, catalogue, folder, today=TODAY)
    page = words(visit(folder / "report.html", TITLE))
    word = text_of_word((folder / "report.docx").read_bytes())
    for text in said(built(connection, catalogue)):
        assert " ".join(text.split()) in page
        assert text in word
    for path in folder.iterdir():
        for canary in (*CANARIES, QUOTED):
            assert canary.encode() not in bytes_inside(path), (path.name, canary)
    assert QUOTED not in text_of_pdf(folder / "report.pdf")
