"""The case sheet: what it shows of one person."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.sheet import write_case
from surveyapp.study.errors import RefusedError
from tests.factories import create_accompaniment, create_administration, create_organisation
from tests.reports.cases.invented import CODE, OWN, SENT, TODAY, a_person, a_placement, a_view, sent
from tests.reports.cases.pages import SEES, cells, sheet
from tests.reports.invented import answer
from tests.reports.pages import table, words


def test_the_three_views_stand_side_by_side(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    page = sheet(connection, catalogue, tmp_path)
    head, first, *_ = cells(table(page, "Punteggi da 0 a 100 (versione standard, strumento qil"))
    assert head == ["Dimensione", "La persona", "L'operatore", "Chi ospita"]
    # BEN3 is turned round: (4 + 4 + 2 + 4) / 4 = 3.5 of 1-5 is 62.5; the host has three questions.
    assert first == ["Benessere al lavoro", "62", "38", "50"]
    assert "punti di vista" in words(page).lower()
    for judgement in ("equilibrio", "scarto", "peggio", "insufficiente", "critico"):
        assert judgement not in words(page).lower()


def test_the_drawing_has_a_mark_for_each_view_and_says_it_in_words(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    page = sheet(connection, catalogue, tmp_path)
    drawing = next(page.iter("{http://www.w3.org/2000/svg}svg"))
    shapes = [element.tag.rpartition("}")[2] for element in drawing.iter()]
    assert (shapes.count("circle"), shapes.count("rect"), shapes.count("path")) == (8, 8, 8)
    assert "Benessere al lavoro: la persona 62, l'operatore 38, chi ospita 50" in words(drawing)


def test_the_easy_version_stands_apart(connection: Connection, catalogue: Catalogue, tmp_path: Path) -> None:
    path_id = a_person(connection)
    placement = a_placement(connection, path_id)
    a_view(connection, catalogue, path_id, placement, "P", 2, variant="easy")
    a_view(connection, catalogue, path_id, placement, "O", 4)
    page = sheet(connection, catalogue, tmp_path)
    assert cells(table(page, "Punteggi da 0 a 100 (versione standard"))[0] == ["Dimensione", "L'operatore"]
    apart = cells(table(page, "La persona, a parte: punteggi da 0 a 100 (versione semplice"))
    assert apart[1][:2] == ["La persona", "50"]
    assert "Da leggere a parte" in words(page)
    assert not list(page.iter("{http://www.w3.org/2000/svg}circle"))


def test_a_short_form_never_stands_beside_a_full_one(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    path_id = a_person(connection)
    placement = a_placement(connection, path_id)
    a_view(connection, catalogue, path_id, placement, "P", 4, length="short")
    a_view(connection, catalogue, path_id, placement, "O", 4)
    page = sheet(connection, catalogue, tmp_path)
    caption = "La persona, a parte: punteggi da 0 a 100 (versione standard, versione breve"
    assert cells(table(page, caption))[1][1] == "75"


def test_short_forms_stand_beside_each_other(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    path_id = a_person(connection)
    placement = a_placement(connection, path_id)
    for form in "PO":
        a_view(connection, catalogue, path_id, placement, form, 4, length="short")
    found = table(
        sheet(connection, catalogue, tmp_path), "Punteggi da 0 a 100 (versione standard, versione breve"
    )
    assert cells(found)[1] == ["Benessere al lavoro", "75", "75"]


def test_the_latest_occasion_with_at_least_one_form_is_shown(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    placement = a_placement(connection, path_id, code="IN-2", started_on=date(2026, 9, 1))
    a_view(connection, catalogue, path_id, placement, "O", 5, occasion="EXPOST", closed_at=SENT)
    page = sheet(connection, catalogue, tmp_path)
    assert "Inserimento IN-2, fine dell'inserimento. Hanno risposto: l'operatore il 20/09/2026." in words(
        page
    )
    assert "Non c'è la scheda di: la persona e chi ospita." in words(page)


def test_goals_are_in_the_persons_words_with_both_ratings(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    found = table(sheet(connection, catalogue, tmp_path), "Ci è riuscita? Fine del percorso (strumento aut")
    assert cells(found) == [
        ["Obiettivo", "La persona", "L'operatore"],
        [f"«{OWN}»", "In parte", "Sì"],
    ]


def test_adjustments_have_their_day_and_who_looks_after_them(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    found = cells(table(sheet(connection, catalogue, tmp_path), "Aggiustamenti decisi (strumento qil"))
    assert found[1:] == [
        ["20/09/2026", "Nessuno", "Chi ospita", "–"],
        ["10/09/2026", "Orario, Compiti", "L'operatore", "il tutor"],
    ]


def test_next_dates_come_from_what_is_open_and_from_the_plan(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    window = {"due_from": date(2026, 9, 1), "due_to": date(2026, 11, 1), "late_to": date(2026, 12, 1)}
    create_administration(connection, catalogue, path_id, instrument="oss", form="O", **window)
    gone = window | {"late_to": date(2026, 11, 1), "occasion": "INITINERE"}
    create_administration(connection, catalogue, path_id, instrument="oss", form="O", **gone)
    rows = cells(table(sheet(connection, catalogue, tmp_path), "Da compilare nei prossimi sei mesi"))
    late = ["Scheda di osservazione", "l'operatore", "Inizio della prima attività"]
    assert rows[1] == [*late, "01/09/2026", "01/11/2026", "in ritardo"]
    assert ["Durante l'inserimento", "più avanti"] in [[row[2], row[5]] for row in rows]
    assert all(row[2] != "Durante il percorso" for row in rows)


def test_observation_is_compared_on_what_was_seen_both_times(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    before = {f"OSS_SOF{n}": 2 for n in range(1, 6)} | {"OSS_SOF6": 5, "OSS_CTX": 2}
    after = {f"OSS_SOF{n}": 4 for n in range(1, 6)} | {"OSS_SOF6": "NO", "OSS_CTX": 3}
    sent(connection, catalogue, path_id, "oss", "O", "EXANTE", before)
    sent(connection, catalogue, path_id, "oss", "O", "EXPOST", after)
    second = {"rater": 2, "closed_at": SENT}
    sent(connection, catalogue, path_id, "oss", "O", "EXPOST", {"OSS_SOF1": 1}, **second)
    page = sheet(connection, catalogue, tmp_path)
    rows = cells(table(page, "Autonomia osservata, da 0 a 100"))
    assert rows[1] == ["Soft skills e comportamento lavorativo", "25", "75"]
    assert "I due punteggi non si leggono come prima e dopo." in words(page)


def an_accommodation(connection: Connection, catalogue: Catalogue, host: int, level: int) -> None:
    accompaniment = create_accompaniment(connection, organisation_id=host, code="AC-1")
    answers = {"ACC_I01.1": 1, "ACC_I04.1": "Pause più lunghe", "ACC_I02.1": 1, "ACC_I03.1": level}
    one = create_administration(
        connection, catalogue, instrument="acc", form="C", occasion="T0", accompaniment_id=accompaniment,
        state="submitted", variant="std", closed_at=SENT,
    )  # fmt: skip
    for item, given in answers.items():
        answer(connection, one, item, given)


@pytest.mark.parametrize(("level", "others", "shown"), [(1, 0, True), (1, 1, False), (2, 1, True)])
def test_what_was_adapted_for_one_person_is_shown_where_there_is_only_one(
    connection: Connection, catalogue: Catalogue, tmp_path: Path, level: int, others: int, shown: bool
) -> None:
    host = create_organisation(connection)
    a_placement(connection, a_person(connection), host_id=host)
    for other in range(others):
        a_placement(connection, a_person(connection, code=f"BG-9{other}"), host_id=host)
    an_accommodation(connection, catalogue, host, level)
    said = words(sheet(connection, catalogue, tmp_path))
    assert ("Pause più lunghe" in said) is shown
    assert ("fatti per una sola persona non sono mostrati" in said) is not shown


def test_a_person_of_whom_nothing_is_known_yet_has_a_sheet_in_words(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    a_person(connection)
    said = words(sheet(connection, catalogue, tmp_path))
    for sentence in (
        "Nessun inserimento in corso.",
        "Nessun inserimento scritto nel registro.",
        "Nessuno ha ancora inviato un questionario su un inserimento di questo percorso.",
        "La persona non ha ancora scritto obiettivi.",
        "Nessun aggiustamento segnato finora.",
        "Nessuna scheda di osservazione inviata finora.",
    ):
        assert sentence in said


def test_an_unknown_person_is_refused_in_a_sentence(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError, match="nessuna persona ha il codice «BG-0001»"):
        sheet(connection, catalogue, tmp_path)


def test_what_somebody_wrote_is_only_text(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    path_id = a_person(connection)
    hostile = "<script>alert(1)</script> {{ 7 * 7 }} " + "parola " * 100
    sent(connection, catalogue, path_id, "aut", "P", "EXANTE", {"AUT_OB1": hostile})
    said = words(table(sheet(connection, catalogue, tmp_path), "Ci è riuscita?"))
    assert "<script>alert(1)</script> {{ 7 * 7 }}" in said
    assert "[…]»" in said


def test_it_is_printed_on_one_page(
    connection: Connection, catalogue: Catalogue, path_id: int, tmp_path: Path
) -> None:
    _, printed = write_case(connection, catalogue, CODE, tmp_path, SEES, may_know_of_alerts=True, today=TODAY)
    assert len(pypdfium2.PdfDocument(printed)) == 1
