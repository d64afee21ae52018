"""Case sheets: asked for from a questionnaire, for who asked alone, gone after a day and after a no."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings
from surveyapp.storage import case_jobs, jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job, JobFile
from surveyapp.storage.scope import Scope
from surveyapp.storage.staff_tables import Account
from surveyapp.worker.job import carry_out
from surveyapp.worker.loop import work
from surveyapp.worker.processes import StopRequest
from tests.factories import (
    create_accompaniment,
    create_administration,
    create_link,
    create_path,
    create_person,
)
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import Page, header_problems, send, visit

CODE, KEY = "BG-7001", "KEYCASE222"
ADDRESS = f"/gestione/somministrazioni/{KEY}"

pytestmark = pytest.mark.usefixtures("staff", "questionnaire")


@pytest.fixture
def questionnaire(engine: Engine, catalogue: Catalogue) -> int:
    """A questionnaire of somebody in Bergamo."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code=CODE))
        return create_administration(connection, catalogue, path, key=KEY)


def asked(client: FlaskClient, button: str = "Prepara la scheda", **data: str) -> Page:
    return press(client, visit(client, ADDRESS), button, data)


def make(engine: Engine, catalogue: Catalogue, folder: Path) -> jobs.HeldJob:
    """What the worker does with the oldest job."""
    with writing(engine) as connection:
        held = jobs.take(connection, "worker", datetime.now(UTC))
    assert held is not None
    carry_out(engine, catalogue, held, folder)
    return held


def files(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(select(JobFile.name)))


def address_of(page: Page, words: str) -> str:
    return next(link for text, link in page.links.items() if text.startswith(words))


def test_without_any_the_page_says_where_to_ask(client: FlaskClient) -> None:
    enter(client, "caseworker")
    page = visit(client, "/gestione/schede")
    assert page.h1 == "Schede dei percorsi"
    assert "Nessuna scheda" in page.words


