"""The chapters as pages: valid, in words where nobody has answered, without a person's code."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.document import Document, Stamp, html
from surveyapp.reports.frames import Study
from surveyapp.reports.numbers import Numbers
from surveyapp.reports.reading import load
from surveyapp.reports.tables import Section, names_of
from surveyapp.reports.validation.chapters import APPENDIX, CHAPTERS
from surveyapp.reports.validation.report import compute
from tests.reports.invented import a_path, answered
from tests.reports.pages import visit, words
from tests.reports.validation.people import TODAY, answers_of, people_with_pairs
from tests.reports.validation.seen import say_sex, sent

TITLE = "Rapporto di validazione"
INSTRUMENTS = ("aut", "oss", "qil", "vip", "acc", "fu6")
TITLES = {
    "due-volte": "Secondo osservatore e ripetizione",
    "punti-di-vista": "I punti di vista a confronto",
    "obiettivi": "Gli obiettivi della persona",
    "risposte-aperte": "Le risposte aperte",
    "potenziale": "Come si usa la valutazione",
    "territori": "I territori uno accanto all'altro",
    "sesso": "Per sesso, dove i numeri lo permettono",
}
EXPECTED = {
    "aut": ["due-volte", "obiettivi", "territori", "risposte-aperte"],
    "oss": ["due-volte", "territori", "risposte-aperte"],
    "qil": ["due-volte", "punti-di-vista", "territori", "risposte-aperte"],
    "vip": ["potenziale", "risposte-aperte"],
    "acc": ["territori", "risposte-aperte"],
    "fu6": [],
}


def study_of(connection: Connection, catalogue: Catalogue, instrument: str) -> Study:
    return load(connection, catalogue, instrument, form=None)


def numbers_of(study: Study) -> Numbers:
    return Numbers(tuple(row for rows, _ in (*CHAPTERS, APPENDIX) for row in rows(study)))


def sections_of(study: Study) -> list[Section]:
    numbers, names = numbers_of(study), names_of(study)
    return [section for _, page in (*CHAPTERS, APPENDIX) if (section := page(numbers, names, study))]


def page_of(study: Study, folder: Path) -> str:
    document = Document(
        title=TITLE,
        subtitle=study.instrument.title,
        brief=("Prova.",),
        sections=tuple(sections_of(study)),
        stamp=Stamp(TODAY, study.digest),
        demonstration=False,
    )
    path = folder / "report.html"
    path.write_text(html(document), encoding="utf-8")
    return words(visit(path, TITLE))


def many(connection: Connection, catalogue: Catalogue) -> None:
    """Enough people for every chapter of every instrument."""
    for number in range(12):
        path_id = a_path(connection)
        say_sex(connection, path_id, "FM"[number % 2])
        goal = {"AUT_OB1": "prendere il treno", "AUT_ASP1": "=1+1"}
        answered(connection, catalogue, path_id, "EXANTE", answers_of(number) | goal)
        rated = {"AUT_OBR1": number % 3}
        first = answered(connection, catalogue, path_id, "EXPOST", answers_of(number) | rated)
        answered(connection, catalogue, path_id, "RETEST", answers_of(number, 1), retest_of=first)
        sent(connection, catalogue, "aut", path_id, "EXPOST", rated)
        for rater in (1, 2):
            sent(connection, catalogue, "oss", path_id, "EXANTE", rater=rater, default=1 + number % 5)
        for form in ("P", "O", "C"):
            given = {} if form == "P" else {"QIL_REL4": 0}
            values = {"form": form, "default": 1 + (number + len(form)) % 5}
            sent(connection, catalogue, "qil", path_id, "EXPOST", given, **values)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_chapter_is_a_valid_page(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    many(connection, catalogue)
    for instrument in ("aut", "oss", "qil"):
        study = study_of(connection, catalogue, instrument)
        page = page_of(study, tmp_path)
        ids = [section.id for section in sections_of(study)]
        *before, last = EXPECTED[instrument]
        assert ids == [*before, "sesso", last]
        assert all(TITLES[name] in page for name in ids)
        assert not any(one.person_code in page for one in study.administrations)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_answers_each_chapter_says_so(
    connection: Connection, catalogue: Catalogue, tmp_path: Path, instrument: str
):
    study = study_of(connection, catalogue, instrument)
    assert numbers_of(study).rows == ()
    sections = sections_of(study)
    assert [section.id for section in sections] == EXPECTED[instrument]
    assert all(section.sentences and not section.parts for section in sections)
    page_of(study, tmp_path)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_points_of_view_are_never_called_agreement(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    many(connection, catalogue)
    study = study_of(connection, catalogue, "qil")
    numbers, names = numbers_of(study), names_of(study)
    section = CHAPTERS[1][1](numbers, names, study)
    said = str(section).lower()
    assert section
    assert section.parts[0].drawing
    assert not any(word in said for word in ("accordo", "affidabil", "attendibil", "errore di"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_numbers_stand_beside_those_of_the_other_chapters(connection: Connection, catalogue: Catalogue):
    people_with_pairs(connection, catalogue, 12, lost=1)
    many(connection, catalogue)
    for instrument in ("aut", "qil"):
        study = study_of(connection, catalogue, instrument)
        own, names = numbers_of(study), names_of(study)
        rows = compute(study, TODAY).rows
        assert set(own.rows) <= set(rows)
        assert len({(row.place, row.figure.statistic) for row in rows}) == len(rows)
        for _, page in (*CHAPTERS, APPENDIX):
            assert page(Numbers(rows), names, study) == page(own, names, study)
