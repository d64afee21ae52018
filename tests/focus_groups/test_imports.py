"""Notes and criteria from files: all together or nothing, each problem with its line, twice is once."""

import pytest
from sqlalchemy import Connection, Engine, select

from surveyapp.focus_groups.imports import CriteriaSummary, NotesSummary, import_criteria, import_notes
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import focus_groups
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.focus_tables import Criterion, Excerpt, ExcerptCode
from surveyapp.study.errors import ImportRefusedError, RefusedError
from tests.factories import NOW, create_focus_group, create_focus_participant

BY = "socialis@study.example"
NOTES = """testo;ruolo;minuto;criteri;tipo
Il tutor fa la differenza;P1;12;QIL_BEN1 | Il tutor resta;criterio nuovo
Le pause contano;referente CM;;andare volentieri;Conferma
Le pause contano;;;;
Marco non era contento;;0;;
"""


@pytest.fixture
def meeting(engine: Engine) -> int:
    with writing(engine) as connection:
        made = create_focus_group(connection, code="FG1")
        for code, role in (("P1", "cooperativa"), ("P2", "referente CM"), ("P3", "tutor"), ("P4", "tutor")):
            create_focus_participant(connection, made, code=code, role=role)
    return made


def notes(engine: Engine, catalogue: Catalogue, text: str = NOTES, code: str = "FG1") -> NotesSummary:
    with writing(engine) as connection:
        return import_notes(connection, catalogue, code, text.encode(), BY, NOW)


def criteria(engine: Engine, catalogue: Catalogue, text: str) -> CriteriaSummary:
    with writing(engine) as connection:
        return import_criteria(connection, catalogue, text.encode(), NOW)


def said(connection: Connection) -> list[tuple[object, ...]]:
    columns = (Excerpt.position, Excerpt.text, Excerpt.speaker_id, Excerpt.minute, Excerpt.source)
    return [tuple(row) for row in connection.execute(select(*columns).order_by(Excerpt.position))]


def test_notes_come_in_with_who_spoke_when_and_what_about(
    engine: Engine, catalogue: Catalogue, meeting: int
) -> None:
    assert notes(engine, catalogue) == NotesSummary(4, 0, 3, 1, (5,))
    with reading(engine) as connection:
        assert said(connection) == [
            (1, "Il tutor fa la differenza", 1, 12, "live"),
            (2, "Le pause contano", 2, None, "live"),
            (3, "Le pause contano", None, None, "live"),
            (4, "Marco non era contento", None, 0, "live"),
        ]
        columns = (ExcerptCode.excerpt_id, ExcerptCode.coder, ExcerptCode.criterion, ExcerptCode.kind)
        assert [tuple(row) for row in connection.execute(select(*columns).order_by(ExcerptCode.id))] == [
            (1, BY, "QIL_BEN1", "new_criterion"),
            (1, BY, "N-1", "new_criterion"),
            (2, BY, "QIL_BEN1", "confirmation"),
        ]


def test_the_same_file_again_changes_nothing_and_a_line_more_is_added(
    engine: Engine, catalogue: Catalogue, meeting: int
) -> None:
    notes(engine, catalogue)
    assert notes(engine, catalogue) == NotesSummary(0, 4, 0, 0, ())
    assert notes(engine, catalogue, f"{NOTES}Un'altra;;;;\n") == NotesSummary(1, 4, 0, 0, ())


