"""The programs that the files are for read them back: R with haven, R alone, pyreadstat, LibreOffice."""

import csv
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from openpyxl import load_workbook

from surveyapp.reports.exports.frame import Column, Frame
from surveyapp.reports.exports.missing import ALL
from surveyapp.reports.exports.statistical import write_dta, write_sav
from surveyapp.reports.exports.variables import Variable
from tests.reports.exports.conftest import Export
from tests.reports.exports.people import NASTY
from tests.reports.exports.read import files, rows
from tests.sheets.instruments import EVERY

FRAMES = ("tutto-C-std", "aut-P-std", "aut-P-easy")
SPSS = {one.word: str(one.number) for one in ALL}
STATA = {one.word: f".{one.letter}" for one in ALL}
# R says "" for both; SPSS shows blanks at the end of a text to nobody.
Cells = dict[tuple[str, str, str], str]


@pytest.fixture(scope="module")
def folder(export: Export) -> Path:
    """Two instruments in one folder, so that R starts once."""
    first, second = (export(name, "wide", "xlsx", "sav", "dta", "r") for name in ("tutto", "aut"))
    for path in files(second):
        if path.parent == second:
            shutil.copy(path, first)
    for name in ("variabili.csv", "valori.csv"):
        more = (second / "r" / name).read_text(encoding="utf-8-sig").split("\n", 1)[1]
        with (first / "r" / name).open("a", encoding="utf-8", newline="") as file:
            file.write(more)
    for path in (second / "r").glob("aut-*.csv"):
        shutil.copy(path, first / "r")
    return first


@pytest.fixture(scope="module")
def in_r(folder: Path) -> Cells:
    """What R says: by source, row and name."""
    program = shutil.which("Rscript")
    if not program:
        pytest.skip("R is not installed: apt-get install r-base-core r-cran-haven")
    said = folder / "said.tsv"
    script = Path(__file__).with_name("check.R")
    done = subprocess.run(
        [program, "--vanilla", script, folder, said],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = said.read_text(encoding="utf-8").split("\n")
    said.unlink()
    found: Cells = {}
    for line in filter(None, lines):
        source, row, name, value = line.split("\t", 3)
        found[source, row, name] = value
    return found


def expected(folder: Path, frame: str, words: dict[str, str]) -> Cells:
    """Every cell of the wide CSV, with the program's own code where there is a reason."""
    found: Cells = {}
    for number, row in enumerate(rows(folder / f"{frame}.csv")):
        for name, value in row.items():
            if not name.endswith("_reason"):
                found[frame, str(number), name] = value or words.get(row.get(f"{name}_reason", ""), "")
    return found


def same(one: str, other: str) -> bool:
    """Equal as text, or as numbers to twelve digits."""
    try:
        return one == other or float(one) == pytest.approx(float(other), rel=1e-11)
    except ValueError:
        return False


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("ending", "words"), [(".sav", SPSS), (".dta", STATA)])
def test_r_reads_every_cell_of_spss_and_stata_files(
    folder: Path, in_r: Cells, frame: str, ending: str, words: dict[str, str]
) -> None:
    days = _days(folder, frame)
    values, coded = expected(folder, frame, {}), expected(folder, frame, words)
    wanted = {place: values[place] if place[2] in days else value for place, value in coded.items()}
    read = {place: in_r[f"{frame}{ending}", *place[1:]] for place in wanted}
    assert [place for place in wanted if not same(read[place], wanted[place])] == []
    assert len(wanted) > 400


def _days(folder: Path, frame: str) -> set[str]:
    """Days have no codes: why one is not there stands in a column of its own."""
    listed = rows(folder / "r" / "variabili.csv")
    return {row["name"] for row in listed if row["file"] == frame and row["kind"] == "date"}


