"""Reports: asked for, followed, stopped, read and downloaded; by the central roles alone."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import header_problems, visit

STYLE = "\nbody { color: #17324d }\n"
REPORT = f"<!doctype html><html lang=it><head><style>{STYLE}</style></head><body>Bergamo ≥ 5</body></html>"
FILES = [
    jobs.File("report.html", "text/html", REPORT.encode()),
    jobs.File("results.csv", "text/csv", "scala;n\nAUT_BEN;12\n".encode("utf-8-sig")),
]

pytestmark = pytest.mark.usefixtures("staff")


def now() -> datetime:
    return datetime.now(UTC)


def take(engine: Engine) -> jobs.HeldJob:
    """What the worker does first."""
    with writing(engine) as connection:
        held = jobs.take(connection, "worker", now())
    assert held is not None
    return held


def finish(engine: Engine, held: jobs.HeldJob) -> None:
    with writing(engine) as connection:
        assert jobs.finish(connection, held, FILES, now())


def test_no_report_yet_says_what_to_press(client: FlaskClient) -> None:
    enter(client, "socialis")
    page = visit(client, "/gestione/rapporti")
    assert "Nessun rapporto ancora" in page.words
    assert buttons(page) == ["Prepara il rapporto"]


def test_a_report_is_asked_for_and_waits(client: FlaskClient, engine: Engine) -> None:
    enter(client, "socialis")
    page = press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto")
    assert "Rapporto chiesto." in page.words
    (row,) = rows(page)
    assert row[1:4] == ["Cambiamento osservato nell'Autovalutazione", "socialis@study.example", "In attesa"]
    held = take(engine)
    assert (held.kind, dict(held.arguments)) == ("report", {"instrument": "aut"})


@pytest.mark.parametrize(
    ("report", "words"), [("validation", "Validazione di uno"), ("export", "Dati di uno strumento, de-ident")]
)
def test_another_report_is_picked_with_its_instrument(
    client: FlaskClient, engine: Engine, report: str, words: str
) -> None:
    enter(client, "socialis")
    page = visit(client, "/gestione/rapporti")
    typed = {"report": report, "instrument": "qil"}
    page = press(client, page, "Prepara il rapporto", typed)
    (row,) = rows(page)
    assert row[1].startswith(words)
    assert dict(take(engine).arguments) == typed


def test_an_export_is_only_downloaded(client: FlaskClient, engine: Engine) -> None:
    enter(client, "socialis")
    typed = {"report": "export", "instrument": "aut"}
    press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto", typed)
    held = take(engine)
    with writing(engine) as connection:
        jobs.finish(connection, held, [jobs.File("all.zip", "application/zip", b"PK")], now())
    links = visit(client, "/gestione/rapporti").links
    assert not [words for words in links if words.startswith("Apri")]
    address = next(link for words, link in links.items() if words.endswith("tutto (ZIP)"))
    assert client.get(address).content_type == "application/zip"


@pytest.mark.parametrize(
    ("report", "asked"),
    [
        ("project", {"report": "project", "audience": "internal"}),
        ("partner", {"report": "project", "audience": "partner"}),
    ],
)
def test_the_project_has_two_audiences(
    client: FlaskClient, engine: Engine, report: str, asked: dict[str, str]
) -> None:
    enter(client, "lead_partner")
    press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto", {"report": report})
    assert dict(take(engine).arguments) == asked


@pytest.mark.parametrize("typed", [{"report": "other"}, {"report": "validation", "instrument": "../x"}])
def test_what_is_not_on_the_page_cannot_be_asked_for(client: FlaskClient, typed: dict[str, str]) -> None:
    enter(client, "socialis")
    token = visit(client, "/gestione/rapporti").hidden()["csrf_token"]
    assert client.post("/gestione/rapporti", data={"csrf_token": token} | typed).status_code == 400


def test_pressing_twice_makes_one_report(client: FlaskClient) -> None:
    enter(client, "socialis")
    for _ in range(2):
        page = press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto")
    assert len(rows(page)) == 1


def test_progress_is_said_in_words(client: FlaskClient, engine: Engine) -> None:
    enter(client, "lead_partner")
    press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto")
    held = take(engine)
    with writing(engine) as connection:
        jobs.report_progress(connection, held, now(), 40, "Calcolo i punteggi.")
    page = visit(client, "/gestione/rapporti")
    assert rows(page)[0][3] == "In preparazione 40 su 100Calcolo i punteggi."
    assert "Guarda se è pronto" in page.links


def test_a_report_can_be_stopped(client: FlaskClient) -> None:
    enter(client, "administrator")
    page = press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto")
    stop = next(button for button in buttons(page) if button.startswith("Annulla"))
    stopped = press(client, page, stop)
    assert rows(stopped)[0][3] == "Annullato"
    assert press(client, page, stop).words.startswith("Il rapporto era già finito.")


def test_a_failed_report_says_why(client: FlaskClient, engine: Engine) -> None:
    enter(client, "socialis")
    press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto")
    with writing(engine) as connection:
        held = jobs.take(connection, "worker", now())
        assert held is not None
        jobs.fail(connection, held, "Non ci sono ancora risposte.", now())
    assert rows(visit(client, "/gestione/rapporti"))[0][3] == "Non riuscitoNon ci sono ancora risposte."


def test_a_finished_report_opens_with_its_own_style_only(client: FlaskClient, engine: Engine) -> None:
    enter(client, "socialis")
    press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto")
    finish(engine, take(engine))
    page = visit(client, "/gestione/rapporti")
    address = next(link for words, link in page.links.items() if words.startswith("Apri"))
    reply = client.get(address)
    assert reply.get_data(as_text=True) == REPORT
    assert reply.content_type == "text/html; charset=utf-8"
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    assert reply.headers["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'; sandbox"
    )
    assert header_problems(reply) == []
    assert reply.headers["Cache-Control"] == "no-store"


def test_results_are_downloaded_as_a_file(client: FlaskClient, engine: Engine) -> None:
    enter(client, "socialis")
    press(client, visit(client, "/gestione/rapporti"), "Prepara il rapporto")
    finish(engine, take(engine))
    page = visit(client, "/gestione/rapporti")
    address = next(link for words, link in page.links.items() if words.startswith("Scarica"))
    reply = client.get(address)
    assert reply.data == FILES[1].content
    assert reply.content_type == "text/csv; charset=utf-8"
    assert reply.headers["Content-Disposition"].startswith("attachment; filename=rapporto-")


def test_only_known_names_are_files(client: FlaskClient, engine: Engine) -> None:
    enter(client, "socialis")
    with writing(engine) as connection:
        report = jobs.request(connection, "report", {"instrument": "aut"}, "x", now())
    held = take(engine)
    with writing(engine) as connection:
        jobs.finish(connection, held, [*FILES, jobs.File("other.html", "text/html", b"<script>")], now())
    for name in ("other.html", "..%2fx", "report.html%00", "REPORT.HTML"):
        assert client.get(f"/gestione/rapporti/{report}/{name}").status_code == 404
    assert client.get(f"/gestione/rapporti/{2**70}/report.html").status_code == 404


def test_jobs_of_another_kind_are_not_reports(client: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        other = jobs.request(connection, "backup", {}, "x", now())
    held = take(engine)
    finish(engine, held)
    page = enter(client, "administrator")
    assert client.get(f"/gestione/rapporti/{other}/report.html").status_code == 404
    token = {"csrf_token": page.hidden()["csrf_token"]}
    assert client.post(f"/gestione/rapporti/{other}/annulla", data=token).status_code == 404


def test_a_territory_is_told_reports_are_not_for_it(client: FlaskClient, engine: Engine) -> None:
    page = enter(client, "territory_office")
    assert "Rapporti" not in page.links
    assert visit(client, "/gestione/rapporti", status=403).h1 == "Questa pagina non è per il tuo ruolo"
    token = {"csrf_token": page.hidden()["csrf_token"]}
    assert client.post("/gestione/rapporti", data=token).status_code == 403
    with reading(engine) as connection:
        assert jobs.listed(connection, "report") == []
