"""The files of the register are recognised by their columns and read whole, or refused line by line."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.study.cells import YEARS
from surveyapp.study.errors import ImportRefusedError
from surveyapp.study.register_cells import (
    AccompanimentLine,
    AgreementLine,
    OrganisationLine,
    PlacementLine,
)
from surveyapp.study.register_files import LAYOUTS, RegisterFile, read_file, read_files
from surveyapp.study.register_words import hours_shown

ORGANISATIONS = "codice,tipo_ente,provincia,ambito,dimensione,settore"
AGREEMENTS = "codice,provincia,ambito,ente_esecutore,committente,data_firma,scadenza,data_chiusura"
PLACEMENTS = (
    "codice,persona,tipo,ospitante,convenzione,inizio,fine,motivo_fine,"
    "ore_settimanali,compenso,duld,esito_duld"
)
ACCOMPANIMENTS = "codice,ente,inizio,fine"
HEADERS = {
    "organisations": ORGANISATIONS,
    "agreements": AGREEMENTS,
    "placements": PLACEMENTS,
    "accompaniments": ACCOMPANIMENTS,
}


def file(header: str, *lines: str) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def lines_of(data: bytes) -> list[Any]:
    return list(read_file("f.csv", data).rows)


def problems_of(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(ImportRefusedError) as refused:
        read_file("f.csv", data)
    assert {problem.file for problem in refused.value.problems} == {"f.csv"}
    return [(problem.line, problem.message) for problem in refused.value.problems]


def outcome(data: bytes) -> RegisterFile | ImportRefusedError:
    try:
        return read_file("f.csv", data)
    except ImportRefusedError as refused:
        return refused


def told(found: RegisterFile | ImportRefusedError) -> None:
    """Either rows, or problems in words."""
    assert found.rows if isinstance(found, RegisterFile) else all(one.message for one in found.problems)


def test_organisations_are_read() -> None:
    [cooperative, company] = lines_of(
        file(ORGANISATIONS, "COOP-1,Cooperativa B,CR,Cremona,più di 50,pulizie", "AZ-1,azienda,BG,,,")
    )
    told = frozenset(LAYOUTS["organisations"].columns)
    assert cooperative == OrganisationLine(
        2, told, "COOP-1", "cooperative_b", "Cremona", "Cremona", "over_50", "pulizie"
    )
    assert company == OrganisationLine(3, told, "AZ-1", "company", "Bergamo", "")


def test_agreements_are_read() -> None:
    row = "CV-1,BG,,COOP-1,AZ-1,01/03/2026,2028-02-29,"
    told = frozenset(LAYOUTS["agreements"].columns)
    dates = (date(2026, 3, 1), date(2028, 2, 29))
    assert lines_of(file(AGREEMENTS, row)) == [
        AgreementLine(2, told, "CV-1", "Bergamo", "", "COOP-1", "AZ-1", *dates)
    ]


def test_placements_are_read() -> None:
    row = "IN-1,BG-1,a14,COOP-1,CV-1,01/09/2026,28/02/2027,Assunzione,22.5,Sì,si,tirocinio"
    told = frozenset(LAYOUTS["placements"].columns)
    assert lines_of(file(PLACEMENTS, row)) == [
        PlacementLine(
            line=2,
            told=told,
            code="IN-1",
            person_code="BG-1",
            type="A14",
            started_on=date(2026, 9, 1),
            host="COOP-1",
            agreement="CV-1",
            ended_on=date(2027, 2, 28),
            end_reason="Assunzione",
            minutes_a_week=1350,
            paid=True,
            duld=True,
            duld_outcome="tirocinio",
        )
    ]


def test_accompaniments_are_read_by_english_names() -> None:
    told = frozenset(("code", "organisation", "started_on"))
    assert lines_of(file("code,organisation,start", "AC-1,AZ-1,2026-09-01")) == [
        AccompanimentLine(2, told, "AC-1", "AZ-1", date(2026, 9, 1))
    ]


@pytest.mark.parametrize(
    ("written", "minutes"), [("20", 1200), ("22,5", 1350), ("22.5", 1350), ("7,25", 435), ("60", 3600)]
)
def test_hours_become_minutes(written: str, minutes: int) -> None:
    [line] = lines_of(file(PLACEMENTS, f'IN-1,BG-1,TIS,AZ-1,,01/09/2026,,,"{written}",no,,'))
    assert line.minutes_a_week == minutes
    assert float(hours_shown(minutes).replace(",", ".")) == float(written.replace(",", "."))


@pytest.mark.parametrize(
    ("written", "size"),
    [("0", "under_15"), ("14", "under_15"), ("15", "15_to_35"), ("36", "36_to_50"), ("51", "over_50")],
)
def test_a_number_of_employees_becomes_a_class(written: str, size: str) -> None:
    assert lines_of(file(ORGANISATIONS, f"AZ-1,azienda,BG,,{written},"))[0].size_class == size


@pytest.mark.parametrize(
    ("kind", "row", "words"),
    [
        ("organisations", "12345678901,azienda,BG,,,", "codice: sembra una partita IVA"),
        ("organisations", "Rossi srl,azienda,BG,,,", "codice: servono"),
        (
            "organisations",
            "AZ-1,negozio,BG,,,",
            "tipo_ente: «negozio» non va bene: scrivi azienda, cooperativa B",
        ),
        ("organisations", "AZ-1,,BG,,,", "tipo_ente: "),
        ("organisations", "AZ-1,azienda,CR,,,", "ambito: in provincia di Cremona"),
        ("organisations", "AZ-1,azienda,BG,,tante,", "dimensione: «tante»"),
        ("agreements", "CV-1,BG,,COOP-1,COOP-1,01/03/2026,01/03/2028,", "committente: è anche"),
        (
            "agreements",
            "CV-1,BG,,COOP-1,AZ-1,01/03/2026,28/02/2026,",
            "scadenza: «28/02/2026» viene prima della firma",
        ),
        ("agreements", "CV-1,BG,,COOP-1,AZ-1,01/03/2026,,", "scadenza: «» non è una data"),
        ("agreements", "CV-1,BG,,,AZ-1,01/03/2026,01/03/2028,", "ente_esecutore: servono"),
        (
            "placements",
            "IN-1,BG-1,XXX,AZ-1,,01/09/2026,,,20,sì,,",
            "tipo: «XXX» non va bene: scrivi SFA, LAB",
        ),
        ("placements", "IN-1,BG-1,TIS,,,01/09/2026,,,20,sì,,", "ospitante: manca"),
        ("placements", "IN-1,BG-1,TIS,AZ-1,,01/09/2026,,,20,,,", "compenso: manca"),
        ("placements", "IN-1,BG-1,A14,AZ-1,,01/09/2026,,,20,sì,,", "convenzione: manca: per A14"),
        (
            "placements",
            "IN-1,BG-1,TIS,AZ-1,CV-1,01/09/2026,,,20,sì,,",
            "convenzione: c'è solo per A14, non per TIS",
        ),
        (
            "placements",
            "IN-1,BG-1,TIS,AZ-1,,01/09/2026,31/08/2026,,20,sì,,",
            "fine: «31/08/2026» viene prima",
        ),
        ("placements", "IN-1,BG-1,TIS,AZ-1,,01/09/2026,,Assunzione,20,sì,,", "motivo_fine: c'è il motivo"),
        ("placements", "IN-1,BG-1,TIS,AZ-1,,01/09/2026,,,61,sì,,", "ore_settimanali: 61 ore"),
        ("placements", "IN-1,BG-1,TIS,AZ-1,,01/09/2026,,,0,sì,,", "ore_settimanali: 0 ore"),
        ("placements", "IN-1,BG-1,TIS,AZ-1,,01/09/2026,,,venti,sì,,", "ore_settimanali: «venti»"),
        (
            "placements",
            "IN-1,BG-1,TIS,AZ-1,,01/09/2026,,,20,forse,,",
            "compenso: «forse» non va bene: scrivi sì o no",
        ),
        ("placements", "IN-1,BG-1,TIS,AZ-1,,01/09/2026,,,20,sì,no,assunta", "esito_duld: c'è l'esito"),
        ("accompaniments", "AC-1,AZ-1,31/09/2026,", "inizio: «31/09/2026» non esiste nel calendario"),
        ("accompaniments", "AC-1,AZ-1,01/09/2026,01/08/2026", "fine: «01/08/2026» viene prima dell'inizio"),
    ],
)
def test_a_bad_row_is_refused_in_words(kind: str, row: str, words: str) -> None:
    [(line, message)] = problems_of(file(HEADERS[kind], row))
    assert line == 2
    assert message.startswith(words)


def test_an_autonomy_course_needs_neither_host_nor_pay() -> None:
    [line] = lines_of(file(PLACEMENTS, "IN-1,BG-1,SFA,,,01/09/2026,,,,,,"))
    assert (line.host, line.paid, line.minutes_a_week) == (None, None, None)


def test_every_problem_of_a_row_is_told() -> None:
    found = problems_of(file(PLACEMENTS, "IN 1,BG 1,A14,,,ieri,,,99,boh,,"))
    assert len(found) == 7


def test_a_code_comes_once_in_a_file() -> None:
    rows = ("AC-1,AZ-1,01/09/2026,", "ac-1,AZ-2,01/09/2026,")
    assert problems_of(file(ACCOMPANIMENTS, *rows)) == [(3, "codice: è già alla riga 2")]


@pytest.mark.parametrize("kind", [*HEADERS, "people"])
def test_a_file_is_recognised_by_either_names(kind: str) -> None:
    for position in (0, -1):
        header = ";".join(names[position] for names in LAYOUTS[kind].columns.values())
        found = outcome(file(header.upper()))
        assert isinstance(found, ImportRefusedError)
        assert [problem.message.partition(":")[0] for problem in found.problems] == [
            f"dopo l'intestazione non c'è {LAYOUTS[kind].nobody.partition(':')[0]}"
        ]


def test_a_file_that_lists_nothing_known_is_refused() -> None:
    [(line, message)] = problems_of(file("nome,cognome,codice", "Anna,Rossi,1"))
    assert line == 1
    assert "non si capisce che cosa elenca" in message
    assert "inserimenti: codice, persona, tipo" in message


def test_a_missing_column_is_asked_for_by_name() -> None:
    found = problems_of(file("codice,ente,fine", "AC-1,AZ-1,"))
    assert found == [(1, "manca la colonna «inizio»: aggiungila")]


def test_a_slip_in_the_name_of_a_column_is_seen() -> None:
    [(_, message)] = problems_of(file("codice,ente,inizio,finne", "AC-1,AZ-1,01/09/2026,"))
    assert message.startswith("la colonna 4 «finne» non è prevista (forse è «fine»)")


def test_problems_of_all_files_are_told_together() -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read_files(
            {"b.csv": b"", "a.csv": file(ACCOMPANIMENTS, "AC-1,AZ-1,ieri,"), "c.csv": file(ACCOMPANIMENTS)}
        )
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [
        ("a.csv", 2),
        ("b.csv", 1),
        ("c.csv", 1),
    ]


@given(st.one_of(st.binary(), st.text().map(str.encode)), st.sampled_from(["", *HEADERS.values()]))
def test_any_bytes_are_read_or_refused(data: bytes, header: str) -> None:
    told(outcome(header.encode() + b"\n" + data))


CELLS = st.one_of(
    st.text(st.sampled_from('aà1,;"\n\r \0-_/'), max_size=12),
    st.sampled_from(
        ["BG-1", "01/09/2026", "2026-09-01", "TIS", "A14", "20", "22,5", "sì", "no", "CR", "azienda"]
    ),
)


@given(st.data(), st.sampled_from(sorted(HEADERS)), st.sampled_from(",;"))
def test_rows_of_odd_cells_are_read_or_refused(data: st.DataObject, kind: str, delimiter: str) -> None:
    columns = HEADERS[kind].split(",")
    row = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    rows = data.draw(st.lists(row, max_size=3))
    told(outcome(file(delimiter.join(columns), *(delimiter.join(cells) for cells in rows))))


DATES = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
CODES = st.from_regex(r"[A-Z]{2}-[0-9]{2,5}", fullmatch=True)


@st.composite
def placements(draw: st.DrawFn) -> PlacementLine:
    start, end = sorted([draw(DATES), draw(DATES)])
    kind = draw(st.sampled_from(["LAB", "TIS", "TIR", "ISO", "ACA", "A14", "ASS"]))
    duld = draw(st.sampled_from([None, True, False]))
    return PlacementLine(
        line=2,
        told=frozenset(LAYOUTS["placements"].columns),
        code=draw(CODES),
        person_code=draw(CODES),
        type=kind,
        started_on=start,
        host=draw(CODES),
        agreement=draw(CODES) if kind == "A14" else None,
        ended_on=draw(st.sampled_from([None, end])),
        minutes_a_week=draw(
            st.one_of(st.none(), st.integers(1, 3600).filter(lambda minutes: minutes % 3 == 0))
        ),
        paid=draw(st.booleans()),
        duld=duld,
        duld_outcome="assunta" if duld else None,
    )


def written(line: PlacementLine) -> str:
    shown = {None: "", True: "sì", False: "no"}
    minutes = "" if line.minutes_a_week is None else f"{line.minutes_a_week / 60:.2f}"
    cells = [line.code, line.person_code, line.type, line.host, line.agreement or "", str(line.started_on)]
    cells += [
        str(line.ended_on or ""),
        "",
        minutes,
        shown[line.paid],
        shown[line.duld],
        line.duld_outcome or "",
    ]
    return ",".join(map(str, cells))


@given(placements())
def test_valid_placements_come_back_as_written(line: PlacementLine) -> None:
    assert lines_of(file(PLACEMENTS, written(line))) == [line]
