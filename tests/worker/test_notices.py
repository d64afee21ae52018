"""E-mails: handed over to a real server, tried again until they go, without a word of what they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import Engine, select, update

from surveyapp.collection.safeguarding import raise_alert
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings, read_settings
from surveyapp.storage import jobs, staff_alerts
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job
from surveyapp.storage.scope import Scope
from surveyapp.worker import job, notices
from surveyapp.worker.loop import work
from surveyapp.worker.processes import StopRequest
from tests.cluster import free_port
from tests.factories import create_administration, create_answer, create_path, create_person
from tests.worker.processes import now, row

CODE, WORDS = "BG-CANARINO-7", "parole che nessuno deve leggere"
HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
}
WHO = ("anna@study.example", "bruno@study.example")


@dataclass
class Sink:
    """A server that keeps what it is given; `refuses` are recipients it does not take."""

    refuses: set[str] = field(default_factory=set)
    received: list[bytes] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name of the library
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return "550 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name of the library
        self.received.append(envelope.content)
        self.to.append(envelope.rcpt_tos)
        return "250 OK"

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.received]  # type: ignore[misc]  # the policy makes EmailMessages


@contextmanager
def listening(sink: Sink, port: int) -> Iterator[None]:
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def mailing(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """The settings of e-mail, as the worker's processes read them."""
    monkeypatch.setenv("SURVEYAPP_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("SURVEYAPP_MAIL_FROM", "surveyapp@study.example")
    monkeypatch.setenv("SURVEYAPP_SAFEGUARDING", ", ".join(WHO))
    monkeypatch.setenv("SURVEYAPP_BASE_URL", "http://127.0.0.1:8000")


@pytest.fixture
def alert(engine: Engine, catalogue: Catalogue) -> int:
    """An alert that waits to be read, and the job that tells of it; the id of the job."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code=CODE))
        administration = create_administration(connection, catalogue, path)
        create_answer(connection, administration, "AUT_ASP1", text=WORDS)
        raise_alert(connection, administration, "by_staff", "AUT_ASP1", 1, now(), by="carla@study.example")
    with reading(engine) as connection:
        return int(connection.execute(select(Job.id)).scalar_one())


def carry_out(engine: Engine, catalogue: Catalogue, folder: Path) -> bool:
    """What the worker and the process of a job do, here; whether there was anything to do."""
    with writing(engine) as connection:
        held = jobs.take(connection, "worker", now())
    if held:
        job.carry_out(engine, catalogue, held, folder)
    return held is not None


def five_minutes_go_by(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(update(Job).values(not_before=now() - timedelta(seconds=1)))


def test_who_must_know_gets_the_same_words_for_every_alert(
    settings: Settings,
    engine: Engine,
    mailing: None,
    port: int,
    alert: int,
    capfd: pytest.CaptureFixture[str],
) -> None:
    sink = Sink()
    with listening(sink, port):
        assert work(settings, engine, StopRequest(), once=True) == 1
    (message,) = sink.messages
    assert sink.to == [list(WHO)]
    assert message["Subject"] == "C'è una segnalazione da leggere"
    assert message.get_content().replace("\r\n", "\n") == (
        "C'è una segnalazione da leggere su surveyapp. Entra per leggerla.\n\n"
        "http://127.0.0.1:8000/gestione/segnalazioni\n\n"
        "Questo messaggio è automatico: non serve rispondere.\n"
    )
    assert {name for name in message if not name.startswith("X-")} == HEADERS
    everything = sink.received[0].decode("ascii") + capfd.readouterr().err + str(tuple(row(engine, alert)))
    for secret in (CODE, "CANARINO", WORDS, "parole", "AUT_ASP1", "carla@"):
        assert secret not in everything
    assert row(engine, alert).state == "done"


def test_a_server_that_does_not_answer_is_tried_again_until_it_does(
    engine: Engine,
    catalogue: Catalogue,
    tmp_path: Path,
    mailing: None,
    port: int,
    alert: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _ in range(jobs.MAX_ATTEMPTS + 1):
        assert carry_out(engine, catalogue, tmp_path)
        waiting = row(engine, alert)
        assert (waiting.state, waiting.message, waiting.attempts) == ("queued", "", 0)
        assert timedelta(minutes=4) < waiting.not_before - now() <= timedelta(minutes=5)
        assert not carry_out(engine, catalogue, tmp_path)  # not before its time
        five_minutes_go_by(engine)
    assert "waits: ConnectionRefusedError" in caplog.text
    sink = Sink()
    with listening(sink, port):
        assert carry_out(engine, catalogue, tmp_path)
    assert len(sink.received) == 1
    assert row(engine, alert).state == "done"


def test_what_was_read_meanwhile_is_not_told(
    engine: Engine, catalogue: Catalogue, tmp_path: Path, mailing: None, port: int, alert: int
) -> None:
    assert carry_out(engine, catalogue, tmp_path)
    five_minutes_go_by(engine)
    with writing(engine) as connection:
        staff_alerts.mark_read(Scope("socialis", "", ""), connection, 1, "anna@study.example", now())
    sink = Sink()
    with listening(sink, port):
        assert carry_out(engine, catalogue, tmp_path)
    assert (sink.received, row(engine, alert).state) == ([], "done")


def test_one_wrong_address_stops_nobody_else(
    engine: Engine, catalogue: Catalogue, tmp_path: Path, mailing: None, port: int, alert: int
) -> None:
    sink = Sink(refuses={WHO[0]})
    with listening(sink, port):
        carry_out(engine, catalogue, tmp_path)
    assert sink.to == [[WHO[1]]]
    assert row(engine, alert).state == "done"


def test_nobody_to_tell_is_no_failure(
    engine: Engine, catalogue: Catalogue, tmp_path: Path, alert: int
) -> None:
    assert carry_out(engine, catalogue, tmp_path)
    assert row(engine, alert).state == "done"


def test_a_password_is_never_sent_in_clear(monkeypatch: pytest.MonkeyPatch, mailing: None, port: int) -> None:
    """To another machine: without encryption there is no sign-in, and nothing is sent."""
    monkeypatch.setenv("SURVEYAPP_SMTP_URL", f"smtp://utente:segreto@127.0.0.2:{port}")
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.2", port=port)
    controller.start()
    try:
        with pytest.raises(notices.NotSentError, match=r"^SMTPNotSupportedError$"):
            notices.tell_of_an_alert(read_settings())
    finally:
        controller.stop()
    assert sink.received == []


def test_the_address_in_the_message_is_that_of_the_page(app: Flask) -> None:
    with app.test_request_context():
        assert app.url_for("staff.alerts") == notices.PAGE
