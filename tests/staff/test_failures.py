"""When the database fails under a staff page: plain words, and no password comes back."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.settings import Settings
from surveyapp.storage.engine import open_engine
from surveyapp.web.app import create_app
from tests.databases import lost
from tests.staff.people import PASSWORD, reply_to, sign_in
from tests.web.pages import checked_page, visit

CASEWORKER = {"email": "caseworker@study.example", "password": PASSWORD}

pytestmark = pytest.mark.usefixtures("staff")


def test_a_failing_sign_in_never_sends_the_password_back(client: FlaskClient, engine: Engine) -> None:
    page = visit(client, "/gestione/accedi")
    with lost(engine, "account"):
        reply = reply_to(client, page, "Entra", CASEWORKER)
    failed = checked_page(reply, reply.status_code)
    assert reply.status_code in (500, 503)
    assert failed.h1 == "In questo momento il sito non risponde"
    assert PASSWORD not in failed.text


def test_a_database_that_does_not_answer_is_503(settings: Settings, tmp_path: Path, app: Flask) -> None:
    nowhere = open_engine("postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=1")
    down = create_app(settings, nowhere)
    client = down.test_client()
    client.set_cookie("staff", "an-open-session")
    reply = client.get("/gestione/")
    assert checked_page(reply, 503).h1 == "In questo momento il sito non risponde"
    assert reply.headers["Retry-After"]
    nowhere.dispose()


def test_logs_hold_no_password_link_or_session(
    client: FlaskClient, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in(client, "caseworker", "not-the-password")
    page = sign_in(client, "caseworker")
    cookie = client.get_cookie("staff")
    with lost(engine, "path"):
        assert client.get("/gestione/").status_code in (500, 503)
    reply_to(client, page, "Esci")
    assert cookie is not None
    for secret in (PASSWORD, "not-the-password", cookie.value, "$argon2"):
        assert secret not in caplog.text
