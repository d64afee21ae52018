"""The files of the register come in all together or not at all, whatever their order."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import register_rows
from surveyapp.storage.tables import Person
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.study.register_files import read_files
from surveyapp.study.register_import import KindSummary, RegisterSummary, import_files
from tests.factories import create_organisation, create_path
from tests.study.conftest import NOW

PEOPLE = "codice;provincia;ambito;inizio_percorso;fine_percorso"
ORGANISATIONS = "codice;tipo_ente;provincia;ambito;dimensione;settore"
AGREEMENTS = "codice;provincia;ente_esecutore;committente;data_firma;scadenza;data_chiusura"
PLACEMENTS = "codice;persona;tipo;ospitante;convenzione;inizio;fine;motivo_fine;ore_settimanali;compenso"
ACCOMPANIMENTS = "codice;ente;inizio;fine"

EVERYTHING = {
    "accompagnamenti.csv": (ACCOMPANIMENTS, "AC-1;AZ-1;01/09/2026;"),
    "inserimenti.csv": (
        PLACEMENTS,
        "IN-1;BG-1;A14;COOP-1;CV-1;01/09/2026;;;20;sì",
        "IN-2;CR-1;TIS;AZ-1;;01/09/2026;31/01/2027;;22,5;sì",
    ),
    "convenzioni.csv": (AGREEMENTS, "CV-1;BG;COOP-1;AZ-1;01/03/2026;28/02/2028;"),
    "enti.csv": (ORGANISATIONS, "AZ-1;azienda;BG;;42;", "COOP-1;cooperativa B;BG;;;"),
    "persone.csv": (PEOPLE, "BG-1;BG;;15/06/2026;", "CR-1;CR;Cremona;01/07/2026;"),
}


@pytest.fixture
def given(connection: Connection, catalogue: Catalogue) -> Any:
    """Imports files: names with their lines."""

    def given(files: dict[str, tuple[str, ...]]) -> RegisterSummary:
        data = {name: "\n".join([*lines, ""]).encode() for name, lines in files.items()}
        return import_files(connection, catalogue, read_files(data), NOW)

    return given


def refused(given: Any, *lines: str, **others: tuple[str, ...]) -> list[tuple[str, int, str]]:
    with pytest.raises(ImportRefusedError) as error:
        given({"f.csv": lines, **others})
    return [(problem.file, problem.line, problem.message) for problem in error.value.problems]


def counts(connection: Connection) -> tuple[int, ...]:
    register = register_rows.load(connection)
    return tuple(len(rows) for rows in vars(register).values())


def test_files_come_in_whatever_their_order(given: Any, connection: Connection) -> None:
    summary = given(EVERYTHING)
    assert summary.people is not None
    assert summary.people.added == 2
    assert dict(summary.others) == {
        "organisations": KindSummary(2, 0, 0),
        "agreements": KindSummary(1, 0, 0),
        "placements": KindSummary(2, 0, 0),
        "accompaniments": KindSummary(1, 0, 0),
    }
    found = register_rows.load(connection)
    assert [(row.code, row.person_code, row.host) for row in found.placements] == [
        ("IN-1", "BG-1", "COOP-1"),
        ("IN-2", "CR-1", "AZ-1"),
    ]
    assert (found.placements[0].executing_body, found.placements[0].client_firm) == ("COOP-1", "AZ-1")
    assert found.placements[1].minutes_a_week == 1350
    assert found.accompaniments[0].organisation == "AZ-1"
    assert not any(row.demonstration for row in found.organisations)


def test_the_same_files_again_change_nothing(given: Any, connection: Connection) -> None:
    given(EVERYTHING)
    before = register_rows.load(connection)
    summary = given(EVERYTHING)
    assert (summary.people.added, summary.people.unchanged) == (0, 2)
    assert {(found.added, found.completed) for found in summary.others.values()} == {(0, 0)}
    assert register_rows.load(connection) == before


def test_files_may_come_one_after_the_other(given: Any, connection: Connection) -> None:
    for name in ("enti.csv", "persone.csv", "convenzioni.csv", "inserimenti.csv", "accompagnamenti.csv"):
        given({name: EVERYTHING[name]})
    assert counts(connection)[:5] == (2, 2, 1, 2, 1)


def test_one_bad_row_in_one_file_leaves_everything_as_it_was(given: Any, connection: Connection) -> None:
    bad = {**EVERYTHING, "inserimenti.csv": (PLACEMENTS, "IN-1;BG-1;TIS;AZ-9;;01/09/2026;;;20;sì")}
    with pytest.raises(ImportRefusedError):
        given(bad)
    assert counts(connection) == (0,) * 6


def test_later_files_complete(given: Any, connection: Connection) -> None:
    given(EVERYTHING)
    completed = {
        "enti.csv": (ORGANISATIONS, "AZ-1;azienda;BG;;42;meccanica"),
        "convenzioni.csv": (AGREEMENTS, "CV-1;BG;COOP-1;AZ-1;01/03/2026;28/02/2028;30/09/2026"),
        "inserimenti.csv": (PLACEMENTS, "IN-1;BG-1;A14;COOP-1;CV-1;01/09/2026;30/09/2026;Assunzione;20;sì"),
        "accompagnamenti.csv": (ACCOMPANIMENTS, "AC-1;AZ-1;01/09/2026;31/10/2026"),
    }
    assert {found.completed for found in given(completed).others.values()} == {1}
    found = register_rows.load(connection)
    assert found.organisations[0].sector == "meccanica"
    assert found.agreements[0].ended_on == date(2026, 9, 30)
    assert (found.placements[0].ended_on, found.placements[0].end_reason) == (date(2026, 9, 30), "Assunzione")
    assert found.accompaniments[0].ended_on == date(2026, 10, 31)


def test_columns_that_a_file_does_not_have_say_nothing(given: Any) -> None:
    given(EVERYTHING)
    summary = given({"enti.csv": ("codice;tipo_ente;provincia", "AZ-1;azienda;BG")})
    assert summary.others["organisations"] == KindSummary(0, 0, 1)


def test_an_end_still_to_come_may_be_moved(given: Any, connection: Connection) -> None:
    given(EVERYTHING)
    for end, expected in (("28/02/2027", date(2027, 2, 28)), ("", None), ("30/11/2026", date(2026, 11, 30))):
        given({"f.csv": (PLACEMENTS, f"IN-2;CR-1;TIS;AZ-1;;01/09/2026;{end};;22,5;sì")})
        assert register_rows.placements(connection)[1].ended_on == expected


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        (ORGANISATIONS, "AZ-1;altro;BG;;42;", "tipo_ente: nel registro c'è «azienda», nel file «altro»"),
        (ORGANISATIONS, "AZ-1;azienda;BG;;;", "dimensione: nel registro c'è «da 36 a 50», nel file «»"),
        (ORGANISATIONS, "az-1;azienda;BG;;42;", "codice: nel registro c'è «AZ-1», nel file «az-1»"),
        (
            AGREEMENTS,
            "CV-1;BG;COOP-1;AZ-1;02/03/2026;28/02/2028;",
            "data_firma: nel registro c'è «01/03/2026»",
        ),
        (AGREEMENTS, "CV-1;BG;COOP-1;AZ-1;01/03/2026;28/02/2029;", "scadenza: nel registro c'è «28/02/2028»"),
        (PLACEMENTS, "IN-1;BG-1;A14;COOP-1;CV-1;01/09/2026;;;20;no", "compenso: nel registro c'è «sì»"),
        (
            PLACEMENTS,
            "IN-1;BG-1;A14;COOP-1;CV-1;01/09/2026;;;21;sì",
            "ore_settimanali: nel registro c'è «20»",
        ),
        (PLACEMENTS, "IN-1;CR-1;A14;COOP-1;CV-1;01/09/2026;;;20;sì", "persona: nel registro c'è «BG-1»"),
        (ACCOMPANIMENTS, "AC-1;COOP-1;01/09/2026;", "ente: nel registro c'è «AZ-1», nel file «COOP-1»"),
        (PEOPLE, "BG-1;BG;;16/06/2026;", "inizio_percorso: nel registro c'è «2026-06-15»"),
    ],
)
def test_a_row_that_contradicts_the_register_is_refused(
    given: Any, connection: Connection, header: str, row: str, words: str
) -> None:
    given(EVERYTHING)
    before = register_rows.load(connection)
    [(file, line, message)] = refused(given, header, row)
    assert (file, line) == ("f.csv", 2)
    assert message.startswith(words)
    assert register_rows.load(connection) == before


def test_an_end_that_is_past_stays(given: Any) -> None:
    given({**EVERYTHING, "accompagnamenti.csv": (ACCOMPANIMENTS, "AC-1;AZ-1;01/09/2026;31/10/2026")})
    [(_, _, message)] = refused(given, ACCOMPANIMENTS, "AC-1;AZ-1;01/09/2026;30/10/2026")
    assert message.startswith("fine: nel registro c'è «31/10/2026», nel file «30/10/2026»")


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        (
            PLACEMENTS,
            "IN-9;BG-01;TIS;AZ-1;;01/09/2026;;;20;sì",
            "persona: «BG-01» non c'è né nel registro né nei file (persone): forse è BG-1",
        ),
        (
            PLACEMENTS,
            "IN-9;bg-1;TIS;AZ-1;;01/09/2026;;;20;sì",
            "persona: «bg-1» non c'è né nel registro né nei file (persone): forse è BG-1",
        ),
        (
            PLACEMENTS,
            "IN-9;BG-1;TIS;Q99999;;01/09/2026;;;20;sì",
            "ospitante: «Q99999» non c'è né nel registro né nei file (enti): controlla il codice",
        ),
        (
            PLACEMENTS,
            "IN-9;BG-1;A14;COOP-1;CV-01;01/09/2026;;;20;sì",
            "convenzione: «CV-01» non c'è né nel registro né nei file (convenzioni): forse è CV-1",
        ),
        (ACCOMPANIMENTS, "AC-9;AZ1;01/09/2026;", "ente: «AZ1» non c'è"),
        (AGREEMENTS, "CV-9;BG;COOP-2;AZ-1;01/03/2026;28/02/2028;", "ente_esecutore: «COOP-2» non c'è"),
        (
            AGREEMENTS,
            "CV-9;BG;AZ-1;COOP-1;01/03/2026;28/02/2028;",
            "ente_esecutore: «AZ-1» è azienda: controlla di non averlo scambiato",
        ),
        (
            PLACEMENTS,
            "IN-9;BG-1;TIS;AZ-1;;14/06/2026;;;20;sì",
            "inizio: viene prima dell'inizio del percorso (15/06/2026)",
        ),
        (
            PLACEMENTS,
            "IN-9;CR-2;TIS;AZ-1;;02/10/2026;;;20;sì",
            "inizio: viene dopo la fine del percorso (01/10/2026)",
        ),
        (
            PLACEMENTS,
            "IN-9;BG-1;A14;COOP-1;CV-2;01/10/2026;;;20;sì",
            "inizio: la convenzione finisce prima (30/09/2026)",
        ),
        (
            PLACEMENTS,
            "IN-9;BG-1;TIS;AZ-1;;01/09/2026;31/12/2028;;20;sì",
            "fine: «31/12/2028» è fra più di un anno",
        ),
        (PEOPLE, "BG-9;BG;;15/06/2028;", "inizio_percorso: «15/06/2028» è fra più di un anno"),
        (
            PEOPLE,
            "BG-1;BG;;15/06/2026;31/08/2026",
            "fine_percorso: un inserimento comincia dopo, il 01/09/2026",
        ),
        (ORGANISATIONS, "LC-1;azienda;CR;CREMONA;;", ""),
        (ORGANISATIONS, "LC-1;azienda;Lecco;LECCO;;", "ambito: «LECCO» è scritto anche «Lecco»"),
    ],
)
def test_a_row_that_cannot_be_beside_the_others_is_refused(
    given: Any, header: str, row: str, words: str
) -> None:
    given(EVERYTHING)
    given(
        {
            "p.csv": (PEOPLE, "CR-2;CR;Cremona;01/07/2026;01/10/2026", "LC-2;Lecco;Lecco;01/07/2026;"),
            "c.csv": (AGREEMENTS, "CV-2;BG;COOP-1;AZ-1;01/03/2026;28/02/2028;30/09/2026"),
        }
    )
    if not words:
        given({"f.csv": (header, row)})
        return
    [(file, line, message)] = refused(given, header, row)
    assert (file, line) == ("f.csv", 2)
    assert message.startswith(words)


def test_an_agreement_may_expire_in_years(given: Any) -> None:
    given(EVERYTHING)
    given({"f.csv": (AGREEMENTS, "CV-9;BG;COOP-1;AZ-1;01/03/2026;28/02/2031;")})


def test_a_placement_may_end_after_its_path(given: Any) -> None:
    given(EVERYTHING)
    given({"f.csv": (PEOPLE, "CR-1;CR;Cremona;01/07/2026;30/09/2026")})
    given({"f.csv": (PLACEMENTS, "IN-9;CR-1;TIR;AZ-1;;30/09/2026;31/03/2027;;20;sì")})


def test_dates_are_compared_with_those_of_the_same_import(given: Any) -> None:
    found = refused(
        given,
        *(PEOPLE, "BG-9;BG;;15/06/2026;31/08/2026"),
        **{"g.csv": (PLACEMENTS, "IN-9;BG-9;SFA;;;01/09/2026;;;;")},
    )
    assert [(file, message.partition(":")[0]) for file, _, message in found] == [
        ("f.csv", "fine_percorso"),
        ("g.csv", "inizio"),
    ]


def test_a_code_is_in_one_file_only(given: Any) -> None:
    rows = (ORGANISATIONS, "AZ-1;azienda;BG;;;")
    assert refused(given, *rows, **{"g.csv": rows}) == [
        ("g.csv", 2, "codice: è già in f.csv, riga 2: lascialo in un file solo")
    ]


def test_every_problem_of_every_file_is_told(given: Any) -> None:
    found = refused(
        given,
        *(PLACEMENTS, "IN-1;BG-1;TIS;AZ-1;;01/09/2026;;;20;sì", "IN-2;BG-2;TIS;AZ-2;;01/09/2026;;;20;sì"),
        **{"g.csv": (ACCOMPANIMENTS, "AC-1;AZ-1;01/09/2026;")},
    )
    assert [(file, line) for file, line, _ in found] == [
        ("f.csv", 2),
        ("f.csv", 2),
        ("f.csv", 3),
        ("f.csv", 3),
        ("g.csv", 2),
    ]


def test_a_database_of_the_demonstration_takes_no_file(given: Any, connection: Connection) -> None:
    create_organisation(connection, demonstration=True)
    with pytest.raises(RefusedError, match="surveyapp demo --clear"):
        given(EVERYTHING)


def test_a_placement_is_of_the_path_that_had_begun_last(given: Any, connection: Connection) -> None:
    given({name: EVERYTHING[name] for name in ("enti.csv", "persone.csv")})
    [first, _] = register_rows.paths(connection)
    person = connection.scalar(select(Person.id).where(Person.code == "BG-1"))
    create_path(connection, person, number=2, started_on=date(2026, 10, 1), ended_on=None)
    given({"f.csv": (PLACEMENTS, "IN-8;BG-1;SFA;;;01/09/2026;;;;", "IN-9;BG-1;SFA;;;02/10/2026;;;;")})
    earlier, later = register_rows.placements(connection)
    assert earlier.path_id == first.id
    assert later.path_id != first.id
