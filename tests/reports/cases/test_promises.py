"""What a case sheet never shows: what was not promised, what was taken back, what is of others."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.hidden import Promise
from surveyapp.reports.cases.sheet import ALERT
from surveyapp.storage import alerts
from surveyapp.storage.tables import Administration
from tests.factories import create_administration
from tests.reports.cases.invented import OWN, SENT, a_person, a_placement, a_view, decided, sent
from tests.reports.cases.pages import cells, sheet
from tests.reports.invented import answer
from tests.reports.pages import table, words


@pytest.mark.parametrize("sees", ["non vede", "", "VEDE?", "vede / non vede"])
def test_without_the_promise_nothing_of_the_person_is_there(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path, sees: str
) -> None:
    page = sheet(connection, catalogue, tmp_path, Promise(sees))
    said = words(page)
    assert "Le risposte della persona non sono mostrate" in said
    assert OWN not in said
    assert cells(table(page, "Punteggi da 0 a 100"))[0] == ["Dimensione", "L'operatore", "Chi ospita"]
    assert cells(table(page, "Ci è riuscita?")) == [["Obiettivo", "L'operatore"], ["Obiettivo 1", "Sì"]]
    assert "la persona il" not in said
    assert OWN not in (tmp_path / "case.html").read_text(encoding="utf-8")


def test_what_the_person_was_told_counts_more_than_the_settings(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    one = sent(connection, catalogue, path_id, "vip", "P", "EXANTE", {})
    template = catalogue.consent("participant@0.1.0").variants["std"].information[2]
    decided(connection, one, "accepted", SENT, template.replace("{vede}", "non vede"))
    assert "{vede}" in template
    assert "Le risposte della persona non sono mostrate" in words(sheet(connection, catalogue, tmp_path))


def test_a_table_with_the_host_sees_nothing_of_the_person(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    an_alert(connection, catalogue, path_id)
    page = sheet(connection, catalogue, tmp_path, Promise("vede", with_host=True), may_know=True)
    assert "questa copia è per un tavolo a cui siede anche chi ospita" in words(page)
    assert OWN not in words(page)
    assert ALERT not in words(page)


@pytest.mark.parametrize("decision", ["refused", "withdrawn"])
def test_after_a_no_nothing_of_the_person_is_there(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path, decision: str
) -> None:
    late = {"state": decision, "closed_at": SENT + timedelta(days=3), "instrument": "vip"}
    one = create_administration(connection, catalogue, path_id, **late)
    decided(connection, one, decision, SENT + timedelta(days=3))
    page = sheet(connection, catalogue, tmp_path)
    assert "l'ultima volta ha detto di no, o si è ritirata" in words(page)
    assert OWN not in words(page)


def test_who_says_yes_again_is_shown_again(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    one = create_administration(
        connection, catalogue, path_id, instrument="vip", state="submitted", variant="std", closed_at=SENT
    )
    decided(connection, one, "withdrawn", SENT + timedelta(days=3))
    decided(connection, one, "accepted", SENT + timedelta(days=4))
    assert OWN in words(sheet(connection, catalogue, tmp_path))


def test_a_withdrawn_form_of_anybody_is_not_there(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    theirs = update(Administration).where(Administration.form == "C")
    connection.execute(theirs.values(state="withdrawn"))
    page = sheet(connection, catalogue, tmp_path)
    assert cells(table(page, "Punteggi da 0 a 100"))[0] == ["Dimensione", "La persona", "L'operatore"]
    assert "Nessuno" not in cells(table(page, "Aggiustamenti decisi"))[1]


def an_alert(connection: Connection, catalogue: Catalogue, path_id: int) -> None:
    one = sent(connection, catalogue, path_id, "fu6", "O", "FU6", {})
    answer(connection, one, "AUT_ASP1", "Mi spingono")
    raised = {"code": "by_staff", "item": "AUT_ASP1", "revision": 1, "raised_at": datetime.now(UTC)}
    alerts.add(connection, administration_id=one, raised_by="x", **raised)


def test_an_alert_is_told_without_a_word_of_it_and_only_to_who_may_know(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    an_alert(connection, catalogue, path_id)
    told = words(sheet(connection, catalogue, tmp_path, may_know=True))
    assert ALERT in told
    assert "spingono" not in told
    assert "segnalazione" not in words(sheet(connection, catalogue, tmp_path)).lower()


def test_nobody_elses_answers_are_on_the_sheet(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    other = a_person(connection, code="BG-0002")
    sent(connection, catalogue, other, "aut", "P", "EXANTE", {"AUT_OB1": "Cambiare casa"})
    a_view(connection, catalogue, other, a_placement(connection, other, code="IN-9"), "O", 1)
    said = words(sheet(connection, catalogue, tmp_path))
    assert "Cambiare casa" not in said
    assert "IN-9" not in said
    assert "BG-0002" not in said
