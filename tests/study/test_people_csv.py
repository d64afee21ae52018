"""The people's file is read whole, or refused with every problem and its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.source import Problem
from surveyapp.study.cells import YEARS
from surveyapp.study.csv_file import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from surveyapp.study.errors import ImportRefusedError
from surveyapp.study.people_cells import COLUMNS, PersonRow
from surveyapp.study.people_csv import read_people

HEADER = "code,province,ambito,path_start,path_end,end_reason"
ACTIVITY = "code,province,path_start,activity_start,path_end"
BERGAMO = "BG-1,Bergamo,,2026-06-15,,"


def file(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def problems_of(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(ImportRefusedError) as refused:
        read_people(data)
    return [(problem.line, problem.message) for problem in refused.value.problems]


def outcome(data: bytes) -> list[PersonRow] | list[Problem]:
    try:
        return read_people(data)
    except ImportRefusedError as refused:
        return refused.problems


def test_english_columns_give_people_in_order() -> None:
    found = read_people(file("CR-2,CR,Cremona,15/06/2026,2026-10-01,Assunzione", BERGAMO))
    assert found == [
        PersonRow(2, "CR-2", "Cremona", "Cremona", date(2026, 6, 15), date(2026, 10, 1), "Assunzione"),
        PersonRow(3, "BG-1", "Bergamo", "", date(2026, 6, 15), None, ""),
    ]


def test_italian_columns_semicolons_and_mark_are_read() -> None:
    text = "\ufeffCodice;PROVINCIA;Ambito;Inizio percorso;Fine_Percorso;motivo fine\r\nx1;bg;;1/7/2026;;\r\n"
    assert read_people(text.encode()) == [PersonRow(2, "x1", "Bergamo", "", date(2026, 7, 1))]


def test_columns_that_may_be_empty_may_be_absent() -> None:
    assert read_people(file("x1,BG,2026-07-01", header="code,province,path_start"))[0].path_end is None


def test_accents_in_the_names_of_columns_do_not_matter() -> None:
    header = "codice,provincia,inizio percorso,Inizio attività"
    found = read_people(file("x1,BG,2026-07-01,2026-07-20", header=header))
    assert found[0].activity_start == date(2026, 7, 20)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x1,BG,2026-07-01,2026-06-30,", "prima dell'inizio del percorso"),
        ("x1,BG,2026-07-01,2026-08-02,2026-08-01", "dopo la fine del percorso"),
    ],
)
def test_the_first_activity_is_within_the_path(row: str, words: str) -> None:
    [(line, message)] = problems_of(file(row, header=ACTIVITY))
    assert (line, message.startswith("inizio_attivita: "), words in message) == (2, True, True)


def test_empty_rows_are_left_out_but_counted() -> None:
    assert [row.line for row in read_people(file("", ",,,,,", BERGAMO))] == [4]


def test_a_quoted_line_end_keeps_line_numbers_right() -> None:
    assert problems_of(file('BG-1,Bergamo,,2026-06-15,2026-07-01,"due\nrighe"', "BG-2,XX,,2026-06-15,,")) == [
        (4, problems_of(file("BG-2,XX,,2026-06-15,,"))[0][1])
    ]


def test_spaces_and_line_ends_inside_cells_are_made_single() -> None:
    found = read_people(file('BG-1,Bergamo,,2026-06-15,2026-07-01," due\n  righe "'))
    assert found[0].end_reason == "due righe"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Mario,Bergamo,,2026-06-15,,", "con almeno una cifra"),
        ("M 1,Bergamo,,2026-06-15,,", "senza spazi"),
        ("1,Bergamo,,2026-06-15,,", "da 2 a 40"),
        ("x" * 40 + "1,Bergamo,,2026-06-15,,", "da 2 a 40"),
        (",Bergamo,,2026-06-15,,", "codice: "),
        ("RSSMRA85T10A562S,Bergamo,,2026-06-15,,", "codice fiscale"),
        ("rssmra-85t10-a562s,Bergamo,,2026-06-15,,", "codice fiscale"),
        ("RSSMRA85T10A56NS,Bergamo,,2026-06-15,,", "codice fiscale"),
        ("BG-1,Torino,,2026-06-15,,", "non è fra le province"),
        ("CR-1,Cremona,,2026-06-15,,", "serve il nome dell'Ambito"),
        ("CR-1,Cremona,Soresina,2026-06-15,,", "non è fra gli Ambiti"),
        ("LC-1,Lecco,Lec\u200bco,2026-06-15,,", "caratteri invisibili"),
        (f"LC-1,Lecco,{'x' * 81},2026-06-15,,", "accorcia"),
        ("BG-1,Bergamo,,,,", "non è una data"),
        ("BG-1,Bergamo,,15/06/26,,", "non è una data"),
        ("BG-1,Bergamo,,31/06/2026,,", "non esiste nel calendario"),
        ("BG-1,Bergamo,,15/06/1926,,", "l'anno"),
        ("BG-1,Bergamo,,2026-06-15,2026-06-14,", "prima dell'inizio"),
        ("BG-1,Bergamo,,2026-06-15,domani,", "fine_percorso: "),
        ("BG-1,Bergamo,,2026-06-15,,Assunzione", "manca fine_percorso"),
        ("BG-1,Bergamo,,2026-06-15,", "le celle sono 5 e le colonne 6"),
        ("BG-1,Bergamo,,2026-06-15,,,", "le celle sono 7 e le colonne 6"),
        ('BG-1,Bergamo,"aperta,2026-06-15,,', 'ogni " aperta'),
    ],
)
def test_a_bad_row_is_refused_in_words(row: str, words: str) -> None:
    [(line, message)] = problems_of(file(row))
    assert line == 2
    assert words in message


def test_a_codice_fiscale_is_never_repeated() -> None:
    assert "RSSMRA85T10A562S" not in str(problems_of(file("RSSMRA85T10A562S,Bergamo,,2026-06-15,,")))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("code,province,ambito,path_start,path_end,genere", ["«genere» non è prevista"]),
        ("code,province,ambito,path_start,path_end,", ["«» non è prevista"]),
        ("code,codice,ambito,path_start,path_end,end_reason", ["«codice» è ripetuta", "«provincia»"]),
        ("ambito,a,b,c,d,e", ["non è prevista"] * 5 + ["«codice»", "«inizio_percorso»", "«provincia»"]),
    ],
)
def test_every_problem_of_the_header_is_told(header: str, words: list[str]) -> None:
    found = [message for line, message in problems_of(file(BERGAMO, header=header)) if line == 1]
    assert all(word in message for word, message in zip(words, found, strict=True))


def test_every_problem_of_every_row_is_told() -> None:
    found = problems_of(file("Mario,Torino,,oggi,,", BERGAMO, "CR-1,Cremona,,2026-06-15,2026-01-01,"))
    assert [line for line, _ in found] == [2, 2, 2, 4, 4]


def test_a_code_comes_once_in_a_file() -> None:
    [(line, message)] = problems_of(file(BERGAMO, "bg-1,Bergamo,,2026-06-16,,"))
    assert (line, "riga 2" in message) == (3, True)


def test_one_ambito_is_not_written_in_two_ways() -> None:
    rows = ("LC-1,Lecco,Lecco,2026-06-15,,", "LC-2,Lecco,LECCO,2026-06-15,,")
    assert [line for line, _ in problems_of(file(*rows))] == [3]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vuoto"),
        (b"\xef\xbb\xbf \r\n", "vuoto"),
        (HEADER.encode(), "nessuna persona"),
        (HEADER.encode("utf-16"), "CSV UTF-8"),
        (b"code,province\nBG-1,citt\xe0", "CSV UTF-8"),
        (b"PK\x03\x04\x00\x00", "CSV UTF-8"),
        (b"x" * (MAX_BYTES + 1), "5 MB"),
        (b"x," * MAX_COLUMNS, "colonne"),
    ],
)
def test_what_is_no_list_of_people_is_refused(data: bytes, words: str) -> None:
    [(_, message)] = problems_of(data)
    assert words in message


def test_a_byte_that_is_not_text_has_its_line() -> None:
    assert problems_of(file("BG-1,Bergamo,,2026-06-15,,\0"))[0][0] == 2


def test_too_many_people_are_refused_at_the_first_too_many() -> None:
    rows = [f"BG-{number},Bergamo,,2026-06-15,," for number in range(MAX_ROWS + 1)]
    assert [line for line, _ in problems_of(file(*rows))] == [MAX_ROWS + 2]


@given(st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda text: file(text))))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert outcome(data)


CELLS = st.text(st.sampled_from('aà1,;"\n\r \0-_/'), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=4), st.sampled_from(",;"))
def test_rows_of_odd_cells_are_read_or_refused(rows: list[list[str]], delimiter: str) -> None:
    header = delimiter.join(COLUMNS)
    lines = [delimiter.join(row) for row in rows]
    assert outcome(file(*lines, header=header))


def test_the_sex_is_a_word_of_three_and_may_be_left_out() -> None:
    header = "codice,provincia,inizio percorso,Sesso"
    lines = ("x1,BG,2026-07-01,f", "x2,BG,2026-07-01,Altro", "x3,BG,2026-07-01,")
    assert [person.sex for person in read_people(file(*lines, header=header))] == ["F", "X", None]
    [(line, message)] = problems_of(file("x1,BG,2026-07-01,donna", header=header))
    assert (line, message) == (2, "sesso: «donna» non va bene: scrivi F, M, altro")


DATES = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
WORDS = st.text(st.sampled_from("abcàè' ;,\"."), max_size=20).map(lambda text: " ".join(text.split()))


@st.composite
def people(draw: st.DrawFn) -> list[PersonRow]:
    codes = draw(
        st.lists(
            st.from_regex(r"[A-Za-z]{0,4}[0-9]{2,5}", fullmatch=True),
            min_size=1,
            max_size=5,
            unique_by=str.casefold,
        )
    )
    return [draw(person(position + 2, code)) for position, code in enumerate(codes)]


@st.composite
def person(draw: st.DrawFn, line: int, code: str) -> PersonRow:
    province, ambito = draw(st.sampled_from([("Bergamo", ""), ("Cremona", "Crema"), ("Lecco", "Lecco")]))
    start, activity, end = sorted([draw(DATES), draw(DATES), draw(DATES)])
    ended, began = draw(st.booleans()), draw(st.booleans())
    return PersonRow(
        line,
        code,
        province,
        ambito,
        start,
        end if ended else None,
        draw(WORDS) if ended else "",
        activity if began else None,
        draw(st.sampled_from([None, "F", "M", "X"])),
    )


def written(person: PersonRow, delimiter: str, day: str) -> str:
    moments = (person.path_start, person.activity_start, person.path_end)
    dates = [value.strftime(day) if value else "" for value in moments]
    cells = [person.code, person.province, person.ambito, *dates, person.end_reason, person.sex or ""]
    return delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells)


@given(people(), st.sampled_from(",;"), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y"]))
def test_valid_people_come_back_as_written(found: list[PersonRow], delimiter: str, day: str) -> None:
    lines = [written(person, delimiter, day) for person in found]
    assert read_people(file(*lines, header=delimiter.join(COLUMNS))) == found