def test_why_a_day_is_not_there_has_a_column_of_its_own(folder: Path, in_r: Cells) -> None:
    for ending in (".sav", ".dta"):
        for number, row in enumerate(rows(folder / "tutto-C-std.csv")):
            told = in_r[f"tutto-C-std{ending}", str(number), "TUTTO_A8_reason"]
            assert told == SPSS.get(row["TUTTO_A8_reason"], "0")


@pytest.mark.parametrize("frame", FRAMES)
def test_r_alone_reads_the_same_with_the_script(folder: Path, in_r: Cells, frame: str) -> None:
    for (_, row, name), value in expected(folder, frame, {}).items():
        assert same(in_r[f"{frame} codes", row, name], value), (row, name)


def test_labels_and_missing_codes_are_those_of_the_questionnaire(in_r: Cells) -> None:
    assert in_r["tutto-C-std.sav label", "0", "TUTTO_A1"] == "Voglia: La persona viene volentieri."
    said = "5==1+1|4=Molto|3=Abbastanza|2=Poco|1=Per niente|-91=@non saprei|-94=Domanda saltata"
    said += "|-95=Nessuna risposta|-96=Domanda non fatta"
    assert set(in_r["tutto-C-std.sav labels", "0", "TUTTO_A1"].split("|")) == set(said.split("|"))
    assert in_r["tutto-C-std.sav range", "0", "TUTTO_A1"] == "-96..-91"
    assert ".a=@non saprei" in in_r["tutto-C-std.dta labels", "0", "TUTTO_A1"]
    assert in_r["tutto-C-std codes label", "0", "TUTTO_A1"].startswith("Voglia")


def test_values_are_those_that_were_answered(in_r: Cells) -> None:
    source = "tutto-C-std.sav"
    numbers = "TUTTO_A1=5 TUTTO_A2=-91 TUTTO_A4=22.5 TUTTO_A7_c1=1 TUTTO_A7_c2=0 TUTTO_A7_c3=1 TUTTO_A7_c5=0"
    records = "TUTTO_L0_1=1 TUTTO_L2_1=-1 TUTTO_L0_2=0 TUTTO_L0_3=-96 TUTTO_Z1_reason=-94 TUTTO_A_score=100"
    answers = dict(one.split("=") for one in f"{numbers} {records}".split())
    assert {name: in_r[source, "0", name] for name in answers} == answers


def test_in_r_options_are_factors_with_their_words(in_r: Cells) -> None:
    assert in_r["tutto-C-std words", "0", "TUTTO_A1"] == "'=1+1"
    assert in_r["tutto-C-std class", "0", "TUTTO_A1"] == "ordered"
    assert in_r["tutto-C-std levels", "0", "TUTTO_L0_1"] == "Sì|No"
    assert in_r["tutto-C-std class", "0", "TUTTO_L0_1"] == "factor"
    assert in_r["tutto-C-std class", "0", "submitted_on"] == "Date"
    assert in_r["tutto-C-std words", "0", "TUTTO_A2_reason"] == "NS"


@pytest.mark.parametrize("frame", FRAMES)
def test_pyreadstat_reads_measures_formats_and_codes_back(folder: Path, frame: str) -> None:
    data, about = pyreadstat.read_sav(folder / f"{frame}.sav", user_missing=True)
    wide = rows(folder / f"{frame}.csv")
    assert len(data) == len(wide)
    assert [name for name in data.columns if not name.endswith("_reason")] == [
        name for name in wide[0] if not name.endswith("_reason")
    ]
    ranges = {name: ranges[0] for name, ranges in about.missing_ranges.items()}
    assert {(one["lo"], one["hi"]) for one in ranges.values()} == {(-96.0, -91.0)}
    measures = about.variable_measure
    assert (measures["person_code"], measures["submitted_on"]) == ("nominal", "scale")
    assert set(measures.values()) == {"nominal", "ordinal", "scale"}
    data, _ = pyreadstat.read_sav(folder / f"{frame}.sav")
    items = [name for name in ranges if pd.api.types.is_numeric_dtype(data[name])]
    assert data[items].min().min() >= -3


