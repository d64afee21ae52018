"""Every staff page x every role x an object of the own and of another territory.

`access_matrix.csv` is the promise: one line for each method, route and object. A route that is missing fails.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from surveyapp.focus_groups import drafts
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import alerts, case_jobs, decisions, excerpts, jobs
from surveyapp.storage.engine import writing
from surveyapp.storage.problem_reports import add as add_problem
from surveyapp.storage.scope import REPORT
from surveyapp.storage.tables import Person
from tests.bundled import FOLDER
from tests.factories import (
    NOW,
    create_administration,
    create_answer,
    create_excerpt,
    create_focus_group,
    create_focus_participant,
    create_path,
    create_person,
    create_recording,
)
from tests.focus_groups.factories import create_rater, create_relevance, create_round
from tests.staff.people import enter
from tests.web.pages import visit

MATRIX = Path(__file__).parent / "access_matrix.csv"
PREFIX = "/gestione"
NOBODY = "signed_out"
ROLES = ("administrator", "socialis", "lead_partner", "territory_office", "caseworker")
# After these, and before them, the session is another one.
ENDS_A_SESSION = ("/gestione/accedi", "/gestione/esci")
OBJECTS = ("none", "own", "other", "missing")


@dataclass(frozen=True)
class Case:
    """One line of the matrix for one role: what must be answered."""

    method: str
    rule: str
    object: str
    role: str
    expected: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule} {self.object} {self.role}"


def cases() -> list[Case]:
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return [
            Case(line["method"], line["route"], line["object"], role, line[role])
            for line in csv.DictReader(file)
            for role in (NOBODY, *ROLES)
        ]


def staff_routes(app: Flask) -> Iterator[tuple[str, str]]:
    rules: list[Rule] = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIX)]
    for rule in rules:
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule.rule


@pytest.fixture
def objects(engine: Engine, catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Values for the variable parts of a route: of the own territory, of another one, of nothing."""
    with writing(engine) as connection:
        people = {
            "own": create_person(connection, province="Bergamo", ambito=""),
            "other": create_person(connection, province="Cremona", ambito="Cremona"),
        }
        keys = {
            name: f"KEY{name.upper()}"
            for name, person in people.items()
            if create_administration(
                connection, catalogue, create_path(connection, person), key=f"KEY{name.upper()}"
            )
        }
        sent = {name: f"SENT{name.upper()}" for name in people}
        raised = {
            name: add_alert(connection, catalogue, person, sent[name]) for name, person in people.items()
        }
        problem = {"received_at": NOW, "page": "", "text": "x", "email": "", "telephone": ""}
        add_problem(connection, key="k", source=None, **problem)
        report = jobs.request(connection, REPORT, {"instrument": "aut"}, "somebody", NOW)
        held = jobs.take(connection, "worker", NOW)
        assert held is not None
        page = jobs.File("report.html", "text/html", b"<!doctype html>")
        jobs.finish(connection, held, [page], NOW)
        sheets = {name: add_sheet(connection, person) for name, person in people.items()}
        meetings = {name: add_meeting(connection, f"FG-{name}") for name in people}
        written = {name: add_text(connection, catalogue, person) for name, person in people.items()}
        judged = {name: add_round(connection) for name in people}
        family = drafts.family_of(catalogue, FOLDER, "aut")
        assert family is not None
        draft = drafts.open_draft(connection, family, "socialis@study.example", NOW)
        decision = add_decision(connection)
        excerpts.add_criterion(connection, "N-1", "Il tempo del tutor", int(meetings["own"]["meeting"]), NOW)
        recorded = [create_recording(connection, item=item) for item in ("AUT_BEN1", "AUT_BEN2")]
    there = {"problem": "1", "item": "AUT_ASP1", "entry": "1", "page": "BEN"}
    there |= {
        "draft": str(draft),
        "decision": decision,
        "report": str(report),
        "name": "report.html",
        "file": "case.html",
        "instrument": "aut",
        "version": "0.1.0",
        "criterion": "N-1",
    }
    own, other = (
        {
            "key": keys[whose],
            "sent": sent[whose],
            "alert": raised[whose],
            "sheet": sheets[whose],
            **meetings[whose],
            "recording": str(recording),
            **judged[whose],
            "answer": written[whose],
            **there,
        }
        for whose, recording in zip(("own", "other"), recorded, strict=True)
    )
    return {
        "none": {},
        "own": own,
        "other": other,
        "missing": {
            "key": "NOTTHERE22",
            "sent": "NOTTHERE22",
            "alert": "999999",
            "sheet": "999999",
            "meeting": "999999",
            "participant": "999999",
            "excerpt": "999999",
            "code": "999999",
            "problem": "999999",
            "answer": "999999",
            "item": "NOTTHERE",
            "report": "999999",
            "name": "report.html",
            "file": "case.html",
            "recording": "999999",
            **dict.fromkeys(("round", "question", "rater", "focus"), "999999"),
            "draft": "999999",
            "decision": "DEC-999",
            "criterion": "N-999",
            "instrument": "nothere",
            "version": "9.9.9",
            "entry": "1",
            "page": "NOWHERE",
        },
    }


