"""The page and its table of numbers: honest with few people, readable, empty without breaking."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue, CatalogueError
from surveyapp.reports.change_report import write_report
from tests.reports.invented import CLOSED, TODAY, a_path, an_administration, answered, end, scale_items
from tests.reports.pages import NAMESPACE, results, table, visit, words


def written(connection: Connection, catalogue: Catalogue, folder: Path):
    """The page of the report."""
    page, _ = write_report(connection, catalogue, "aut", folder, today=TODAY)
    return visit(page)


def some_pairs(
    connection: Connection, catalogue: Catalogue, people: int, variant: str = "std", **who
) -> None:
    top = 5 if variant == "std" else 3
    for number in range(people):
        path_id = a_path(connection, **who)
        for occasion, more in (("EXANTE", 0), ("EXPOST", 1)):
            values = [min(top, 1 + (number + item) % 3 + more) for item in range(5)]
            answers = scale_items("AUT_BEN", values) | {"AUT_MIG1": 5 + number % 6}
            answered(
                connection,
                catalogue,
                path_id,
                occasion,
                _asked(answers, occasion),
                variant=variant,
                default=2,
            )
        end(connection, path_id)


def _asked(answers: dict, occasion: str) -> dict:
    return {item: value for item, value in answers.items() if occasion != "EXANTE" or "MIG" not in item}


def test_an_empty_database_gives_a_page_with_words(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    page = written(connection, catalogue, tmp_path)
    assert "Non c'è ancora nessun questionario inviato" in words(page)
    assert not list(page.iter(f"{NAMESPACE}table"))
    assert set(results(tmp_path)["value"]) == {0}


def test_before_the_first_answer_only_coverage_is_shown(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    an_administration(connection, catalogue, a_path(connection), "EXANTE")
    page = written(connection, catalogue, tmp_path)
    assert "Non c'è ancora nessun questionario inviato" in words(page)
    assert "Ancora aperti" in words(table(page, "Questionari per rilevazione"))


def test_without_a_second_questionnaire_there_is_no_change(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    answered(connection, catalogue, a_path(connection))
    page = written(connection, catalogue, tmp_path)
    assert "Nessuna persona ha ancora inviato un secondo questionario." in words(page)


def test_one_person_gives_counts_and_no_means(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    some_pairs(connection, catalogue, 1)
    page = written(connection, catalogue, tmp_path)
    assert "troppo poche per una media" in words(page)
    frame = results(tmp_path)
    hidden = frame[frame["statistic"].isin(["mean", "mean_change", "alpha", "dz", "sd", "share_improved"])]
    assert set(hidden["value"]) == {""}
    assert set(hidden["reason"]) == {"meno di 10: si mostrano solo i conteggi"}
    assert set(hidden["n"].astype(int)) <= {0, 1}


def test_every_hidden_number_of_the_table_is_hidden_on_the_page(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    some_pairs(connection, catalogue, 12)
    some_pairs(connection, catalogue, 4, province="Cremona", ambito="Cremona")
    page = written(connection, catalogue, tmp_path)
    rows = [words(row) for row in table(page, "Cambiamento su 100 punti").iter(f"{NAMESPACE}tr")]
    cremona = next(row for row in rows if row.startswith("Ambito di Cremona"))
    assert cremona.endswith("meno di 10: si mostrano solo i conteggi")
    assert cremona.count("–") == 7
    assert next(row for row in rows if row.startswith("Tutti i territori")).count("esplorativo") == 1


def test_numbers_on_the_page_are_those_of_the_table_in_italian(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    some_pairs(connection, catalogue, 12)
    page = written(connection, catalogue, tmp_path)
    frame = results(tmp_path)
    about = frame.query("scale == 'AUT_BEN' and territory == 'Tutti i territori' and subset == ''")
    change = float(about.query("statistic == 'mean_change'")["value"].iloc[0])
    text = words(table(page, "Cambiamento su 100 punti"))
    assert f"{change:+.1f}".replace(".", ",").replace("-", "−") in text


def test_two_variants_have_two_drawings_and_no_common_number(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    for variant in ("std", "easy"):
        some_pairs(connection, catalogue, 11, variant)
    page = written(connection, catalogue, tmp_path)
    drawings = [
        element for element in page.iter() if str(element.tag).endswith("}svg") or element.tag == "svg"
    ]
    assert len(drawings) == 3
    assert all(drawing.get("role") == "img" for drawing in drawings)
    assert set(results(tmp_path).query("statistic == 'mean_change'")["variant"]) == {"std", "easy"}


def test_every_number_table_names_the_instrument_version(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    some_pairs(connection, catalogue, 11)
    page = written(connection, catalogue, tmp_path)
    captions = [words(caption) for caption in page.iter(f"{NAMESPACE}caption")]
    assert len(captions) > 10
    assert all("aut 0.1.0" in caption for caption in captions)


def test_two_versions_stand_apart(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    newer = replace(catalogue.newest("aut"), version="0.2.0", digest="1" * 64)
    both = {**catalogue.instruments, ("aut", "0.2.0"): newer}
    two = Catalogue(MappingProxyType(both), catalogue.consents)
    some_pairs(connection, catalogue, 10)
    for _ in range(10):
        answered(connection, two, a_path(connection), instrument_file=newer, default=4)
    page = written(connection, two, tmp_path)
    assert "aut 0.1.0 + 0.2.0" in words(table(page, "Questionari per rilevazione"))
    frame = results(tmp_path).query("statistic == 'mean' and scale == 'AUT_BEN' and item == ''")
    assert set(frame["version"]) == {"0.1.0", "0.2.0"}


def test_invented_people_mark_the_page_and_every_row(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    answered(connection, catalogue, a_path(connection, demonstration=True))
    page = written(connection, catalogue, tmp_path)
    mark = "Dimostrazione: persone e risposte inventate"
    assert words(page.find(f".//{NAMESPACE}p")) == mark
    sections = [section for section in page.iter(f"{NAMESPACE}section") if section.get("class") != "brief"]
    assert sections
    assert all(mark in words(section) for section in sections)
    assert set(results(tmp_path)["data"]) == {"dimostrazione"}


def test_real_people_carry_no_mark(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    answered(connection, catalogue, a_path(connection))
    assert "imostrazione" not in (words(written(connection, catalogue, tmp_path)))
    assert set(results(tmp_path)["data"]) == {"reale"}


def test_names_from_the_database_cannot_become_markup(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    name = "<b>=Crema</b> & co"
    answered(connection, catalogue, a_path(connection, province="Cremona", ambito=name))
    page = written(connection, catalogue, tmp_path)
    assert f"Ambito di {name}" in words(page)
    assert not list(page.iter(f"{NAMESPACE}b"))


def test_the_same_data_give_the_same_files(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    some_pairs(connection, catalogue, 11)
    first = [
        path.read_bytes() for path in write_report(connection, catalogue, "aut", tmp_path / "a", today=TODAY)
    ]
    second = [
        path.read_bytes() for path in write_report(connection, catalogue, "aut", tmp_path / "b", today=TODAY)
    ]
    assert first == second


def test_today_is_the_day_in_italy_when_nobody_says(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    page, table_of_numbers = write_report(connection, catalogue, "aut", tmp_path)
    assert (page.name, table_of_numbers.name) == ("report.html", "results.csv")
    assert f"Dati letti il {datetime.now(CLOSED.tzinfo).year:d}"[:14] in words(visit(page))


def test_an_unknown_instrument_is_refused_by_name(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    with pytest.raises(CatalogueError, match="lo strumento «xyz» non esiste"):
        write_report(connection, catalogue, "xyz", tmp_path)
    assert not list(tmp_path.glob("*.html"))


def test_a_change_of_variant_is_told(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, "EXANTE", variant="easy", default=2)
    answered(connection, catalogue, path_id, "EXPOST")
    assert "1 persona è passata alla versione standard" in words(written(connection, catalogue, tmp_path))


def test_late_pairs_have_a_table_beside(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    some_pairs(connection, catalogue, 10)
    path_id = a_path(connection)
    late = CLOSED.replace(month=8, day=10)
    answered(connection, catalogue, path_id, "EXANTE", closed_at=late)
    answered(connection, catalogue, path_id, "EXPOST")
    text = words(table(written(connection, catalogue, tmp_path), "Solo questionari compilati nei tempi"))
    assert "esplorativo" in text


def test_an_instrument_without_the_indicator_has_no_chapter_on_it(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    aut = catalogue.newest("aut")
    scales = tuple(scale for scale in aut.scales if not scale.id.startswith("MIG"))
    instruments = {("aut", aut.version): replace(aut, scales=scales)}
    answered(connection, catalogue, a_path(connection), "EXPOST")
    page = written(connection, Catalogue(MappingProxyType(instruments), catalogue.consents), tmp_path)
    assert not [found for found in page.iter(f"{NAMESPACE}h2") if "I15" in words(found)]


def test_a_clear_fall_is_said_in_words(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    for number in range(12):
        path_id = a_path(connection)
        answered(connection, catalogue, path_id, "EXANTE", default=4)
        answered(
            connection, catalogue, path_id, "EXPOST", scale_items("AUT_OCC", [2, 2, 2, 2, 1 + number % 2])
        )
    page = words(written(connection, catalogue, tmp_path))
    assert "in calo chiaro Occupabilità percepita (−52,5)" in page
    assert "sta tutto sotto lo zero per Occupabilità percepita" in page


def test_two_modes_are_shown_in_words(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    for mode in ("self", "interview"):
        answered(connection, catalogue, a_path(connection), "EXPOST", mode=mode)
    groups = words(table(written(connection, catalogue, tmp_path), "Lo stesso, per gruppi"))
    assert "Con aiuto 1" in groups
    assert "Da sola 1" in groups


def test_no_valid_rating_draws_nothing(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    answers = {f"AUT_MIG{number}": "NS" for number in range(1, 5)}
    answered(connection, catalogue, a_path(connection), "EXPOST", answers)
    assert not [found for found in written(connection, catalogue, tmp_path).iter() if "svg" in str(found.tag)]


def test_reaching_the_target_is_said_for_both_readings(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    for number in range(15):
        answers = {f"AUT_MIG{rating}": 9 - number % 2 for rating in range(1, 5)} | {
            "AUT_MIG0A": int(number < 12)
        }
        answered(connection, catalogue, a_path(connection), "EXPOST", answers)
    page = words(written(connection, catalogue, tmp_path))
    assert "L'obiettivo, oltre 8, è raggiunto in tutte e due le letture." in page
    assert "generalizzare oltre queste persone: dimostrato in tutte e due." in page
