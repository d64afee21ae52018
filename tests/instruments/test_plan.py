"""The study plan as a file: what it says, and how its faults are told."""

from pathlib import Path

import pytest

from surveyapp.instruments.catalogue import Catalogue, problems_of
from surveyapp.instruments.plan import Plan, problems_with, read_plan
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.source import InvalidFileError
from tests.conftest import ROOT

BUNDLED = ROOT / "instruments" / "plan" / "0.1.0.yaml"

SMALL = """\
id: plan
version: 0.1.0
title: Piano
parameters:
  D1: {title: Su chi, value: all, options: {all: tutti, some: qualcuno}}
  share: {title: Quanti, value: "20"}
entries:
  - id: aut_person
    instrument: aut
    form: P
    subject: path
    occasions: [EXANTE]
    version: path
    second_rater: share
"""


def read(text: str) -> Plan:
    return read_plan(text.encode())


def told(text: str) -> list[str]:
    with pytest.raises(InvalidFileError) as refused:
        read(text)
    return [f"{problem.line}: {problem.message}" for problem in refused.value.problems]


def test_a_plan_keeps_what_its_file_says() -> None:
    plan = read(SMALL)
    entry = plan.entries[0]
    assert (plan.parameters["D1"].value, plan.number("share")) == ("all", 20)
    assert (entry.instrument, entry.form, entry.placements, entry.length) == ("aut", "P", "all", "full")
    assert entry.retest is None


def test_the_open_questions_of_the_project_all_have_a_value() -> None:
    plan = read_plan(BUNDLED.read_bytes())
    assert {f"D{number}" for number in range(13)} <= plan.parameters.keys()
    assert all(plan.parameters[f"D{number}"].options for number in range(13))


def test_the_bundled_plan_fits_the_bundled_instruments(catalogue: Catalogue) -> None:
    assert problems_of(BUNDLED) == []
    plan = catalogue.plan()
    assert (
        problems_with(plan, {entry.instrument: catalogue.newest(entry.instrument) for entry in plan.entries})
        == []
    )


def test_every_form_of_every_instrument_is_in_the_plan(catalogue: Catalogue) -> None:
    planned = {(entry.instrument, entry.form) for entry in catalogue.plan().entries}
    assert planned == {
        (instrument.id, form) for instrument in catalogue.instruments.values() for form in instrument.forms
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("value: all", "value: nobody", "5: «nobody» non è fra le scelte: all, some"),
        ('value: "20"', "value: molti", "6: un parametro senza «options» è un numero intero"),
        ("second_rater: share", "second_rater: sharp", "8: aut_person: «sharp» non è fra i parametri"),
        (
            "subject: path",
            "subject: person",
            "11: «subject» può essere solo: path, placement, agreement, accompaniment; non «person»",
        ),
        (
            "version: path\n",
            "version: newest\n",
            "13: «version» può essere solo: path, series, accompaniment, in_force; non «newest»",
        ),
        (
            "version: path\n",
            "version: path\n    placements: reference\n",
            "8: aut_person: «placements» vale quando «subject» è placement",
        ),
        (
            "version: path\n",
            "version: path\n    show_if: {answered: AUT_BEN1}\n",
            "8: aut_person: le regole del piano guardano solo territorio e inserimento («where»)",
        ),
        ("id: plan", "id: piano", "1: «piano» non va bene per «id»: il piano si chiama plan"),
    ],
)
def test_a_fault_is_told_in_words_at_its_line(before: str, after: str, expected: str) -> None:
    assert told(SMALL.replace(before, after)) == [expected]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("instrument: aut", "instrument: aur", "8: aut_person: lo strumento «aur» non esiste"),
        ("form: P", "form: Z", "8: aut_person: aut non ha la scheda «Z»"),
        ("[EXANTE]", "[T9]", "8: aut_person: la scheda P di aut non ha la rilevazione «T9»"),
        (
            "version: path\n",
            "version: path\n    needs: AUT_OB9\n",
            "8: aut_person: «needs» nomina «AUT_OB9», che aut non ha",
        ),
    ],
)
def test_what_the_instruments_lack_is_told(
    catalogue: Catalogue, before: str, after: str, expected: str
) -> None:
    plan = read(SMALL.replace(before, after))
    found = problems_with(plan, {"aut": catalogue.newest("aut")})
    assert [f"{problem.line}: {problem.message}" for problem in found] == [expected]


def test_an_unreadable_plan_says_so() -> None:
    assert told("id: [plan") == ["1: la parentesi [ aperta qui non è chiusa, o dentro manca una virgola"]


def test_rules_and_retests_are_read() -> None:
    ruled = SMALL + "    show_if: {where: {ambito: Cremona}}\n    retest: {occasion: RETEST, share: share}\n"
    entry = read(ruled).entries[0]
    assert entry.show_if == Rule("where", among=(("ambito", ("Cremona",)),))
    assert entry.retest is not None
    assert (entry.retest.occasion, entry.retest.share) == ("RETEST", "share")


def test_a_plan_stands_in_its_folder(tmp_path: Path) -> None:
    wrong = tmp_path / "plan" / "0.2.0.yaml"
    wrong.parent.mkdir()
    wrong.write_text(SMALL.split("entries:")[0] + "entries: []\n", encoding="utf-8")
    assert [problem.message for problem in problems_of(wrong)] == [
        "il file si chiama plan/0.2.0.yaml, ma dentro è plan/0.1.0.yaml"
    ]
