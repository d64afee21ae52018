"""The sign-in costs participants nothing: no statement, no cookie, no session, nothing before or after."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from tests.factories import create_administration, create_link
from tests.staff.people import sign_in
from tests.web.pages import send, visit

# A question page reads the link with what it opens, and the answers so far.
QUESTION = 2


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def invited(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> str:
    """The address of a question that waits for an answer."""
    with writing(engine) as connection:
        token = create_link(connection, create_administration(connection, catalogue))
    page = send(client, visit(client, f"/r/{token}"))
    return page.path


def queries(seen: list[str]) -> list[str]:
    return [statement for statement in seen if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]


def test_a_question_page_makes_two_queries(client: FlaskClient, engine: Engine, invited: str) -> None:
    with statements(engine) as seen:
        visit(client, invited, follow=False)
    assert len(queries(seen)) == QUESTION
    assert not any("staff_session" in statement or "account" in statement for statement in seen)


def test_a_staff_cookie_changes_nothing_for_participants(
    app: Flask, client: FlaskClient, engine: Engine, invited: str, staff: None
) -> None:
    sign_in(client, "caseworker")
    with statements(engine) as seen:
        reply = client.get(invited)
    assert len(queries(seen)) == QUESTION
    assert reply.headers.getlist("Set-Cookie") == []
    assert "Vary" not in reply.headers


def test_participants_get_the_cookie_of_their_questionnaire_alone(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    client = app.test_client()
    with writing(engine) as connection:
        token = create_link(connection, create_administration(connection, catalogue))
    entered = client.get(f"/r/{token}")
    assert [cookie.split("=")[0][:2] for cookie in entered.headers.getlist("Set-Cookie")] == ["q_"]
    page = visit(client, entered.location)
    reply = client.post(page.form.get("action", ""), data=page.hidden())
    assert reply.headers.getlist("Set-Cookie") == []
    for address in ("/", "/aiuto", "/privacy", "/health", reply.location, "/static/surveyapp.css"):
        with client.get(address) as opened:
            assert opened.headers.getlist("Set-Cookie") == [], address


def test_nothing_of_the_sign_in_hangs_on_every_request(app: Flask) -> None:
    hooks = [*app.before_request_funcs.get(None, ()), *app.after_request_funcs.get(None, ())]
    hooks += app.template_context_processors[None]
    assert not [hook for hook in hooks if hook.__module__.startswith(("flask_", "surveyapp.web.staff"))]
