"""The half-yearly sheet of a Tavolo di rete: counts alone, and no small one to be worked out."""

from collections import defaultdict
from datetime import date
from itertools import product
from pathlib import Path
from xml.etree.ElementTree import Element

import pandas as pd
import pypdfium2
import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.halves import Half, half_of
from surveyapp.reports.cases.network import network_rows, read
from surveyapp.reports.cases.network_page import document, write_network_table
from surveyapp.reports.cases.small import people_figures
from surveyapp.reports.cells import replace_file
from surveyapp.reports.document import html
from surveyapp.reports.numbers import Numbers
from surveyapp.study.errors import RefusedError
from tests.factories import create_administration
from tests.reports.cases.invented import SENT, a_person, a_placement, a_view, sent
from tests.reports.cases.pages import visit_sheet
from tests.reports.pages import NAMESPACE, results, table, words

BERGAMO = "Provincia di Bergamo"
TODAY = date(2027, 1, 10)


def sheet(connection: Connection, catalogue: Catalogue, folder: Path, half: str = "2026-2") -> Element:
    found = read(connection, catalogue, BERGAMO, half_of(half), TODAY)
    page = html(document(catalogue, found, Numbers(tuple(network_rows(found)))))
    return visit_sheet(replace_file(folder / "report.html", page), "Tavolo di rete")


def cells(found: Element) -> dict[str, list[str]]:
    rows = [[words(cell) for cell in row] for row in found.iter(f"{NAMESPACE}tr")]
    return {row[0]: row[1:] for row in rows}


def people(connection: Connection, number: int, *, first: int = 0, **values: object) -> list[int]:
    return [a_person(connection, code=f"BG-1{first + one:03}", **values) for one in range(number)]


def test_half_years_are_written_with_their_year() -> None:
    half = half_of("2026-2")
    assert (half.first, half.last) == (date(2026, 7, 1), date(2026, 12, 31))
    assert (half.before, half.before.before) == (Half(2026, 1), Half(2025, 2))
    assert (half.words, str(half)) == ("secondo semestre 2026", "2026-2")
    assert half_of("2027-1").last == date(2027, 6, 30)


@pytest.mark.parametrize("written", ["2026", "2026-3", "secondo", "", "0000-1", "2026-2-1"])
def test_what_is_no_half_year_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(RefusedError, match="non è un semestre"):
        half_of(written)


def test_a_half_year_to_come_is_refused(connection: Connection, catalogue: Catalogue) -> None:
    with pytest.raises(RefusedError, match="il secondo semestre 2027 non è ancora cominciato"):
        read(connection, catalogue, BERGAMO, Half(2027, 2), TODAY)


def test_a_territory_without_anybody_is_refused_with_those_there_are(
    connection: Connection, catalogue: Catalogue
) -> None:
    people(connection, 1)
    with pytest.raises(
        RefusedError, match=r"nel territorio «Ambito di Crema» .* territori: Provincia di Bergamo"
    ):
        read(connection, catalogue, "Ambito di Crema", Half(2026, 2), TODAY)