def test_columns_may_be_named_in_english_and_left_out(
    engine: Engine, catalogue: Catalogue, meeting: int
) -> None:
    text = 'kind,criteria,text\ngood practice,QIL_BEN1,"Sì, sempre"\n'
    assert notes(engine, catalogue, text) == NotesSummary(1, 0, 1, 0, ())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (";;;;1", "testo: è vuoto"),
        ("x" * 4001 + ";;;;", "testo: più di 4000"),
        (
            "Nota;Marco Rossi;;;",
            "ruolo: non è il codice né il ruolo di un partecipante (ci sono: P1, P2, P3, P4)",
        ),
        ("Nota;tutor;;;", "ruolo: più partecipanti hanno questo ruolo: scrivi il codice (P3, P4)"),
        ("Nota;;601;;", "minuto: «601» non va bene"),
        ("Nota;;;QIL_BEN1;", "tipo: «» non va bene: scrivi criterio nuovo, conferma"),
        ("Nota;;;;conferma", "tipo: c'è un tipo senza criteri"),
        ("Nota;;;QIL_BEN;conferma", "criteri: «QIL_BEN» non è un criterio: forse: QIL_BEN1"),
        ("Nota;;;qwertyuiop;conferma", "criteri: «qwertyuiop» non è un criterio: se è nuovo"),
        ("Nota;;;" + "x" * 201 + ";1", "criteri: più di 200"),
        ("Nota;;", "le celle sono 3 e le colonne 5"),
    ],
)
def test_a_line_that_is_wrong_keeps_the_whole_file_out(
    engine: Engine, catalogue: Catalogue, meeting: int, line: str, told: str
) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        notes(engine, catalogue, f"{NOTES}{line}\n")
    assert any(one.line == 6 and one.message.startswith(told) for one in refused.value.problems)
    assert "Marco" not in str(refused.value)
    with reading(engine) as connection:
        assert said(connection) == []
        assert connection.scalar(select(Criterion.code)) is None


def test_a_meeting_that_is_closed_or_not_there_takes_no_notes(
    engine: Engine, catalogue: Catalogue, meeting: int
) -> None:
    with pytest.raises(RefusedError, match="nessun focus group con il codice «FG9»"):
        notes(engine, catalogue, code="FG9")
    notes(engine, catalogue)
    with writing(engine) as connection:
        focus_groups.change(connection, meeting, {"closed_at": NOW})
    assert notes(engine, catalogue).unchanged == 4
    with pytest.raises(RefusedError, match="le note di FG1 sono chiuse"):
        notes(engine, catalogue, f"{NOTES}Un'altra;;;;\n")


def test_criteria_come_in_with_where_they_come_from(
    engine: Engine, catalogue: Catalogue, meeting: int
) -> None:
    text = "codice;titolo;dove\nOS-1;Il tutor resta;OpenSource14, scheda 3\nOS-2;Le pause;FG1\nOS-3;Orari;\n"
    assert criteria(engine, catalogue, text) == CriteriaSummary(3, 0)
    assert criteria(engine, catalogue, text) == CriteriaSummary(0, 3)
    with reading(engine) as connection:
        columns = (Criterion.code, Criterion.title, Criterion.found_in, Criterion.origin)
        assert [tuple(row) for row in connection.execute(select(*columns).order_by(Criterion.code))] == [
            ("OS-1", "Il tutor resta", None, "OpenSource14, scheda 3"),
            ("OS-2", "Le pause", meeting, ""),
            ("OS-3", "Orari", None, ""),
        ]


def test_a_criterion_of_an_instrument_is_there_already(engine: Engine, catalogue: Catalogue) -> None:
    assert criteria(engine, catalogue, "code,title\nQIL_BEN1,Andare volentieri\n") == CriteriaSummary(0, 1)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("A 1;Titolo;", "codice: servono da 1 a 40"),
        ("OS-1;;", "titolo: servono da 1 a 200"),
        ("QIL_BEN1;Altro;", "titolo: questo codice è già del criterio «Andare volentieri»"),
        (f"OS-1;Titolo;{'x' * 201}", "dove: più di 200"),
        ("os-0;Titolo;", "il codice è già alla riga 2"),
    ],
)
def test_criteria_that_are_wrong_keep_the_whole_file_out(
    engine: Engine, catalogue: Catalogue, line: str, told: str
) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        criteria(engine, catalogue, f"codice;titolo;dove\nOS-0;Primo;\n{line}\n")
    assert any(one.line == 3 and one.message.startswith(told) for one in refused.value.problems)
    with reading(engine) as connection:
        assert connection.scalar(select(Criterion.code)) is None