def add_alert(connection: Connection, catalogue: Catalogue, person: int, key: str) -> str:
    """An alert on a text of a questionnaire that was sent; its id."""
    sent = {"state": "submitted", "variant": "easy", "closed_at": NOW, "key": key}
    path = create_path(connection, person, number=2)
    administration = create_administration(connection, catalogue, path, **sent)
    create_answer(connection, administration, "AUT_ASP1", text="x")
    raised = {"code": "by_staff", "item": "AUT_ASP1", "revision": 1, "raised_at": NOW}
    return str(alerts.add(connection, administration_id=administration, raised_by="x", **raised))


def add_text(connection: Connection, catalogue: Catalogue, person: int) -> str:
    """A text of a questionnaire that was sent; the id of the answer."""
    path = create_path(connection, person, number=3)
    sent = {"state": "submitted", "variant": "easy", "closed_at": NOW}
    administration = create_administration(connection, catalogue, path, **sent)
    return str(create_answer(connection, administration, "AUT_ASP1", text="x"))


def add_decision(connection: Connection) -> str:
    """A proposal that nobody has decided about; its code."""
    about = {"instrument": "aut", "object_kind": "item", "object_id": "AUT_OCC3", "proposal": "x"}
    return decisions.propose(connection, [], proposed_by="x", proposed_at=NOW, **about)


def add_sheet(connection: Connection, person: int) -> str:
    """The sheet of a person, made for the caseworker, in both places where files of jobs are named."""
    code = connection.scalar(select(Person.code).where(Person.id == person))
    asked_by, now = "caseworker@study.example", datetime.now(UTC)
    sheet = case_jobs.request(connection, str(code), asked_by, now, alerts=False, with_host=False)
    held = jobs.take(connection, "worker", now)
    assert held is not None
    jobs.finish(connection, held, [jobs.File("case.html", "text/html", b"<!doctype html>")], now)
    return str(sheet)


def add_round(connection: Connection) -> dict[str, str]:
    """A round of judgements with a question and a link, in a focus group of its own; their ids."""
    focus = create_focus_group(connection)
    made = create_round(connection, focus)
    question, (rater, _token) = create_relevance(connection, made), create_rater(connection, made)
    ids = {"round": made, "question": question, "rater": rater, "focus": focus}
    return {name: str(one) for name, one in ids.items()}


def add_meeting(connection: Connection, code: str) -> dict[str, str]:
    """A focus group in which somebody said something: nothing of it can be deleted."""
    meeting = create_focus_group(connection, code=code)
    participant = create_focus_participant(connection, meeting)
    excerpt = create_excerpt(connection, meeting, speaker_id=participant)
    return {"meeting": str(meeting), "participant": str(participant), "excerpt": str(excerpt), "code": "1"}


def address(rule: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        rule = rule.replace(f"<{name}>", value).replace(f"<int:{name}>", value)
    assert "<" not in rule, f"no value for a part of {rule}"
    return rule


def token(client: FlaskClient) -> str:
    return visit(client, "/gestione/").hidden()["csrf_token"]


def answer(client: FlaskClient, case: Case, values: dict[str, str]) -> str:
    """The status, with where a redirect leads."""
    target = address(case.rule, values)
    if case.method == "GET":
        reply = client.get(target)
    else:
        reply = client.post(target, data={"csrf_token": token(client)})
    to = (reply.location or "").partition("?")[0]
    for name in ("key", "sent"):
        to = to.replace(values.get(name, " "), f"<{name}>")
    return f"{reply.status_code} {to}".strip()


def signed_in(app: Flask, role: str) -> FlaskClient:
    client = app.test_client()
    if role != NOBODY:
        enter(client, role)
    return client


def test_every_staff_route_stands_in_the_matrix(app: Flask) -> None:
    written = {(case.method, case.rule) for case in cases()}
    assert set(staff_routes(app)) == written


def test_every_route_with_an_object_is_tried_with_all(app: Flask) -> None:
    for method, rule in staff_routes(app):
        tried = {case.object for case in cases() if (case.method, case.rule) == (method, rule)}
        assert tried == (set(OBJECTS) - {"none"} if "<" in rule else {"none"}), (method, rule)


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_each_role_opens_what_the_matrix_says(
    app: Flask, staff: None, objects: dict[str, dict[str, str]], role: str
) -> None:
    mine = [case for case in cases() if case.role == role]
    wrong = []
    client = signed_in(app, role)
    for case in mine:
        if case.rule in ENDS_A_SESSION:
            client = signed_in(app, role)
        got = answer(client, case, objects[case.object])
        if case.rule in ENDS_A_SESSION:
            client = signed_in(app, role)
        if got != case.expected:
            wrong.append(f"{case}: {got} instead of {case.expected}")
    assert mine
    assert not wrong, "\n".join(wrong)


def same(reply: TestResponse) -> str:
    """A page without the token of its forms."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", reply.text)


@pytest.mark.parametrize("role", ["territory_office", "caseworker"])
def test_another_territory_looks_like_nothing_at_all(
    app: Flask, staff: None, objects: dict[str, dict[str, str]], role: str
) -> None:
    client = app.test_client()
    enter(client, role)
    for case in (
        case for case in cases() if case.role == role and case.object == "other" and "<key>" in case.rule
    ):
        replies = [
            client.open(
                address(case.rule, objects[name]), method=case.method, data={"csrf_token": token(client)}
            )
            for name in ("other", "missing")
        ]
        assert replies[0].status_code in (403, 404), case
        assert same(replies[0]) == same(replies[1]), case