def test_a_column_that_begins_with_many_reasons_stays_one_of_numbers_or_days(tmp_path: Path) -> None:
    """pyreadstat looks at the first 100 rows: here all of them are without an answer."""
    none, reasons = (None,) * 150, ("NS",) * 150 + ("",)
    number = Variable("N1", "Numero", "code", "ordinal", "N1", values={1: "Uno"}, reasons={"NS": "Non so"})
    day = Variable("D1", "Giorno", "date", "scale", "D1", reasons={"NS": "Non so"})
    columns = (Column(number, (*none, 1), reasons), Column(day, (*none, date(2026, 7, 1)), reasons))
    frame = Frame("many", "Tante", "P", "std", EVERY, ("0.1.0",), columns)
    spss, _ = pyreadstat.read_sav(write_sav(frame, tmp_path), user_missing=True)
    stata, _ = pyreadstat.read_dta(write_dta(frame, tmp_path), user_missing=True)
    assert (spss["N1"].iloc[0], spss["N1"].iloc[150]) == (-91, 1)
    assert (stata["N1"].iloc[0], stata["N1"].iloc[150]) == ("a", 1)
    for data in (spss, stata):
        assert data["D1"].iloc[150] == date(2026, 7, 1)
        assert data["D1_reason"].tolist() == [-91] * 150 + [0]


def test_in_workbooks_numbers_are_numbers_and_texts_are_texts(folder: Path) -> None:
    book = load_workbook(folder / "tutto-C-std.xlsx")
    assert book.sheetnames == ["dati", "variabili", "etichette", "leggimi"]
    header, first = (list(row) for row in book["dati"].iter_rows(max_row=2))
    row = {name.value: cell for name, cell in zip(header, first, strict=True)}
    assert (row["TUTTO_A1"].value, row["TUTTO_A4"].value, row["TUTTO_L2_1"].value) == (5, 22.5, -1)
    assert row["submitted_on"].is_date
    assert (row["TUTTO_A2"].value, row["TUTTO_A2_reason"].value) == (None, "NS")
    labels = {tuple(cell.value for cell in one)[:2]: one[2].value for one in book["etichette"].iter_rows()}
    assert labels["TUTTO_A1", 5] == "=1+1"
    assert any("-91 in SPSS" in str(cell.value) for cell in book["leggimi"]["A"])


def test_libreoffice_finds_no_formula_in_any_table(export: Export, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc-nogui")
    exported = export("aut", "csv", "wide", "xlsx", "valoris", identified=True)
    unsafe = tmp_path / "unsafe.csv"
    unsafe.write_text("a\n=1+1\n", encoding="utf-8")
    tables = [*(path for path in files(exported) if path.suffix in (".csv", ".xlsx")), unsafe]
    for place, path in enumerate(tables):  # two of one name would be one
        shutil.copy(path, tmp_path / f"{place}{path.suffix}")
    made = [tmp_path / f"{place}{path.suffix}" for place, path in enumerate(tables)]
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "fods",
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path / "out", *made], check=True, capture_output=True, timeout=120
    )
    written = [
        (tmp_path / "out" / f"{place}.fods").read_text(encoding="utf-8") for place in range(len(tables))
    ]
    assert [text.count("table:formula=") for text in written] == [0] * len(tables[:-1]) + [1]
    texts = "".join(written[:-1])
    assert all(re.search(re.escape(_in_xml(nasty)), texts) for nasty in NASTY)


def _in_xml(text: str) -> str:
    """The part of a nasty text that XML keeps as it is."""
    return text.strip().split("'")[0].split('"')[0]


def test_the_nasty_texts_are_as_they_were_written_but_for_a_quote(export: Export) -> None:
    exported = export("aut", "csv", identified=True)
    with (exported / "answers-identificato.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["text"] for row in csv.DictReader(file)}
    assert {f"'{text}" for text in NASTY} <= told
