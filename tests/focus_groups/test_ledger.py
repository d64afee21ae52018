"""The chain of an item: its words through the versions, who said what, and JSON that follows its schema."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from surveyapp.focus_groups.ledger import (
    Asked,
    Chain,
    Changed,
    Decided,
    Ground,
    Measured,
    Said,
    Understood,
    as_json,
    rated,
    spans,
    wordings,
)
from surveyapp.instruments.catalogue import Catalogue
from tests.focus_groups.ledger_rows import ITEM, reworded

SCHEMA = Path("surveyapp/focus_groups/ledger.schema.json")
ASKED = Asked("Chiarezza", 3, "FG3", "CM", "clarity", "0.1.0", "P", "easy")


def test_the_words_of_an_item_are_told_version_by_version(catalogue: Catalogue) -> None:
    first = catalogue.newest("aut")
    second = reworded(first, "0.2.0", "Riesci a seguire le regole al lavoro?")
    found = [one for one in wordings([second, first], ITEM) if one.variant == "easy"]
    assert [(one.version, one.changed) for one in found] == [("0.1.0", False), ("0.2.0", True)]
    assert found[1].text == "Riesci a seguire le regole al lavoro?"
    assert not [one for one in wordings([first, second], ITEM) if one.variant == "std" and one.changed]
    assert wordings([first], "AUT_NO") == ()


def test_words_that_stay_are_told_once(catalogue: Catalogue) -> None:
    first = catalogue.newest("aut")
    versions = [first, replace(first, version="0.1.1"), reworded(first, "0.2.0", "Segui le regole?")]
    found = {(one.variant, one.first, one.last): one.before for one in spans(wordings(versions, ITEM))}
    old = first.declared[ITEM].wordings["P", "easy"].text
    assert found == {
        ("easy", "0.1.0", "0.1.1"): "",
        ("easy", "0.2.0", "0.2.0"): old,
        ("std", "0.1.0", "0.2.0"): "",
    }


def test_audiences_are_rated_apart() -> None:
    other = replace(ASKED, audience="COOP")
    judgements = [(ASKED, value) for value in (4, 3, 2, 4, 1, 3, 2, 4)] + [(other, None), (other, 4)]
    first, second = rated(judgements)
    assert (first.audience, first.validity.value, first.validity.accepted) == ("CM", 0.625, False)
    assert (second.audience, second.validity.raters, second.validity.value) == ("COOP", 1, None)


def test_the_ledger_for_programs_follows_its_schema(catalogue: Catalogue) -> None:
    decided = Decided(
        code="DEC-001",
        proposal="Altre parole",
        outcome="accepted",
        reason="Tre su otto",
        by="socialis",
        on=date(2027, 4, 20),
        evidence=(Ground("excerpt", "7"),),
        version="aut 0.2.0",
    )
    chain = Chain(
        instrument="aut",
        item=ITEM,
        criterion="Regole",
        wordings=wordings([catalogue.newest("aut")], ITEM),
        said=(Said(7, "FG3", 1, "JOINT", date(2027, 4, 14), "wording", "«Regole» non si capisce."),),
        rated=rated([(ASKED, 4), (ASKED, 2), (ASKED, 3)]),
        understood=(Understood("LET1", 2, "0.1.0", "P", "easy", 1, 1, 2, ("Obbedire.",)),),
        decided=(decided,),
        measured=(Measured("0.1.0", "P", "easy", "", "EXANTE", "", "missing", 4, 95),),
    )
    changes = [
        Changed("0.2.0", "0.1.0", f"{ITEM}.text.P.easy", "Cambia il testo", "same meaning", decided),
        Changed("0.2.0", "0.1.0", "title", "Cambia il titolo", "", None),
    ]
    written = json.loads(as_json([chain], {"0.1.0": ["prima bozza"]}, changes))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(written)
    assert written["items"][0]["said"][0]["on"] == "2027-04-14"
    assert written["changes"][0]["because"]["evidence"] == [{"kind": "excerpt", "reference": "7"}]


def test_nothing_else_goes_into_the_ledger() -> None:
    with pytest.raises(TypeError, match="no place in the ledger"):
        as_json([replace(Chain("aut", ITEM, "", ()), said=({1},))], {})  # type: ignore[arg-type]  # the point of the test
