"""A file of responses is read whole, or refused with every problem and its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.study.errors import ImportRefusedError
from surveyapp.study.responses_csv import ResponseRow, read_responses

ITEMS = ("AUT_BEN1", "AUT_BEN2", "ACC_I02.1")
HEADER = "persona,scheda,rilevazione,data,AUT_BEN1,AUT_BEN2"


def file(header: str, *lines: str) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def problems_of(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(ImportRefusedError) as refused:
        read_responses(data, ITEMS)
    return [(problem.line, problem.message) for problem in refused.value.problems]


def test_a_response_has_its_answers_by_item() -> None:
    [row] = read_responses(file(HEADER, "BG-1,P,EXANTE,20/06/2026,3,"), ITEMS)
    assert row == ResponseRow(
        line=2,
        kind="path",
        code="BG-1",
        form="P",
        occasion="EXANTE",
        day=date(2026, 6, 20),
        variant="",
        mode="paper",
        version="",
        number=1,
        rater=1,
        length="",
        respondent="",
        cells={"AUT_BEN1": "3"},
    )


def test_the_other_columns_are_read_where_they_are() -> None:
    others = "modalità;versione;numero;osservatore;lunghezza;chi risponde"
    header = f"inserimento;scheda;variante;rilevazione;data;{others};acc_i02.1"
    row = "IN-1;O;standard;Durante;2026-10-15;intervista;0.1.0;2;2;breve;OP-7;sì"
    [found] = read_responses(file(header, row), ITEMS)
    assert (found.kind, found.code, found.variant, found.mode) == (
        "placement",
        "IN-1",
        "standard",
        "interview",
    )
    assert (found.version, found.number, found.rater, found.length) == ("0.1.0", 2, 2, "short")
    assert (found.respondent, found.cells) == ("OP-7", {"ACC_I02.1": "sì"})


@pytest.mark.parametrize("kind", ["path", "placement", "agreement", "accompaniment"])
def test_the_column_says_what_the_responses_are_about(kind: str) -> None:
    names = {"path": "person"}
    header = f"{names.get(kind, kind)},form,occasion,date,AUT_BEN1"
    assert read_responses(file(header, "X-1,P,EXANTE,2026-06-20,1"), ITEMS)[0].kind == kind


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("scheda,rilevazione,data,AUT_BEN1", "serve una sola colonna che dica di chi o di che cosa"),
        ("persona,inserimento,scheda,rilevazione,data,AUT_BEN1", "ci sono persona, inserimento"),
        ("persona,rilevazione,data,AUT_BEN1", "manca la colonna «scheda»"),
        ("persona,scheda,rilevazione,data,AUT_BEM1", "«AUT_BEM1» non è prevista (forse è «AUT_BEN1»)"),
        ("persona,scheda,rilevazione,data,AUT_BEN1,aut_ben1", "«aut_ben1» è ripetuta"),
    ],
)
def test_a_header_that_is_wrong_is_refused(header: str, words: str) -> None:
    cells = {
        "persona": "BG-1",
        "inserimento": "IN-1",
        "scheda": "P",
        "rilevazione": "EXANTE",
        "data": "20/06/2026",
    }
    row = ",".join(cells.get(name, "") for name in header.split(","))
    [(line, message)] = problems_of(file(header, row))
    assert line == 1
    assert words in message


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        (HEADER, "BG 1,P,EXANTE,20/06/2026,3,", "persona: servono"),
        (HEADER, "BG-1,,EXANTE,20/06/2026,3,", "scheda: manca"),
        (HEADER, "BG-1,P,,20/06/2026,3,", "rilevazione: manca"),
        (HEADER, "BG-1,P,EXANTE,,3,", "data: «» non è una data"),
        (
            f"{HEADER},modalita",
            "BG-1,P,EXANTE,20/06/2026,3,,a voce",
            "modalita: «a voce» non va bene: scrivi carta",
        ),
        (f"{HEADER},numero", "BG-1,P,EXANTE,20/06/2026,3,,0", "numero: «0» non va bene"),
        (f"{HEADER},numero", "BG-1,P,EXANTE,20/06/2026,3,,100", "numero: «100» non va bene"),
        (f"{HEADER},lunghezza", "BG-1,P,EXANTE,20/06/2026,3,,corta", "lunghezza: «corta» non va bene"),
        (f"{HEADER},chi_risponde", "BG-1,P,EXANTE,20/06/2026,3,,Anna", "chi_risponde: servono"),
        (HEADER, "BG-1,P,EXANTE,20/06/2026,3", "le celle sono 5 e le colonne 6"),
    ],
)
def test_a_bad_row_is_refused_in_words(header: str, row: str, words: str) -> None:
    [(line, message)] = problems_of(file(header, row))
    assert line == 2
    assert message.startswith(words)


def test_a_file_without_responses_says_so() -> None:
    assert "nessuna riga" in problems_of(file(HEADER))[0][1]


CELLS = st.one_of(
    st.text(st.sampled_from('aà1,;"\n\r \0-_/'), max_size=12),
    st.sampled_from(["BG-1", "P", "EXANTE", "20/06/2026", "3", "NA"]),
)


@given(
    st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=3),
    st.sampled_from(",;"),
    st.binary(max_size=20),
)
def test_odd_files_are_read_or_refused(rows: list[list[str]], delimiter: str, more: bytes) -> None:
    data = file(HEADER.replace(",", delimiter), *(delimiter.join(row) for row in rows)) + more
    try:
        found = read_responses(data, ITEMS)
    except ImportRefusedError:
        return
    assert found
