"""The ledger of a version: each change with the decision behind it, on the site and for programs."""

import json
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import Engine

from surveyapp.focus_groups.version_ledger import Versions, for_programs, ledger_of, versions_of
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from tests.focus_groups.ledger_rows import ITEM, NOW_WORDED, PLACE, create_second_version, two_versions

SCHEMA = Path("surveyapp/focus_groups/ledger.schema.json")


@pytest.fixture
def versions(catalogue: Catalogue) -> Versions:
    found = versions_of(two_versions(catalogue), "aut")
    assert found is not None
    return found


def test_a_change_has_the_decision_of_the_draft_that_made_it(engine: Engine, versions: Versions) -> None:
    with writing(engine) as connection:
        made = create_second_version(connection)
        ledger = ledger_of(connection, versions, "0.2.0")
    told = {one.place: one for one in ledger.changes}
    because = told[PLACE].because
    assert because is not None
    assert (because.code, because.version, told[PLACE].kind) == (made.decision, "aut 0.2.0", "same meaning")
    assert NOW_WORDED in told[PLACE].sentence
    assert told["title"].because is None
    assert (ledger.before, ledger.unexplained) == ("0.1.0", len(ledger.changes) - 1)


def test_a_kind_that_nobody_declared_is_not_told(engine: Engine, versions: Versions) -> None:
    with reading(engine) as connection:
        changes = ledger_of(connection, versions, "0.2.0").changes
    assert {one.kind for one in changes} == {""}


def test_the_first_version_has_no_changes(engine: Engine, versions: Versions) -> None:
    with reading(engine) as connection:
        ledger = ledger_of(connection, versions, "0.1.0")
    assert (ledger.before, ledger.changes) == ("", ())


def test_a_module_has_versions_too_and_the_unknown_has_none(catalogue: Catalogue) -> None:
    module = versions_of(catalogue, "mcr")
    assert module is not None
    assert module.is_module
    assert versions_of(catalogue, "nothere") is None


def test_the_ledger_of_a_version_follows_its_schema(engine: Engine, versions: Versions) -> None:
    with writing(engine) as connection:
        made = create_second_version(connection)
        text = for_programs(connection, versions, "0.2.0")
    written = json.loads(text)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(written)
    assert written["versions"] == {"0.1.0": [], "0.2.0": ["Dopo FG3"]}
    (chain,) = [one for one in written["items"] if one["item"] == ITEM]
    assert [one["excerpt"] for one in chain["said"]] == [made.quoted, made.silent]
    assert "Non lo direi fuori di qui." not in text
    assert len(written["items"]) == len(versions.newest.declared)
