"""What takes some making: a question that repeats the person's words; an instrument with a second version."""

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.publication_record import Publication, read_record, write_record
from surveyapp.storage.engine import writing
from tests.conftest import ROOT
from tests.factories import NOW, create_administration, create_answer, create_link, create_path
from tests.web.pages import Page, send, visit

GOAL, ITS_QUESTION = "AUT_OB1", "AUT_OBR1"
REWORDED = ("easy: Ti piacciono le tue giornate?", "easy: Le tue giornate ti piacciono?")


def goal_link(connection: Connection, catalogue: Catalogue, goal: str) -> str:
    """The link of the end of a path, all skipped up to the question about the goal written at its start."""
    path = create_path(connection, variant="easy")
    done = {"state": "submitted", "variant": "easy", "opened_at": NOW, "closed_at": NOW}
    before = create_administration(connection, catalogue, path, **done)
    create_answer(connection, before, GOAL, text=goal)
    return skipped_link(connection, catalogue, path, ITS_QUESTION)


def skipped_link(connection: Connection, catalogue: Catalogue, path: int, until: str) -> str:
    """The link of the end of a path, all skipped up to this question."""
    asked = catalogue.newest("aut").items.values()
    items = [item.id for item in asked if "EXPOST" in item.occasions]
    after = create_administration(connection, catalogue, path, occasion="EXPOST")
    for item in items[: items.index(until)]:
        create_answer(connection, after, item, reason="skipped")
    return "/r/" + create_link(connection, after)


def goal_question(app: Flask, goal: str) -> Page:
    """The question that repeats a goal."""
    services, client = app.extensions["surveyapp"], app.test_client()
    with writing(services.engine) as connection:
        link = goal_link(connection, services.catalogue, goal)
    return send(client, visit(client, link))


def second_version(folder: Path) -> Path:
    """The instruments, with a second version of one: its first question is said in other words."""
    instruments = folder / "instruments"
    shutil.copytree(ROOT / "instruments", instruments)
    text = (instruments / "aut" / "0.1.0.yaml").read_text(encoding="utf-8")
    for old, new in (("version: 0.1.0", "version: 0.2.0"), REWORDED):
        assert old in text
        text = text.replace(old, new, 1)
    data = text.encode()
    (instruments / "aut" / "0.2.0.yaml").write_bytes(data)
    second = Publication(
        sha256=hashlib.sha256(data).hexdigest(),
        status="published",
        author="Anna Rossi",
        approver="Luca Verdi",
        published_on=datetime.now(UTC).date(),
        note="Domanda più chiara.",
        previous="0.1.0",
    )
    write_record(instruments, read_record(instruments) | {"aut/0.2.0.yaml": second})
    return instruments
