"""Invented people with codes, words and days that are easy to find again, and must not be found outside."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from tests.factories import (
    create_administration,
    create_agreement,
    create_answer,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)
from tests.reports.invented import answered

MOMENT = datetime(2033, 3, 17, 9, 41, 7, tzinfo=UTC)
STARTED, ENDED, SAID = date(2033, 1, 5), date(2033, 6, 29), date(2031, 2, 3)
WORDS = "Mi chiamo Mario Bianchi"
NASTY = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A2)",
    "\t=2+2",
    "\uff1d3+3",
    "-2+3",
    "  =4",
    "\r=5",
    '=HYPERLINK("x")',
)
PLACES = ("Cremona",) * 9 + ("Crema",) * 3 + ("Casalmaggiore",) * 2
# What must not be found in any byte of a de-identified file.
CANARIES = (
    *("ROSSI-MARIO", "ENTE-SEGRETO", "INSERIMENTO-SEGRETO", "CONVENZIONE-SEGRETA", "RITIRATA", "RIFIUTATA"),
    *("Mario Bianchi", "solo di uno", "2033-03-17", "2033-01-05", "2033-06-29", "2031-02-03", "HYPERLINK"),
    *("Crema", "Casalmaggiore"),
)


def fill(connection: Connection, catalogue: Catalogue) -> None:
    """Fourteen people in three Ambiti; the first seven in the standard version, the others easy."""
    host = create_organisation(connection, code="ENTE-SEGRETO-1", province="Cremona", ambito="Cremona")
    agreement = create_agreement(connection, code="CONVENZIONE-SEGRETA", province="Cremona", ambito="Cremona")
    for number, ambito in enumerate(PLACES):
        path = _path(connection, f"ROSSI-MARIO-{number:02}", ambito)
        _self_assessment(connection, catalogue, path, number)
        placement = create_placement(
            connection,
            path,
            code=f"INSERIMENTO-SEGRETO-{number:02}",
            **_placement(number, host, agreement),
        )
        _every_kind(connection, catalogue, path, placement, number)
        _follow_up(connection, catalogue, path, number)
    _left(connection, catalogue)


def _path(connection: Connection, code: str, ambito: str) -> int:
    person = create_person(connection, code=code, province="Cremona", ambito=ambito)
    return create_path(connection, person, started_on=STARTED, ended_on=ENDED)


def _placement(number: int, host: int, agreement: int) -> dict[str, Any]:
    values: dict[str, Any] = {
        "host_id": host,
        "started_on": STARTED,
        "ended_on": ENDED,
        "minutes_a_week": 1230,
    }
    if number == 0:
        return values | {
            "type": "A14",
            "agreement_id": agreement,
            "duld": True,
            "duld_outcome": "solo di uno",
        }
    return values | {"type": "TIS", "duld": number < 7, "duld_outcome": "assunzione" if number < 7 else None}


def _self_assessment(connection: Connection, catalogue: Catalogue, path: int, number: int) -> None:
    variant, reason = ("std" if number < 7 else "easy"), ("NS", "NA", "skipped", None)[number % 4]
    answers: dict[str, Any] = {
        "AUT_BEN1": reason,
        "AUT_ASP1": NASTY[number % len(NASTY)] if number < len(NASTY) else WORDS,
        "AUT_OB1": WORDS,
    }
    default = 1 + number % 3
    seen = {"variant": variant, "closed_at": MOMENT, "default": default, "declared": "assisted", "flags": ""}
    administration = answered(connection, catalogue, path, answers=answers, **seen)
    assert administration


EVERY_KIND: Mapping[str, Mapping[str, Any]] = {
    "TUTTO_A1": {"value": 5},
    "TUTTO_A2": {"reason": "NS"},
    "TUTTO_A4": {"text": "22.5"},
    "TUTTO_A6": {"text": WORDS},
    "TUTTO_A7": {"text": "1,3"},
    "TUTTO_A8": {"text": SAID.isoformat()},
    "TUTTO_L0.1": {"value": 1},
    "TUTTO_L1.1": {"text": WORDS},
    "TUTTO_L2.1": {"value": -1},
    "TUTTO_L0.2": {"value": 0},
    "TUTTO_Z1": {"reason": "skipped"},
}


def _every_kind(connection: Connection, catalogue: Catalogue, path: int, placement: int, number: int) -> None:
    about = {
        "instrument": "tutto",
        "form": "C",
        "occasion": "T0",
        "variant": "std",
        "placement_id": placement,
    }
    one = create_administration(connection, catalogue, path, **about, **_SENT)
    answers = {**EVERY_KIND, "TUTTO_A8": {"reason": "skipped"}} if number == 1 else EVERY_KIND
    for item, value in answers.items():
        create_answer(connection, one, item, **value, variant="std", answered_at=MOMENT)


_SENT = {"state": "submitted", "opened_at": MOMENT, "closed_at": MOMENT}


def _follow_up(connection: Connection, catalogue: Catalogue, path: int, number: int) -> None:
    about = {"instrument": "fu6", "form": "O", "occasion": "FU6", "variant": "std"}
    one = create_administration(connection, catalogue, path, **about, **_SENT)
    answers: dict[str, Mapping[str, Any]] = {
        "FU6_02": {"value": 1},
        "FU6_03": {"value": 1 if number else 3},
        "FU6_05": {"value": 2},
        "FU6_05B": {"text": "22.5"},
        "FU6_06": {"value": 6},
    }
    for item, value in answers.items():
        create_answer(connection, one, item, **value, variant="std", answered_at=MOMENT)


def _left(connection: Connection, catalogue: Catalogue) -> None:
    """Two who answered everything, and whose answers do not count."""
    for code, state in (("RITIRATA-1", "withdrawn"), ("RIFIUTATA-1", "refused")):
        path = _path(connection, code, "Cremona")
        one = create_administration(
            connection, catalogue, path, variant="std", state=state, opened_at=MOMENT, closed_at=MOMENT
        )
        create_answer(connection, one, "AUT_BEN1", value=5, variant="std", answered_at=MOMENT)
        create_answer(connection, one, "AUT_ASP1", text=f"{WORDS} {code}", variant="std", answered_at=MOMENT)
