"""Invented people with the answers that a test needs: rows straight into the tables."""

import itertools
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from surveyapp.storage.tables import Administration, Answer, Path, Person

TODAY = date(2026, 11, 22)
CLOSED = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
WINDOWS = {
    "EXANTE": (date(2026, 6, 15), date(2026, 7, 15), date(2026, 8, 14)),
    "EXPOST": (date(2026, 10, 1), date(2026, 10, 29), date(2026, 11, 30)),
    "INITINERE": (date(2026, 7, 1), date(2026, 8, 30), date(2026, 9, 29)),
    "RETEST": (date(2026, 7, 8), date(2026, 7, 15), date(2026, 7, 22)),
    "FU6": (date(2027, 3, 3), date(2027, 5, 2), date(2027, 6, 1)),
}
GATES = {"AUT_MIG0A": 1, "AUT_MIG0B": 0}
# A value, a text, a reason in capitals or `skipped`; None for no answer at all.
Given = int | str | None

_PEOPLE = itertools.count(1)


def a_path(connection: Connection, **values: Any) -> int:
    """A person with one path, in the province of Bergamo unless said otherwise; gives the path's id."""
    code = f"P-{next(_PEOPLE):04}"
    person = {"code": code, "province": "Bergamo", "ambito": "", "demonstration": False, "created_at": CLOSED}
    path = {"number": 1, "started_on": date(2026, 6, 15), "ended_on": None}
    person |= {key: value for key, value in values.items() if key in person}
    path |= {key: value for key, value in values.items() if key in path}
    person_id = values.get("person_id") or _add(connection, Person, person)
    return _add(connection, Path, {"person_id": person_id} | path)


def an_administration(
    connection: Connection, catalogue: Catalogue, path_id: int, occasion: str, **values: Any
) -> int:
    """An open administration of the self-assessment."""
    instrument = catalogue.newest("aut")
    due_from, due_to, late_to = WINDOWS[occasion]
    row = {
        "key": secrets.token_hex(8),
        "path_id": path_id,
        "respondent": "P",
        "instrument": instrument.id,
        "version": instrument.version,
        "digest": instrument.digest,
        "form": "P",
        "occasion": occasion,
        "due_from": due_from,
        "due_to": due_to,
        "late_to": late_to,
        "state": "open",
    }
    return _add(connection, Administration, row | values)


def answered(
    connection: Connection,
    catalogue: Catalogue,
    path_id: int,
    occasion: str = "EXANTE",
    answers: Mapping[str, Given] | None = None,
    **values: Any,
) -> int:
    """A submitted administration: every item but goals and texts has `default`, save those in `answers`."""
    variant, default = values.pop("variant", "std"), values.pop("default", 3)
    mode, instrument = values.pop("mode", "self"), values.pop("instrument_file", catalogue.newest("aut"))
    values = {"version": instrument.version, "digest": instrument.digest} | values
    closed, declared = values.pop("closed_at", CLOSED), values.pop("declared", None)
    administration_id = an_administration(
        connection,
        catalogue,
        path_id,
        occasion,
        variant=variant,
        state="submitted",
        opened_at=closed,
        closed_at=closed,
        mode=declared,
        **values,
    )
    questionnaire = Questionnaire(instrument, values.get("form", "P"), variant, occasion)
    given: dict[str, Given] = {
        item.id: default
        for item in questionnaire.items()
        if questionnaire.wording(item).format.options and not item.carries
    }
    given |= GATES if "AUT_MIG0A" in given else {}
    for item, value in (given | dict(answers or {})).items():
        answer(connection, administration_id, item, value, variant=variant, mode=mode)
    return administration_id


def answer(
    connection: Connection, administration_id: int, item: str, given: Given, revision: int = 1, **values: Any
) -> None:
    """One answer row; nothing for None."""
    if given is None:
        return
    row: dict[str, Any] = {"value": None, "text": None, "reason": None}
    if isinstance(given, int):
        row["value"] = given
    else:
        row["reason" if given in ("NS", "NA", "NO", "skipped") else "text"] = given
    row |= {"administration_id": administration_id, "item": item, "revision": revision, "variant": "std"}
    row |= {"mode": "self", "key": secrets.token_hex(8), "answered_at": CLOSED} | values
    _add(connection, Answer, row)


def scale_items(scale: str, values: list[int]) -> dict[str, Given]:
    """The answers to the five items of a scale."""
    return {f"{scale}{number}": value for number, value in enumerate(values, start=1)}


def end(connection: Connection, path_id: int, on: date = date(2026, 10, 1)) -> None:
    """The path is concluded."""
    connection.execute(update(Path).where(Path.id == path_id).values(ended_on=on))


def _add(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    added = connection.execute(insert(table), row).inserted_primary_key
    return int(added[0])
