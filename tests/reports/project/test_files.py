"""The files beside the database are read whole, or every problem is told with its line."""

from datetime import date
from pathlib import Path

import pytest

from surveyapp.reports.project.entered import read_counts
from surveyapp.reports.project.indicators import EVERY_COUNT, month_of
from surveyapp.reports.project.network_files import read_network
from surveyapp.study.errors import ImportRefusedError
from tests.reports.project.invented_project import TODAY

EXAMPLES = Path(__file__).parents[3] / "docs" / "guide" / "esempi"


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ImportRefusedError) as refused:
        read_counts(text.encode(), TODAY)
    return [(problem.line, problem.message) for problem in refused.value.problems]


def test_the_example_of_the_guide_is_read() -> None:
    found = read_counts((EXAMPLES / "conteggi.csv").read_bytes(), TODAY)
    assert (found["I6"].value, found["I6"].day, found["I6"].entered_by) == (
        38,
        date(2026, 11, 15),
        "Segreteria",
    )
    assert found["I10"].note == "Due province da confermare"
    assert found.keys() <= EVERY_COUNT.keys()


def test_columns_in_english_and_commas_are_understood() -> None:
    found = read_counts(b"indicator,value,date,entered_by,note\ni7,10,2026-11-01,Anna,\n", TODAY)
    assert (found["I7"].value, found["I7"].note) == (10, "")


def test_every_problem_is_told_at_once_with_its_line() -> None:
    text = (
        "indicatore;valore;data;inserito_da;nota\n"
        "I12;3;15/11/2026;Anna;\n"
        "I7;dieci;31/02/2026;;\n"
        "I6;-4;15/12/2026;Anna;\n"
        "I9;11;15/11/2026;Anna;\n"
        "i9;10;15/11/2026;Anna;\n"
    )
    found = problems(text)
    assert [line for line, _ in found] == [2, 3, 3, 3, 4, 4, 6]
    told = "\n".join(message for _, message in found)
    assert "«I12» non si conta così: scrivi uno fra I1, I1B, I2" in told
    assert "«dieci» non è un numero intero" in told
    assert "«31/02/2026» non esiste nel calendario" in told
    assert "scrivi chi ha inserito il numero" in told
    assert "«15/12/2026» deve ancora venire" in told
    assert "è già alla riga 5" in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "il file è vuoto"),
        ("indicatore;valore;data;inserito_da\n", "nessun conteggio: scrivi almeno una riga"),
        ("indicatore;valore;data\nI6;3;15/11/2026\n", "manca la colonna «inserito_da»"),
        ("indicatore;valore;data;inserito_da\nI6;9999999;15/11/2026;Anna\n", "non è un numero intero"),
    ],
)
def test_a_file_without_what_is_needed_says_so(text: str, message: str) -> None:
    assert message in "\n".join(words for _, words in problems(text))


def test_the_networks_of_the_guide_are_read() -> None:
    found = [
        read_network(EXAMPLES / f"nodi_{when}.csv", EXAMPLES / f"legami_{when}.csv")
        for when in ("inizio", "fine")
    ]
    assert [(len(one.nodes), len(one.ties)) for one in found] == [(20, 57), (26, 100)]


def test_every_problem_of_both_files_of_a_network_is_told(tmp_path: Path) -> None:
    nodes, ties = tmp_path / "nodi.csv", tmp_path / "legami.csv"
    nodes.write_text("codice;nome\nN1;Uno\nn1;Ancora\n;Senza\nN2;Due\n", encoding="utf-8")
    ties.write_text("da;a\nN1;N2\nN1;N9\nN2;N2\nN1;\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError) as refused:
        read_network(nodes, ties)
    told = [(Path(found.file).name, found.line, found.message) for found in refused.value.problems]
    assert told == [
        ("legami.csv", 3, "a: «N9» non è nell'elenco dei nodi: aggiungilo o correggi il codice"),
        ("legami.csv", 4, "un legame unisce due nodi diversi: correggi uno dei due codici"),
        ("legami.csv", 5, "a: scrivi il codice di un nodo"),
        ("nodi.csv", 3, "codice: è già alla riga 2; tieni una riga sola per nodo"),
        ("nodi.csv", 4, "codice: scrivi il codice del nodo"),
    ]


def test_an_empty_file_of_a_network_is_told_with_its_name(tmp_path: Path) -> None:
    empty = tmp_path / "vuoto.csv"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(ImportRefusedError) as refused:
        read_network(empty, empty)
    assert {found.file for found in refused.value.problems} == {str(empty)}


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 1, 6), 0),
        (date(2026, 1, 7), 1),
        (date(2026, 2, 6), 1),
        (date(2026, 11, 27), 11),
        (date(2029, 1, 6), 36),
        (date(2030, 1, 1), 36),
    ],
)
def test_months_of_the_project_begin_on_the_seventh(day: date, month: int) -> None:
    assert month_of(day) == month
