"""The versions that the database keeps: each once, with the rules that hold for all of them."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import schema, versions
from surveyapp.storage.engine import reading, writing
from tests.factories import create_administration

ROW: dict[str, Any] = {
    "kind": "instrument",
    "id": "prova",
    "version": "0.1.0",
    "digest": "d" * 64,
    "document": '{"id":"prova"}',
    "status": "published",
    "author": "",
    "approver": "",
    "published_on": None,
    "note": "",
}
KEY = ("instrument", "prova", "0.1.0")


def keep(engine: Engine, **values: object) -> None:
    with writing(engine) as connection:
        versions.add(connection, [ROW | values])


def test_a_version_is_kept_with_its_document(engine: Engine) -> None:
    keep(engine)
    with reading(engine) as connection:
        assert versions.kept(connection) == {KEY: {k: v for k, v in ROW.items() if k != "document"}}
        assert versions.document(connection, KEY) == '{"id":"prova"}'
        assert versions.document(connection, ("instrument", "prova", "0.2.0")) is None


def test_nothing_to_add_is_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        versions.add(connection, [])
        versions.change(connection, [])
        assert versions.kept(connection) == {}


def test_one_version_changes_alone(engine: Engine) -> None:
    keep(engine)
    keep(engine, version="0.2.0")
    with writing(engine) as connection:
        versions.change(connection, [ROW | {"status": "retired"}])
    with reading(engine) as connection:
        kept = versions.kept(connection)
        assert {key[2]: row["status"] for key, row in kept.items()} == {
            "0.1.0": "retired",
            "0.2.0": "published",
        }


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"kind": "boh"}, "known_kind"),
        ({"status": "boh"}, "known_status"),
        ({"author": "Anna", "approver": "Anna"}, "two_people"),
    ],
)
def test_the_rules_are_in_the_database(engine: Engine, values: dict[str, str], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule):
        keep(engine, **values)


def test_a_version_is_there_once(engine: Engine) -> None:
    keep(engine)
    keep(engine, kind="module")
    with pytest.raises(IntegrityError):
        keep(engine, digest="e" * 64)


def test_what_administrations_pin_is_told_once(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        for _ in range(2):
            create_administration(connection, catalogue)
    with reading(engine) as connection:
        aut = catalogue.newest("aut")
        assert versions.pins(connection) == {("aut", aut.version, aut.digest)}
        assert versions.shown_consents(connection) == set()


def test_the_table_goes_and_comes_back(engine: Engine) -> None:
    keep(engine)
    schema.downgrade(engine, "0004")
    schema.upgrade(engine)
    with reading(engine) as connection:
        assert versions.kept(connection) == {}
