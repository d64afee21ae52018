"""Names, labels and codes that every program takes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument
from surveyapp.reports.cells import safe_text
from surveyapp.reports.exports.missing import ALL, HIGHEST, LOWEST
from surveyapp.reports.exports.names import LONGEST, RESERVED, legal
from surveyapp.reports.exports.variables import distinct, item_variables, shortened
from tests.sheets.instruments import ALL as INSTRUMENTS
from tests.sheets.instruments import EVERY, HERE, _modules


@given(st.lists(st.text(max_size=40), unique=True, max_size=12))
def test_names_are_legal_and_differ_whatever_the_case(names: list[str]) -> None:
    found = legal(names)
    assert list(found) == names
    assert len({name.lower() for name in found.values()}) == len(names)
    for name in found.values():
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", name)
        assert len(name) <= LONGEST
        assert name.lower() not in RESERVED
        assert not name.endswith("_")


def test_ids_of_questions_stay_as_they_are() -> None:
    assert legal(["AUT_BEN1", "ACC_I02.1", "ACC_I02_1", "with", "str8", "1a"]) == {
        "AUT_BEN1": "AUT_BEN1",
        "ACC_I02.1": "ACC_I02_1",
        "ACC_I02_1": "ACC_I02_1_2",
        "with": "with_v",
        "str8": "str8_v",
        "1a": "v_1a",
    }


def test_missing_codes_lie_outside_of_every_answer_of_every_instrument() -> None:
    known = [code for one in INSTRUMENTS.values() for variable in _variables(one) for code in variable.known]
    assert min(known) > HIGHEST
    assert len({one.number for one in ALL}) == len({one.letter for one in ALL}) == len(ALL)
    assert (LOWEST, HIGHEST) == (-96, -91)


def _variables(instrument: Instrument) -> list:
    return [
        variable
        for form in instrument.forms.values()
        for variant in form.variants
        for variable in item_variables([instrument], form.code, variant)
    ]


def test_of_two_versions_the_newer_gives_the_words_and_no_code_is_lost() -> None:
    text = (
        (HERE / "every.yaml")
        .read_text(encoding="utf-8")
        .replace("version: 0.1.0\ntitle", "version: 0.2.0\ntitle")
    )
    text = text.replace("2: Poco, 3: Abbastanza, ", "2: Pochino, ").replace("maximum: 99", "maximum: 50")
    newer = read_instrument(text.encode(), _modules([HERE / "extra.yaml"]))
    found = {variable.item: variable for variable in item_variables([newer, EVERY], "C", "std")}
    one, number = found["TUTTO_A1"], found["TUTTO_L2.1"]
    assert one.versions == ("0.2.0", "0.1.0")
    assert (one.values[2], one.values[3], set(one.known)) == ("Pochino", "Abbastanza", {1, 2, 3, 4, 5})
    assert number.known == (-1, 99)


@given(st.text(), st.integers(5, 60))
def test_a_text_is_never_longer_than_asked(text: str, longest: int) -> None:
    assert len(shortened(text, longest)) <= longest
    text = text.encode("utf-8", "ignore").decode()
    assert len(shortened(text, longest, encoded=True).encode()) <= longest


def test_a_text_is_cut_after_a_word() -> None:
    assert shortened("Vado volentieri al lavoro", 18) == "Vado volentieri…"
    assert distinct({1: "Molto bene", 2: "Molto"}, 40) == {1: "Molto bene", 2: "Molto"}
    assert distinct({1: "Altro", 2: "Altro"}, 40) == {1: "Altro (1)", 2: "Altro (2)"}


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    safe = safe_text(text)
    assert not re.match(r"[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]", safe)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", safe)