def test_a_sheet_is_asked_for_made_and_read(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    enter(client, "caseworker")
    page = asked(client)
    assert "Scheda chiesta." in page.words
    assert [row[0::2] for row in rows(page)] == [[CODE, "In attesa"]]
    make(engine, catalogue, tmp_path)
    page = visit(client, "/gestione/schede")
    reply = client.get(address_of(page, "Apri"))
    assert f"Scheda del percorso di {CODE}" in reply.text
    assert "style-src 'sha256-" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert header_problems(reply) == []
    printed = client.get(address_of(page, "PDF"))
    assert printed.data.startswith(b"%PDF")
    assert printed.headers["Content-Disposition"].startswith("attachment; filename=scheda-")
    assert CODE not in printed.headers["Content-Disposition"]


def test_a_table_with_the_host_is_asked_for_apart(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    enter(client, "socialis")
    page = asked(client, "Per un tavolo con chi ospita", with_host="yes")
    assert "per un tavolo con chi ospita" in rows(page)[0][0]
    held = make(engine, catalogue, tmp_path)
    assert held.arguments["with_host"] == "yes"
    assert (
        "questa copia è per un tavolo"
        in client.get(address_of(visit(client, "/gestione/schede"), "Apri")).text
    )


@pytest.mark.parametrize(
    ("role", "told"), [("caseworker", "no"), ("socialis", "yes"), ("lead_partner", "yes")]
)
def test_only_who_may_know_of_alerts_gets_a_sheet_that_tells_of_them(
    client: FlaskClient, engine: Engine, role: str, told: str
) -> None:
    enter(client, role)
    asked(client)
    with writing(engine) as connection:
        held = jobs.take(connection, "worker", datetime.now(UTC))
    assert held is not None
    assert held.arguments == {
        "person": CODE,
        "asked_by": f"{role}@study.example",
        "alerts": told,
        "with_host": "no",
    }


def test_nobody_reads_the_sheet_of_somebody_else(
    app: Flask, engine: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    first, second = app.test_client(), app.test_client()
    enter(first, "socialis")
    asked(first)
    make(engine, catalogue, tmp_path)
    address = address_of(visit(first, "/gestione/schede"), "Apri")
    enter(second, "lead_partner")
    assert second.get(address).status_code == 404
    assert CODE not in visit(second, "/gestione/schede").words
    assert first.get(address).status_code == 200


def test_another_territory_ends_the_reading(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    enter(client, "caseworker")
    asked(client)
    make(engine, catalogue, tmp_path)
    address = address_of(visit(client, "/gestione/schede"), "Apri")
    with writing(engine) as connection:
        mine = update(Account).where(Account.email == "caseworker@study.example")
        connection.execute(mine.values(province="Cremona", ambito="Cremona"))
    assert client.get(address).status_code == 404
    assert CODE not in visit(client, "/gestione/schede").words


def test_who_may_no_longer_know_of_alerts_no_longer_reads_what_tells_of_them(engine: Engine) -> None:
    scope, now = Scope("socialis", "", ""), datetime.now(UTC)
    with writing(engine) as connection:
        sheet = case_jobs.request(connection, CODE, "a@b.example", now, alerts=True, with_host=False)
        held = jobs.take(connection, "worker", now)
        assert held is not None
        jobs.finish(connection, held, [jobs.File("case.html", "text/html", b"x")], now)
        read = [
            case_jobs.file(scope, connection, sheet, "case.html", "a@b.example", now, alerts=alerts)
            for alerts in (True, False)
        ]
    assert [one is not None for one in read] == [True, False]


def test_a_sheet_is_kept_a_day_and_not_a_moment_more(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, tmp_path: Path
) -> None:
    enter(client, "caseworker")
    asked(client)
    make(engine, catalogue, tmp_path)
    address = address_of(visit(client, "/gestione/schede"), "Apri")
    made = datetime.now(UTC)
    with writing(engine) as connection:
        assert jobs.expire(connection, made + timedelta(hours=23)) == 0
        assert jobs.expire(connection, made + timedelta(hours=24, minutes=1)) == 2
        connection.execute(update(Job).values(requested_at=made - timedelta(days=1, minutes=1)))
    assert client.get(address).status_code == 404
    assert "Nessuna scheda" in visit(client, "/gestione/schede").words


def test_the_worker_ends_what_is_over_also_when_nobody_asks_for_anything(
    settings: Settings, engine: Engine
) -> None:
    then = datetime.now(UTC) - timedelta(days=1, minutes=1)
    with writing(engine) as connection:
        case_jobs.request(connection, CODE, "a@b.example", then, alerts=False, with_host=False)
        held = jobs.take(connection, "worker", then)
        assert held is not None
        jobs.finish(connection, held, [jobs.File("case.html", "text/html", b"x")], then)
    assert work(settings, engine, StopRequest(), once=True) == 0
    assert files(engine) == []


def test_other_peoples_sheets_end_none(engine: Engine) -> None:
    now = datetime.now(UTC)
    with writing(engine) as connection:
        for number in range(jobs.KEPT + 3):
            case_jobs.request(connection, CODE, f"{number}@b.example", now, alerts=False, with_host=False)
            held = jobs.take(connection, "worker", now)
            assert held is not None
            jobs.finish(connection, held, [jobs.File("case.html", "text/html", b"x")], now)
        assert jobs.tidy(connection) == 0
        assert jobs.tidy(connection, kept=0) == jobs.KEPT + 3


@pytest.mark.parametrize("way", ["refused", "withdrawn", "told to the staff"])
def test_a_no_ends_the_sheets_of_this_person_at_once(
    app: Flask, engine: Engine, catalogue: Catalogue, tmp_path: Path, way: str, questionnaire: int
) -> None:
    staff, person = app.test_client(), app.test_client()
    enter(staff, "caseworker")
    with writing(engine) as connection:
        other = create_administration(connection, catalogue, key="KEYOTHER22")
        token = create_link(connection, questionnaire)
    assert other
    for key in (KEY, "KEYOTHER22"):
        press(staff, visit(staff, f"/gestione/somministrazioni/{key}"), "Prepara la scheda")
        make(engine, catalogue, tmp_path)
    press(staff, visit(staff, ADDRESS), "Prepara la scheda")  # one more, that nobody has made yet
    assert len(files(engine)) == 4
    say_no(staff, person, token, way)
    assert len(files(engine)) == 2
    said = {tuple(row[0::2]) for row in rows(visit(staff, "/gestione/schede"))}
    assert (CODE, "Annullato") in said
    assert (CODE, "ProntoNon si conserva più: preparane una nuova.") in said


def say_no(staff: FlaskClient, person: FlaskClient, token: str, way: str) -> None:
    start = visit(person, f"/r/{token}")
    if way == "refused":
        send(person, visit(person, start.links["No, non voglio rispondere"]))
        return
    question = send(person, start)
    if way == "withdrawn":
        send(person, visit(person, question.path.partition("/domanda")[0] + "/ritiro"))
        return
    page = visit(staff, f"{ADDRESS}/ritiro")
    press(staff, page, buttons(page)[-1])


def test_a_sheet_that_is_being_made_when_the_person_says_no_is_not_kept(engine: Engine) -> None:
    now = datetime.now(UTC)
    with writing(engine) as connection:
        case_jobs.request(connection, CODE, "a@b.example", now, alerts=False, with_host=False)
        held = jobs.take(connection, "worker", now)
        assert held is not None
        assert jobs.revoke(connection, jobs.CASE, {"person": CODE}, now) == 1
        assert not jobs.finish(connection, held, [jobs.File("case.html", "text/html", b"x")], now)
    assert files(engine) == []


def test_an_accompaniment_has_no_sheet(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        accompaniment = create_accompaniment(connection)
        about = {"instrument": "acc", "form": "C", "occasion": "T0", "accompaniment_id": accompaniment}
        create_administration(connection, catalogue, key="KEYACC2222", **about)
    enter(client, "caseworker")
    page = visit(client, "/gestione/somministrazioni/KEYACC2222")
    assert "Prepara la scheda" not in buttons(page)
    token = {"csrf_token": page.hidden()["csrf_token"]}
    assert client.post("/gestione/somministrazioni/KEYACC2222/scheda", data=token).status_code == 404


@pytest.mark.parametrize("role", ["territory_office", "administrator"])
def test_who_does_not_prepare_reviews_is_offered_none(client: FlaskClient, role: str) -> None:
    enter(client, role)
    page = visit(client, ADDRESS)
    assert "Prepara la scheda" not in buttons(page)
    assert "Schede" not in page.links


def test_only_the_two_files_of_a_sheet_are_given(client: FlaskClient, engine: Engine) -> None:
    enter(client, "caseworker")
    asked(client)
    with writing(engine) as connection:
        held = jobs.take(connection, "worker", datetime.now(UTC))
        assert held is not None
        jobs.finish(connection, held, [jobs.File("other.html", "text/html", b"x")], datetime.now(UTC))
    for name in ("other.html", "case.html", "..%2fx", "CASE.PDF"):
        assert client.get(f"/gestione/schede/{held.id}/{name}").status_code == 404
    assert client.get(f"/gestione/schede/{2**70}/case.html").status_code == 404
    assert client.get(f"/gestione/rapporti/{held.id}/case.html").status_code in (403, 404)
