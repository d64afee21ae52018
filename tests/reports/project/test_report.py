"""The report over the project: what it says with nobody, with few, for the team and for partners."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema
import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports import results_json
from surveyapp.reports.audiences import HIDDEN, public
from surveyapp.reports.project.computed import project_numbers
from surveyapp.reports.project.page_declared import declared_sentences
from surveyapp.reports.project.page_follow_up import follow_up_sentences
from surveyapp.reports.project.page_maintained import maintained_sentences
from surveyapp.reports.project.page_observed import observed_sentences
from surveyapp.reports.project.report import document, write_project
from surveyapp.reports.project.words import about
from surveyapp.reports.tables import Sentence
from surveyapp.study.errors import ImportRefusedError
from tests.factories import create_accompaniment, create_organisation, create_placement
from tests.reports.invented import a_path, answered, end
from tests.reports.pages import NAMESPACE, results, table, visit, words
from tests.reports.project.invented_project import (
    TODAY,
    a_follow_up,
    a_sheet,
    an_accompaniment,
    an_interview,
    material,
    two_sheets,
)
from tests.reports.project.test_files import EXAMPLES

SCHEMA = Path(results_json.__file__).with_name("results.schema.json")


def written(connection: Connection, catalogue: Catalogue, folder: Path, **options: Any) -> Any:
    """The page of the report."""
    paths = write_project(connection, catalogue, folder, today=TODAY, **options)
    jsonschema.validate(json.loads((folder / "results.json").read_text()), json.loads(SCHEMA.read_text()))
    assert all(path.is_file() for path in paths)
    return visit(folder / "report.html")


def said(sentences: list[Sentence]) -> str:
    return " ".join(one if isinstance(one, str) else one.words for one in sentences)


def files(when: str) -> tuple[Path, Path]:
    return EXAMPLES / f"nodi_{when}.csv", EXAMPLES / f"legami_{when}.csv"


NETWORK: Mapping[str, Any] = {
    "nodes": (EXAMPLES / "nodi_inizio.csv", EXAMPLES / "nodi_fine.csv"),
    "ties": (EXAMPLES / "legami_inizio.csv", EXAMPLES / "legami_fine.csv"),
}


def test_an_empty_database_says_in_words_what_is_missing_and_what_to_do(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = written(connection, catalogue, tmp_path)
    told = words(page)
    assert "nel mese 11 di 36" in told
    assert "Nessuna persona ha ancora due schede di osservazione" in told
    assert "Nessuna persona ha ancora finito il percorso." in told
    assert "Nessuna azienda o cooperativa ha ancora fatto l'intervista finale." in told
    assert "Nessuna persona ha ancora concluso il percorso." in told
    assert "Mancano i dati della rete" in told
    missing = words(table(page, "Numeri che mancano"))
    assert "I9 Mappe territoriali" in missing
    assert "scrivi il numero nel file dei conteggi" in missing
    assert "dato che manca" in words(table(page, "I 16 indicatori"))


def test_partners_are_not_told_that_nobody_is_there(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    told = words(written(connection, catalogue, tmp_path, audience="partner"))
    assert "Quante persone sono inserite a 6 mesi non si pubblica: nessuna, o troppo poche." in told


def some_people(connection: Connection, catalogue: Catalogue) -> None:
    """Twelve with two sheets, nine of whom improve; sixteen whose six months have passed; hosts."""
    for number in range(12):
        two_sheets(connection, catalogue, (2, 3 if number < 9 else 2), contexts=(1, 1 if number % 2 else 2))
    for condition in (1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 10, 10, 10):
        create_placement(connection, a_follow_up(connection, catalogue, 1, condition), type="TIS")
    a_follow_up(connection, catalogue, 3)
    a_follow_up(connection, catalogue, None)
    create_placement(connection, a_path(connection), type="ACA", duld=True, duld_outcome="Occupazione")
    company = an_accompaniment(connection)
    an_interview(connection, catalogue, company, "T0", {})
    for number in range(9):
        path_id = a_path(connection)
        end(connection, path_id)
        answered(connection, catalogue, path_id, "EXPOST", {"AUT_MIG1": 5 + number % 5}, default=3)


def test_the_page_holds_every_reading_with_its_numbers(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    some_people(connection, catalogue)
    page = written(connection, catalogue, tmp_path, counts=EXAMPLES / "conteggi.csv", **NETWORK)
    told = words(page)
    assert "Su 12 persone con due schede, 9 sono migliorate (75 %); per caso ne migliorerebbe" in told
    assert "A 6 mesi, su 16 persone, 11 sono inserite (69 %)." in told
    assert "A 6 mesi, su 16 persone, 6 hanno un lavoro (38 %)." in told
    assert "Senza risposta 2 persone: 1 fra chi non si è trovato" in told
    assert "densità +33,3 %" in told
    counts = words(table(page, "Indicatori che si contano"))
    assert "registri delle presenze 15 novembre 2026 Segreteria Registri di Bergamo e Cremona" in counts
    assert "Altri risultati attesi (non sono indicatori ufficiali)" in told
    for caption in ("Persone con due schede", "Persone inserite e occupate", "Media dei voti"):
        assert "strumento" in words(table(page, caption).find(f"{NAMESPACE}caption"))


def test_each_sentence_leads_to_the_row_with_its_numbers(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    some_people(connection, catalogue)
    for audience in ("internal", "partner"):
        page = written(connection, catalogue, tmp_path / audience, audience=audience)
        rows = {row.get("id"): words(row) for row in page.iter(f"{NAMESPACE}tr") if row.get("id")}
        links = [
            link for link in page.iter(f"{NAMESPACE}a") if words(link).startswith(("numeri", "copertura"))
        ]
        assert len(links) > 5
        assert {link.get("href")[1:] for link in links} <= rows.keys()
        assert "12" in rows["i12-tabella-any-increase-r"]


def test_partners_see_totals_alone_and_no_small_number_anywhere(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    some_people(connection, catalogue)
    page = written(connection, catalogue, tmp_path, audience="partner", counts=EXAMPLES / "conteggi.csv")
    told = words(page)
    assert "solo totali del progetto" in told
    assert "Segreteria" not in told
    assert "Provincia di Bergamo" not in told
    frame = results(tmp_path)
    assert set(frame["territory"]) == {"Tutti i territori"}
    people = frame[(frame["estimator"] == "count") & (frame["value"] != "")]
    assert people["value"].astype(int).min() >= 5
    hidden = frame[frame["reason"] == HIDDEN]
    assert set(hidden["value"]) | set(hidden["low"]) | set(hidden["high"]) == {""}
    assert set(hidden["n"].astype(int)) == {0}
    assert not re.search(r"Famiglie in counselling 4\b", told)


def test_the_tables_for_spreadsheets_hold_no_more_than_the_page(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    some_people(connection, catalogue)
    written(connection, catalogue, tmp_path, audience="partner")
    with (tmp_path / "tables" / "i12-tabella.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[1][:4] == ["Il punteggio totale aumenta", "12", "–", "–"]
    assert not (tmp_path / "tables" / "i12-gruppi.csv").exists()


def test_a_second_report_for_partners_does_not_tell_who_joined(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    for number in range(20):
        two_sheets(connection, catalogue, (2, 3 if number < 10 else 2))
    written(connection, catalogue, tmp_path / "first", audience="partner")
    two_sheets(connection, catalogue, (2, 3))
    again = {"audience": "partner", "previous": tmp_path / "first" / "results.json"}
    page = written(connection, catalogue, tmp_path / "second", **again)
    assert "Su 20 persone con due schede" in words(visit(tmp_path / "first" / "report.html"))
    assert "Quante persone migliorano non si pubblica" in words(page)
    for _ in range(4):
        two_sheets(connection, catalogue, (2, 3))
    page = written(connection, catalogue, tmp_path / "third", **again)
    assert "Su 25 persone con due schede, 15 sono migliorate" in words(page)


def test_few_people_are_counted_and_get_no_percentage(connection: Connection, catalogue: Catalogue) -> None:
    two_sheets(connection, catalogue, (2, 3))
    found = material(connection, catalogue)
    told = said(observed_sentences(found, project_numbers(found)))
    assert "Su 1 persona con due schede, 1 è migliorata: sono poche per una percentuale." in told
    assert "Copertura: 1 su 1 di chi ha finito il percorso." in told


def test_a_sheet_that_misses_an_area_makes_no_pair(connection: Connection, catalogue: Catalogue) -> None:
    path_id = two_sheets(connection, catalogue, (2, 3))
    other = a_path(connection)
    a_sheet(connection, catalogue, other, "EXANTE", 2)
    a_sheet(connection, catalogue, other, "EXPOST", 3, **{f"OSS_REL{number}": "NO" for number in range(1, 7)})
    found = material(connection, catalogue)
    assert [pair.context for pair in found.observed] == ["same_context"]
    assert path_id != other


def test_sentences_for_partners_never_hold_a_hidden_number(
    connection: Connection, catalogue: Catalogue
) -> None:
    some_people(connection, catalogue)
    found = material(connection, catalogue)
    seen = public(project_numbers(found))
    assert said(observed_sentences(found, seen)).startswith("Quante persone migliorano non si pubblica")
    assert "inserite" in said(follow_up_sentences(found, seen))
    assert said(maintained_sentences(found, seen)).startswith("Quante aziende e cooperative")
    assert "non si pubblica" not in said(declared_sentences(found, seen))


def test_the_plan_chooses_which_reading_comes_first(connection: Connection, catalogue: Catalogue) -> None:
    some_people(connection, catalogue)
    found = material(connection, catalogue)
    chosen = {"D3": "reliable_increase", "D4": "employed", "D8": "at_least_30", "D12": "companies"}
    parameters = {
        code: replace(parameter, value=chosen.get(code, parameter.value))
        for code, parameter in found.parameters.items()
    }
    other = replace(found, parameters=MappingProxyType(parameters))
    for read, first, target in ((found, "Inserite", "più di\u00a030"), (other, "Occupate", "almeno\u00a030")):
        page = document(read, project_numbers(read), "internal")
        tables = {one.id: one for one in page.tables}
        assert tables["i13-tabella"].blocks[0].lines[0].head == first
        academy = next(
            line for line in tables["indicatori-contati-tabella"].blocks[0].lines if "I8" in line.head
        )
        assert target in academy.cells


def test_hosts_count_once_with_a_placement_and_a_first_sheet(
    connection: Connection, catalogue: Catalogue
) -> None:
    company = create_organisation(connection)
    accompaniment = create_accompaniment(connection, organisation_id=company)
    for _ in range(2):
        create_placement(connection, host_id=company)
    assert material(connection, catalogue).counted["I5"] == 0
    an_interview(connection, catalogue, accompaniment, "T0", {})
    found = material(connection, catalogue).counted
    assert (found["I5"], found["A8"], found["I3"], found["I2"]) == (1, 1, 2, 2)


def test_what_somebody_entered_goes_before_the_register(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    a_path(connection)
    counts = tmp_path / "conteggi.csv"
    counts.write_text("indicatore;valore;data;inserito_da\nI2;118;15/11/2026;Anna\n", encoding="utf-8")
    page = written(connection, catalogue, tmp_path / "out", counts=counts)
    assert "118 almeno 120 98 % schede dei partecipanti 15 novembre 2026 Anna" in words(page).replace(
        "\u00a0", " "
    )


def test_a_file_with_problems_writes_nothing(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    counts = tmp_path / "conteggi.csv"
    counts.write_text("indicatore;valore;data;inserito_da\nI2;?;15/11/2026;Anna\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError):
        write_project(connection, catalogue, tmp_path / "out", counts=counts, today=TODAY)
    assert not (tmp_path / "out").exists()


def test_the_same_data_make_the_same_numbers_for_programs(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    some_people(connection, catalogue)
    for name in ("one", "two"):
        written(connection, catalogue, tmp_path / name, **NETWORK)
    assert (tmp_path / "one" / "results.json").read_bytes() == (
        tmp_path / "two" / "results.json"
    ).read_bytes()


@pytest.mark.parametrize(
    ("share", "named"), [(0.5, "circa la metà"), (0.33, "circa un terzo"), (0.4, "il 40\u00a0%")]
)
def test_shares_are_told_by_the_name_that_readers_know(share: float, named: str) -> None:
    assert about(share) == named
