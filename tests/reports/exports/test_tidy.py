"""The exported answers: safe in a spreadsheet, whole for a psychometrician."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cells import number_text, replace_file, safe_text
from surveyapp.reports.change_report import write_report
from surveyapp.reports.exports.write import write_exports
from tests.reports.invented import TODAY, a_path, an_administration, answered, scale_items


def write(connection: Connection, catalogue: Catalogue, folder: Path) -> list[Path]:
    return write_exports(connection, catalogue, "aut", folder, kinds=["csv"], identified=True)


def exported(connection: Connection, catalogue: Catalogue, folder: Path) -> tuple[list[dict], list[dict]]:
    tables = []
    for path in write(connection, catalogue, folder)[:2]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables.append(list(csv.DictReader(file)))
    return tables[0], tables[1]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+39", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "  =1", "\x00=1"],
)
def test_text_that_could_be_a_formula_gets_an_apostrophe(text: str):
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", ["", "ciao", "Cara Anna, = bene", "l'orto", "5 - 3"])
def test_other_text_stays_as_it_was_written(text: str):
    assert safe_text(text) == text


def test_control_characters_are_dropped_and_line_breaks_kept():
    assert safe_text("a\x00b\x1b[1mc\nd\u0085") == "ab[1mc\nd"


def test_numbers_have_twelve_digits_and_stay_numbers():
    assert [number_text(value) for value in (None, -1, 2 / 3)] == ["", "-1", "0.666666666667"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path):
    path = replace_file(tmp_path / "new" / "a.csv", "vecchio")
    with pytest.raises(UnicodeEncodeError):
        replace_file(path, "nuovo \ud800")
    assert path.read_text(encoding="utf-8") == "vecchio"
    assert [found.name for found in path.parent.iterdir()] == ["a.csv"]


def test_answers_hold_what_was_chosen_and_why_not(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    answers = {"AUT_BEN1": "NA", "AUT_BEN2": "skipped", "AUT_BEN3": 5, "AUT_ASP1": "=HYPERLINK(A1)"}
    answered(connection, catalogue, a_path(connection, code="BG-7"), answers=answers)
    rows = {row["item"]: row for row in exported(connection, catalogue, tmp_path)[0]}
    assert (rows["AUT_BEN1"]["value"], rows["AUT_BEN1"]["reason"]) == ("", "N.A.")
    assert rows["AUT_BEN2"]["reason"] == "skipped"
    assert (rows["AUT_BEN3"]["value"], rows["AUT_BEN3"]["reason"]) == ("5", "")
    assert rows["AUT_ASP1"]["text"] == "'=HYPERLINK(A1)"
    about = rows["AUT_BEN1"]
    assert (about["person_code"], about["territory"], about["version"]) == (
        "BG-7",
        "Provincia di Bergamo",
        "0.1.0",
    )
    assert about["answered_at"] == "2026-07-01T10:00:00+00:00"
    assert about["demonstration"] == "no"


def test_each_questionnaire_is_one_row_with_reasons_beside(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    path_id = a_path(connection)
    answered(connection, catalogue, path_id, answers={"AUT_BEN1": "NS", "AUT_OB1": "leggere, scrivere"})
    answered(connection, catalogue, path_id, "EXPOST", {"AUT_MIG0A": -1, "AUT_OBR1": 2})
    answered(connection, catalogue, path_id, "EXPOST", {"AUT_OBR1": 3}, form="O")
    before, after, operator = exported(connection, catalogue, tmp_path)[1]
    assert (before["AUT_BEN1"], before["AUT_BEN1.reason"]) == ("", "NS")
    assert before["AUT_OB1"] == "leggere, scrivere"
    assert (after["AUT_MIG0A"], after["AUT_OBR1"], after["AUT_OBR2"]) == ("-1", "2", "")
    assert (operator["form"], operator["AUT_OBR1"], operator["AUT_BEN1"]) == ("O", "3", "")
    assert (before["late"], before["submitted_at"]) == ("no", "2026-07-01T10:00:00+00:00")


def test_how_it_was_answered_is_exported(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    said = {"declared": "assisted", "helper": "tutor", "help_kinds": "explained,read"}
    seen = {"practice": "with_help", "flags": "same_answer,too_quick", "reading": "size=large pictures=off"}
    answered(connection, catalogue, a_path(connection), mode="read_aloud", **said, **seen)
    answered(connection, catalogue, a_path(connection), flags="")
    answered(connection, catalogue, a_path(connection))
    answers, (helped, plain, legacy) = exported(connection, catalogue, tmp_path)
    columns = ("mode_declared", "helper", "help_kinds", "practice", "flags", "reading", "pictures")
    assert [helped[column] for column in columns] == [
        *("assisted", "tutor", "explained,read", "with_help", "same_answer,too_quick"),
        *("size=large pictures=off", "off"),
    ]
    assert [plain[column] for column in columns] == ["", "", "", "", "none", "", "on"]
    assert legacy["flags"] == ""
    assert (answers[0]["mode"], answers[0]["reading"], answers[0]["pictures"]) == ("read_aloud", "", "on")


def test_open_questionnaires_are_not_exported(connection: Connection, catalogue: Catalogue, tmp_path: Path):
    an_administration(connection, catalogue, a_path(connection), "EXANTE")
    assert exported(connection, catalogue, tmp_path) == ([], [])


def test_headers_follow_the_instrument_and_pandas_reads_them_plainly(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    answered(connection, catalogue, a_path(connection, province="Cremona", ambito="Forlì"))
    write(connection, catalogue, tmp_path)
    for name, encoding in (
        ("answers-identificato.csv", None),
        ("administrations-identificato.csv", "utf-8-sig"),
    ):
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf")
        frame = pd.read_csv(tmp_path / name, encoding=encoding)
        assert frame.columns[0] == "person_code"
        assert set(frame["territory"]) == {"Ambito di Forlì"}
    items = [name for name in frame.columns if name.startswith("AUT_") and not name.endswith(".reason")]
    assert items == list(catalogue.newest("aut").items)


def test_alpha_and_mean_change_can_be_recomputed_from_the_export(
    connection: Connection, catalogue: Catalogue, tmp_path: Path
):
    chance = np.random.default_rng(7)
    for number in range(24):
        path_id = a_path(connection)
        level = chance.integers(2, 4)
        for occasion, more in (("EXANTE", 0), ("EXPOST", 1)):
            values = np.clip(level + more + chance.integers(-1, 2, 5), 1, 5).tolist()
            values[2] = 6 - values[2]
            answers = scale_items("AUT_BEN", values)
            if number % 5 == 0:
                answers[f"AUT_BEN{1 + (number + more) % 5}"] = "NS"
            if number != 3 or occasion == "EXANTE":
                answered(connection, catalogue, path_id, occasion, answers)
    write(connection, catalogue, tmp_path)
    write_report(connection, catalogue, "aut", tmp_path, today=TODAY)
    results = pd.read_csv(tmp_path / "results.csv", keep_default_na=False)
    alpha, n_alpha = _alpha_by_hand(tmp_path)
    mean, low, pairs = _change_by_hand(tmp_path)
    assert _result(results, "alpha", "EXANTE", "value") == pytest.approx(alpha, abs=1e-11)
    assert _result(results, "alpha", "EXANTE", "n") == n_alpha
    assert _result(results, "mean_change", "EXANTE-EXPOST", "value") == pytest.approx(mean, abs=1e-11)
    assert _result(results, "mean_change", "EXANTE-EXPOST", "low") == pytest.approx(low, abs=1e-9)
    assert _result(results, "n_pairs", "EXANTE-EXPOST", "value") == pairs


def _keyed(folder: Path) -> pd.DataFrame:
    """Plain pandas: the five items, the third turned round (R5: 6 - x)."""
    frame = pd.read_csv(folder / "administrations-identificato.csv")
    items = [f"AUT_BEN{number}" for number in range(1, 6)]
    frame["AUT_BEN3"] = 6 - frame["AUT_BEN3"]
    return frame.set_index(["person_code", "occasion"])[items]


def _alpha_by_hand(folder: Path) -> tuple[float, int]:
    before = _keyed(folder).xs("EXANTE", level="occasion")
    covariance = before.cov().to_numpy()
    return 5 / 4 * (1 - np.trace(covariance) / covariance.sum()), len(before.dropna())


def _change_by_hand(folder: Path) -> tuple[float, float, int]:
    keyed = _keyed(folder)
    before, after = (keyed.xs(occasion, level="occasion") for occasion in ("EXANTE", "EXPOST"))
    people = before.index.intersection(after.index)
    before, after = before.loc[people], after.loc[people]
    common = before.notna() & after.notna()
    enough = common.sum(axis=1) >= 4
    change = 25 * (after.where(common).mean(axis=1) - before.where(common).mean(axis=1))[enough]
    assert len(change) == 18
    student = 2.109815577833  # printed tables: t with 17 degrees of freedom, .975
    return change.mean(), change.mean() - student * change.std() / np.sqrt(18), 18


def _result(results: pd.DataFrame, statistic: str, occasion: str, column: str) -> float:
    rows = results.query(
        "statistic == @statistic and occasion == @occasion and scale == 'AUT_BEN' and item == ''"
        " and territory == 'Tutti i territori' and subset == ''"
    )
    assert len(rows) == 1
    return float(rows[column].iloc[0])