def test_people_are_counted_in_charge_new_and_concluded(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    people(connection, 6, started_on=date(2026, 3, 1), ended_on=date(2026, 5, 1))
    people(connection, 7, first=100, started_on=date(2026, 3, 1), ended_on=date(2026, 9, 1))
    people(connection, 8, first=200, started_on=date(2026, 8, 1))
    people(connection, 9, first=300, province="Cremona", ambito="Cremona")
    found = cells(table(sheet(connection, catalogue, tmp_path), "Persone in carico"))
    assert found == {
        "Persone": ["Secondo semestre 2026", "Primo semestre 2026"],
        "Persone in carico nel semestre": ["15", "13"],
        "di cui prese in carico nel semestre": ["8", "n.m."],
        "di cui con il percorso concluso nel semestre": ["7", "6"],
    }


def test_few_people_are_never_counted_out(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    people(connection, 4)
    page = sheet(connection, catalogue, tmp_path)
    found = cells(table(page, "Persone in carico"))
    assert found["Persone in carico nel semestre"] == ["<5", "n.m."]
    shown = pd.DataFrame(
        [(row.figure.statistic, row.figure.value, row.figure.n) for row in network_rows(
            read(connection, catalogue, BERGAMO, Half(2026, 2), TODAY))],
        columns=["statistic", "value", "n"],
    )  # fmt: skip
    assert shown["value"].isna().all()
    assert (shown["n"] == 0).all()


def test_no_small_count_of_people_can_be_worked_out() -> None:
    """Every world that could be behind what is shown: a small count is never the same in all of them."""
    most, margin = 30, 18
    worlds: dict[tuple[object, ...], list[dict[str, int]]] = defaultdict(list)
    for before, ended, new in product(range(most), repeat=3):
        if ended <= before:
            now = before - ended + new
            counts = (
                {"in_charge": now, "new": new, "concluded": 0},
                {"in_charge": before, "new": 0, "concluded": ended},
            )
            shown = tuple((one.value, one.label) for half in people_figures(*counts) for one in half)
            worlds[shown].append({"now": now, "new": new, "before": before, "ended": ended})
    given_away = [
        (shown, name)
        for shown, possible in worlds.items()
        for name in possible[0]
        if all(value is None or value <= margin for value, _ in shown)
        and len({world[name] for world in possible}) == 1
        and possible[0][name] < 5
    ]
    assert len(worlds) > 100
    assert given_away == []


def test_placements_are_counted_by_type_with_nothing_small(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    for number, path in enumerate(people(connection, 20)):
        a_placement(connection, path, type="TIS" if number < 12 else "TIR" if number < 18 else "LAB")
    found = cells(table(sheet(connection, catalogue, tmp_path), "Inserimenti in corso nel semestre"))
    assert found["Tutti"][0] == "20"
    assert found["Laboratorio socio-occupazionale"] == ["n.m.", "n.m."]
    assert found["Assunzione"] == ["n.m.", "n.m."]
    assert found["Tirocinio di inclusione sociale (TIS)"][0] == "12"


def test_questionnaires_count_in_the_half_year_in_which_their_days_end(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    window = {"due_from": date(2026, 10, 1), "due_to": date(2026, 11, 1), "late_to": date(2026, 12, 1)}
    for number, path in enumerate(people(connection, 18)):
        done = {
            "state": "submitted",
            "variant": "std",
            "closed_at": SENT,
        }
        create_administration(connection, catalogue, path, **window, **(done if number < 10 else {}))
    found = cells(table(sheet(connection, catalogue, tmp_path), "Questionari con la scadenza nel semestre"))
    assert found["Tutti"][:3] == ["18", "10", "8"]
    later = cells(table(sheet(connection, catalogue, tmp_path, "2027-1"), "Questionari con la scadenza"))
    assert set(later["Tutti"]) == {"n.m."}


def test_adjustments_count_once_for_a_placement_whoever_writes_them(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    for number, path in enumerate(people(connection, 6)):
        placement = a_placement(connection, path)
        for form in "OC":
            kinds = "1,2" if number < 4 else "1"
            a_view(
                connection, catalogue, path, placement, form, 3, {"QIL_AZ1": kinds, "QIL_AZ2": "2026-09-10"}
            )
    found = cells(
        table(sheet(connection, catalogue, tmp_path), "In quanti inserimenti, per tipo (strumento qil")
    )
    assert found["Orario"] == ["6", "<5"]
    assert found["Compiti"] == ["<5", "<5"]


def test_obstacles_and_themes_are_those_of_enough_people(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    for number, path in enumerate(people(connection, 14)):
        answers = {"VIP_EST1": -1 if number < 6 else 1, "VIP_SOG1": -1 if number < 4 else 0, "VIP_FAM1": -1}
        answers |= {
            "VIP_OST1.1": 1,
            "VIP_OST2.1": 301,
            "VIP_OST3.1": 3,
            "VIP_OPP5": "1" if number < 7 else "2",
        }
        answers |= {"VIP_OST7.1": "7" if number < 8 else "22"}
        sent(connection, catalogue, path, "vip", "O", "EXANTE", answers)
    page = sheet(connection, catalogue, tmp_path)
    hinder = cells(table(page, "Quante persone, su 14 con una valutazione del potenziale (strumento vip"))
    shown = catalogue.newest("vip").items["VIP_EST1"].criterion
    assert {name: row for name, row in hinder.items() if name != "Fattore che ostacola"} == {shown: ["6"]}
    themes = cells(table(page, "Servizi e azioni suggeriti per gli ostacoli"))
    assert themes["Club dei Mestieri"] == ["8", "7"]
    assert themes["Raccordo servizi"] == ["6", "–"]


def test_the_sheet_comes_with_its_numbers_on_at_most_two_pages(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    people(connection, 12)
    write_network_table(connection, catalogue, BERGAMO.upper(), "2026-2", tmp_path, today=TODAY)
    frame = results(tmp_path)
    assert set(frame.loc[frame["label"] != "", "value"]) == {""}
    assert set(frame["territory"]) == {BERGAMO}
    assert len(pypdfium2.PdfDocument(tmp_path / "report.pdf")) <= 2
