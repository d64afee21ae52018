"""What goes to an archive or to somebody who did not collect the data: DDI, codebooks, VALORIS, leggimi."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pyreadstat
import pytest
from openpyxl import load_workbook

from surveyapp.reports.exports.ddi_variables import add_variable
from surveyapp.reports.exports.frame import Column
from surveyapp.reports.exports.valoris import COLUMNS, TO_FILL_IN
from surveyapp.reports.exports.variables import Variable
from tests.reports.exports.conftest import Export
from tests.reports.exports.ddi_schema import NAMESPACE, problems
from tests.reports.exports.read import rows


@pytest.fixture(scope="module")
def described(export: Export) -> Path:
    return export("aut", "ddi", "sav", "wide")


def read(folder: Path, name: str) -> ElementTree.Element:
    return ElementTree.parse(folder / name).getroot()  # noqa: S314 a file that the test has just written


@pytest.mark.parametrize("instrument", ["tutto", "aut", "fu6", "qil"])
def test_the_description_is_built_as_the_schema_asks(export: Export, instrument: str) -> None:
    root = read(export(instrument, "ddi"), f"{instrument}-ddi.xml")
    assert problems(root) == []
    assert root.get("version") == "2.5"


def test_the_rules_find_what_is_wrong() -> None:
    text = (
        '<codeBook xmlns="ddi:codebook:2_5"><dataDscr><var files="F9"><varFormat type="text"/><labl/></var>'
        "</dataDscr><stdyDscr/></codeBook>"
    )
    wrong = ElementTree.fromstring(text)  # noqa: S314 the words above
    assert len(problems(wrong)) == 6


def test_every_variable_of_the_files_is_described(described: Path) -> None:
    root = read(described, "aut-ddi.xml")
    files = [one.text for one in root.iter(f"{NAMESPACE}fileName")]
    assert files == ["aut-P-easy.sav", "aut-P-std.sav"]
    for number, name in enumerate(files, 1):
        _, about = pyreadstat.read_sav(described / str(name), metadataonly=True)
        told = [one.get("name") for one in root.iter(f"{NAMESPACE}var") if one.get("files") == f"F{number}"]
        assert told == about.column_names


def counts(**answers: int) -> dict[str, str | None]:
    """The counts that are told of a question whose options and reasons were chosen so often."""
    codes = {name: int(name[1:]) for name in answers if name.startswith("_")}
    values = [codes.get(name) for name, times in answers.items() for _ in range(times)]
    reasons = ["" if name in codes else name for name, times in answers.items() for _ in range(times)]
    labels, known = {code: f"opzione {code}" for code in codes.values()}, tuple(codes.values())
    asked = {"NS": "Non so", "NA": "Non mi riguarda"}
    variable = Variable("X1", "X", "code", "ordinal", "X1", values=labels, reasons=asked, known=known)
    data = ElementTree.Element("dataDscr")
    add_variable(data, Column(variable, tuple(values), tuple(reasons)), "F1", "F1_V1")
    return {str(one.findtext("catValu")): one.findtext("catStat") for one in data.iter("catgry")}


def test_counts_are_told_where_none_is_small() -> None:
    assert counts(_1=10, _2=8, _3=7, NS=6) == {"1": "10", "2": "8", "3": "7", "-91": "6", "-92": None}


def test_a_small_count_is_not_told_nor_what_would_tell_it() -> None:
    told = counts(_1=10, _2=8, _3=3, NS=6)
    assert told["3"] is None
    assert list(told.values()).count(None) == 3  # the small one, one more beside it, and a reason nobody gave
    assert all(int(count) >= 5 for count in told.values() if count)


def test_questions_missing_codes_and_labels_are_told(described: Path) -> None:
    root = read(described, "aut-ddi.xml")
    one = next(found for found in root.iter(f"{NAMESPACE}var") if found.get("name") == "AUT_BEN1")
    question = one.findtext(f"{NAMESPACE}qstn/{NAMESPACE}qstnLit")
    assert question
    assert str(one.findtext(f"{NAMESPACE}labl")).endswith(question)
    missing = [found for found in one.iter(f"{NAMESPACE}catgry") if found.get("missing") == "Y"]
    assert {found.findtext(f"{NAMESPACE}catValu") for found in missing} == {"-91", "-92", "-94", "-95", "-96"}
    assert one.find(f"{NAMESPACE}invalrng/{NAMESPACE}range").attrib == {"min": "-96", "max": "-91"}


def test_the_codebook_has_the_names_in_the_files_and_the_missing_codes(export: Export) -> None:
    folder = export("tutto", "codebook")
    page = (folder / "tutto-0.1.0-codici.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    for told in ("TUTTO_L0_1", "TUTTO_A7_c1", "TUTTO_A_score", "-96", ".f", "person_code"):
        assert told in page
    pdf = folder / "tutto-0.1.0-codici.pdf"
    assert not pdf.exists() or pdf.read_bytes().startswith(b"%PDF")


def test_valoris_has_a_row_for_each_placement_and_columns_to_fill_in(export: Export) -> None:
    folder = export("aut", "valoris", identified=True)
    found = {row["placement_code"]: row for row in rows(folder / "valoris-identificato.csv")}
    assert len(found) == 14
    first, second = found["INSERIMENTO-SEGRETO-00"], found["INSERIMENTO-SEGRETO-01"]
    assert (first["contract"], second["contract"]) == ("contract", "allowance")
    assert (first["article_14"], first["agreement_code"]) == ("yes", "CONVENZIONE-SEGRETA")
    assert (first["hours_a_week"], first["months"], first["duld_outcome"]) == ("20.5", "5.8", "solo di uno")
    assert first["fu6_condition"] == "Lavoro tramite art. 14"
    assert (first["fu6_contract"], first["fu6_hours_a_week"]) == ("A tempo determinato", "22.5")
    assert first["fu6_months_worked"] == "6"
    assert {first[name] for name in TO_FILL_IN} == {""}
    sheets = load_workbook(folder / "valoris-identificato.xlsx")
    assert [cell.value for cell in sheets["inserimenti"][1]] == [*COLUMNS, *TO_FILL_IN]
    leggimi = (folder / "leggimi-identificato.txt").read_text(encoding="utf-8-sig")
    assert all(name in leggimi for name in TO_FILL_IN)


def test_an_outcome_of_few_is_not_told_where_it_is_de_identified(export: Export) -> None:
    told = Counter(row["duld_outcome"] for row in rows(export("aut", "valoris") / "valoris.csv"))
    assert told == {"assunzione": 6, "": 8}
