"""One invented person with a placement, and what the three sides answered about it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.tables import Consent, ConsentText, Path, Person
from tests.factories import (
    create_administration,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)
from tests.reports.invented import Given, answer

TODAY = date(2026, 11, 22)
SENT = datetime(2026, 9, 20, 10, 0, tzinfo=UTC)
CODE = "BG-0001"
OWN = "Prendere la patente"  # a goal in the own words
# Every question of the eight dimensions that a form asks.
SCALES = ("BEN", "AUD", "PDV", "LAV", "REL", "ORG", "SOS", "TER")


def a_person(connection: Connection, **values: Any) -> int:
    """A person in Bergamo with the code CODE, unless said otherwise; gives the id of the path."""
    person = {"code": CODE, "province": "Bergamo", "ambito": "", "demonstration": False}
    chosen = {key: values.pop(key) for key in list(values) if key in person}
    person_id = create_person(connection, **(person | chosen))
    return create_path(connection, person_id, **({"started_on": date(2026, 6, 1), "ended_on": None} | values))


def a_placement(connection: Connection, path_id: int, **values: Any) -> int:
    """A placement that goes on, at a host of its own."""
    host = values.pop("host_id", None) or create_organisation(connection)
    row = {"host_id": host, "started_on": date(2026, 7, 1), "ended_on": None}
    return create_placement(connection, path_id, **(row | values))


def sent(
    connection: Connection,
    catalogue: Catalogue,
    path_id: int,
    instrument: str,
    form: str,
    occasion: str,
    answers: Mapping[str, Given],
    **values: Any,
) -> int:
    """A submitted form with these answers."""
    variant = values.pop("variant", "std")
    row = {"instrument": instrument, "form": form, "occasion": occasion, "variant": variant}
    row |= {"state": "submitted", "closed_at": SENT, "opened_at": SENT} | values
    administration_id = create_administration(connection, catalogue, path_id, **row)
    for item, given in answers.items():
        answer(connection, administration_id, item, given, variant=variant)
    return administration_id


def a_view(
    connection: Connection,
    catalogue: Catalogue,
    path_id: int,
    placement_id: int,
    form: str,
    value: int = 3,
    more: Mapping[str, Given] | None = None,
    **values: Any,
) -> int:
    """A form of the placement in which every answer of a form is `value`."""
    occasion, variant = values.pop("occasion", "INITINERE"), values.get("variant", "std")
    items = {
        item.id: value
        for item in catalogue.newest("qil").items.values()
        if (form, variant) in item.wordings and item.id.startswith(tuple(f"QIL_{one}" for one in SCALES))
    }
    items["QIL_REL4"] = 0 if form in "OC" else value
    given: dict[str, Given] = {**items, **dict(more or {})}
    return sent(
        connection, catalogue, path_id, "qil", form, occasion, given, placement_id=placement_id, **values
    )


def decided(
    connection: Connection, administration_id: int, decision: str, when: datetime, text: str = "x"
) -> None:
    """A decision about taking part, after reading a text."""
    digest = f"{abs(hash(text)):064d}"[:64]
    if not connection.scalar(select(ConsentText.digest).where(ConsentText.digest == digest)):
        row = {"digest": digest, "consent": "participant", "version": "0.1.0", "variant": "std", "text": text}
        connection.execute(insert(ConsentText), row)
    row = {"administration_id": administration_id, "text_digest": digest, "decision": decision}
    connection.execute(insert(Consent), row | {"decided_at": when})


def path_of(connection: Connection, code: str = CODE) -> int:
    """The id of the path of a person."""
    found = select(Path.id).join(Person, Person.id == Path.person_id).where(Person.code == code)
    return int(connection.scalar(found) or 0)
