"""The codebook: every item, form and variant, and everything that is computed."""

import csv
import io

from openpyxl import load_workbook

from surveyapp.instruments.model import Instrument
from surveyapp.sheets.codebook import as_csv, codebook
from surveyapp.sheets.tables import Table, without_empty
from surveyapp.sheets.workbook import xlsx
from tests.sheets.instruments import ALL, EVERY


def rows(name: str, instrument: Instrument = EVERY) -> list[dict[str, str]]:
    found = next(one for one in codebook(instrument) if one.name == name)
    return [dict(zip(found.keys, row, strict=True)) for row in found.rows]


def item(code: str, form: str, variant: str) -> dict[str, str]:
    return next(
        row for row in rows("domande") if (row["item"], row["form"], row["variant"]) == (code, form, variant)
    )


def test_every_item_has_a_row_for_each_form_and_variant(instrument: Instrument) -> None:
    expected = [
        (one.id, form, variant) for one in instrument.declared.values() for form, variant in one.wordings
    ]
    assert [(row["item"], row["form"], row["variant"]) for row in rows("domande", instrument)] == expected


def test_codes_are_told_with_their_labels() -> None:
    assert item("TUTTO_A1", "P", "easy")["codes"] == (
        "1=No; 2=Un po'; 3=Sì; N.A.=Non mi riguarda; NS=Non lo so"
    )
    assert item("TUTTO_A4", "P", "std")["codes"] == (
        "da 0 a 48 ore alla settimana, fino a 1 decimali; NS=Non so"
    )
    assert item("TUTTO_G1", "P", "std")["codes"] == "al massimo 80 caratteri"
    assert item("TUTTO_A8", "C", "std")["codes"] == "anno-mese-giorno"


def test_an_item_tells_how_it_is_asked_and_scored() -> None:
    fatigue = item("TUTTO_A2", "P", "std")
    assert (fatigue["reversed"], fatigue["core"], fatigue["scales"]) == ("sì", "sì", "TUTTO_A")
    assert (fatigue["occasions"], fatigue["lengths"], fatigue["source"]) == (
        "T0, T1",
        "breve, mini",
        "proposta",
    )
    assert item("TUTTO_A2", "C", "std")["scales"] == ""
    assert item("TUTTO_A3", "P", "easy")["rule"] == "se la risposta a TUTTO_A2 è «No» o «Un po'»"
    assert item("TUTTO_A3", "P", "easy")["parallel"] == "no"
    assert item("TUTTO_L2", "C", "std")["records"] == "al massimo 5 volte"
    assert item("TUTTO_L2", "C", "std")["earlier"] == "TUTTO_L1"
    assert item("TUTTO_A1", "P", "std")["icf"] == "d850"
    assert item("EXTRA_1", "P", "std")["module"] == "extra"


def test_what_is_computed_has_its_tables() -> None:
    scale = rows("scale")[0]
    assert scale["items"] == "TUTTO_A1, TUTTO_A2 (inverso)"
    assert scale["min_valid"] == "P 2, C 1; T1: P 1"
    assert (scale["left_out"], scale["short"]) == ("C: TUTTO_A2", "TUTTO_A1, TUTTO_A2 (almeno 2)")
    assert rows("indici")[0]["scales"] == rows("differenze")[0]["scales"] == "TUTTO_A"
    assert [row["meaning"] for row in rows("fatti")] == [
        "sì P easy: se la risposta a TUTTO_A1 è «Sì»; "
        "P std, C std: se la risposta a TUTTO_A1 è «Abbastanza», «Molto» o «=1+1»",
        "per ogni scheda di «Gli aiuti»: sì se il numero scritto a TUTTO_L2 è almeno 1",
        "sì se almeno una scheda ha TUTTO_USATO, e se l'ha almeno 50 su 100 di quelle con TUTTO_USATO",
        "quante risposte hanno uno di questi codici (1): TUTTO_A1",
    ]
    assert [row["kind"] for row in rows("avvisi")] == [
        "avviso subito a chi deve intervenire",
        "nota per gli operatori",
    ]
    assert [row["forms"] for row in rows("rilevazioni")] == ["P, C", "P, C", "P, C"]


def test_the_number_of_a_level_is_said_once() -> None:
    asked = codebook(ALL["oss@0.1.0"])[0]
    codes = {row[0]: row[asked.keys.index("codes")] for row in asked.rows}["OSS_SOF1"]
    assert codes.startswith("1=Non ancora presente, anche con aiuto; 2=Con aiuto costante; ")


def test_csv_has_english_columns_and_no_formula() -> None:
    text = as_csv(Table("x", "X", ("one", "two"), ("Uno", "Due"), (("=1+1", "-1=Di meno"), ("@a", "a=b"))))
    assert text.splitlines() == ["one,two", "'=1+1,'-1=Di meno", "'@a,a=b"]
    read = list(csv.DictReader(io.StringIO(as_csv(codebook(EVERY)[0]))))
    assert list(read[0])[:5] == ["item", "criterion", "section", "form", "variant"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in read for cell in row.values())


def test_a_spreadsheet_keeps_texts_as_texts() -> None:
    book = load_workbook(io.BytesIO(xlsx({"Foglio": [("Uno",), ("=1+1",), ("@SUM(A1)",), ("",)]})))
    cells = [row[0] for row in book["Foglio"].iter_rows()]
    assert [cell.value for cell in cells[:3]] == ["Uno", "=1+1", "@SUM(A1)"]
    assert {cell.data_type for cell in cells[:3]} == {"s"}
    assert all(cell.quotePrefix for cell in cells[:3])


def test_columns_without_anything_can_be_left_out() -> None:
    found = without_empty(Table("x", "X", ("a", "b", "c"), ("A", "B", "C"), (("1", "", "3"), ("", "", "4"))))
    assert (found.keys, found.titles, found.rows) == (("a", "c"), ("A", "C"), (("1", "3"), ("", "4")))
