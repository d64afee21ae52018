"""Every kind of page that participants and staff can meet, opened one after the other."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, update

from surveyapp.collection.code_entry import FROM_ONE
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.sheets.aloud import texts
from surveyapp.storage import jobs
from surveyapp.storage.engine import writing
from surveyapp.storage.revision_tables import Draft
from surveyapp.storage.tables import Link
from surveyapp.web.services import Services
from tests.databases import lost
from tests.factories import (
    NOW,
    create_administration,
    create_answer,
    create_link,
    create_path,
    create_recording,
)
from tests.focus_groups.approved import create_approved
from tests.staff.people import add_account, press, sign_in
from tests.web import untouched
from tests.web.focus_walk import every_page_of_focus_groups
from tests.web.histories_walk import every_page_of_histories
from tests.web.pages import Page, checked_page, send, visit, words
from tests.web.paper_walk import every_page_of_paper
from tests.web.ratings_walk import every_page_of_ratings

FIRST_TEXT = "AUT_ASP1"
# The kinds that participants meet in the easy version; the standard one may be a little harder.
PARTICIPANTS = (
    "home", "help", "privacy", "not found", "reading", "start", "variants", "talk", "talk asked", "refusal",
    "refused", "choice", "error", "pause", "saved", "two answers", "bad value", "from another site", "text",
    "text error", "too long", "review", "thanks", "sent answers", "closed",
)  # fmt: skip


def every_kind_of_page(app: Flask) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it."""
    yield from _for_everybody(app.test_client())
    yield from _before_the_questions(app)
    yield from _the_questions(app)
    yield from _the_end(app)
    yield from _by_code(app)
    yield from _on_a_tablet(app)
    yield from _beside_the_questions(app)
    yield from _staff(app)
    yield from _withdrawal(app)
    yield from _problems(app)
    yield from _alerts(app)
    yield from every_page_of_focus_groups(app)
    yield from every_page_of_paper(app)
    yield from every_page_of_ratings(app)
    yield from every_page_of_histories(app)
    yield from _when_something_fails(app)


def new_link(app: Flask, **values: object) -> str:
    """The personal link of a new administration; `skipped` counts the questions already skipped."""
    services: Services = app.extensions["surveyapp"]
    with writing(services.engine) as connection:
        return _link(connection, services.catalogue, **values)


def _link(connection: Connection, catalogue: Catalogue, **values: object) -> str:
    skipped = int(str(values.pop("skipped", 0)))
    purpose = values.pop("purpose", "personal")
    path = create_path(connection, variant=values.get("variant"))
    administration = create_administration(connection, catalogue, path, **values)
    for item in list(catalogue.newest("aut").items)[:skipped]:
        create_answer(connection, administration, item, reason="skipped")
    return "/r/" + create_link(connection, administration, purpose=purpose)


def _for_everybody(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    yield "home", visit(client, "/")
    yield "help", visit(client, "/aiuto")
    yield "privacy", visit(client, "/privacy")
    yield "accessibility", visit(client, "/accessibilita")
    yield "not found", visit(client, "/nowhere", status=404)
    yield "reading", visit(client, "/leggere")


def _before_the_questions(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    start = visit(client, new_link(app))
    yield "start", start
    yield "variants", visit(client, start.links["Cambia versione"])
    talk = visit(client, start.links["Voglio parlarne con qualcuno"])
    yield "talk", talk
    yield "talk asked", send(client, talk)
    refusal = visit(client, start.links["No, non voglio rispondere"])
    yield "refusal", refusal
    yield "refused", send(client, refusal)


def _the_questions(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    link = new_link(app)
    first = send(client, visit(client, link))
    yield "choice", first
    yield "error", send(client, first)
    yield "pause", visit(client, first.links["Fai una pausa"])
    saved = send(client, first, {"answer": "1"})
    yield "saved", saved
    yield "two answers", send(client, first, {"answer": "2", "key": "other"}, status=409)
    yield "bad value", send(client, saved, {"answer": "12"}, status=422)
    yield "from another site", send(client, saved, {"answer": "1"}, status=403, headers={"Origin": "null"})
    items = list(app.extensions["surveyapp"].catalogue.newest("aut").items)
    writer = app.test_client()
    written = send(writer, visit(writer, new_link(app, skipped=items.index(FIRST_TEXT))))
    yield "text", written
    yield "text error", send(writer, written, {"answer": "qualcosa", "salta": "1"})
    yield "too long", send(writer, written, {"answer": "x" * 5_000_000}, status=413)
    standard = app.test_client()
    yield "steps", send(standard, visit(standard, new_link(app, variant="std")))


def _the_end(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    items = list(app.extensions["surveyapp"].catalogue.newest("aut").items)
    last = send(client, visit(client, new_link(app, skipped=len(items))))
    yield "review", last
    thanks = send(client, last)
    yield "thanks", thanks
    yield "sent answers", visit(client, thanks.links["Le mie risposte"])
    again = client.post(last.path.replace("riepilogo", f"domanda/{items[0]}"), data={"answer": "1"})
    yield "closed", checked_page(again, 409)


def _by_code(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    code = visit(client, "/codice")
    yield "code", code
    yield "code missing", send(client, code, status=422)
    yield "code wrong", send(client, code, {"code": "sbagliato"}, status=422)
    for _ in range(FROM_ONE - 1):
        client.post("/codice", data={"code": "sbagliato"})
    yield "code wait", send(client, code, {"code": "sbagliato"}, status=429)
    yield "no cookie", visit(app.test_client(use_cookies=False), new_link(app), status=400)


def _on_a_tablet(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    yield "helper", visit(client, "/chi-aiuta")
    question = send(client, visit(client, new_link(app, purpose="tablet")))
    yield "tablet question", question
    finish = visit(client, question.links["Finisci o cambia persona"])
    yield "tablet finish", finish
    with writing(app.extensions["surveyapp"].engine) as connection:
        connection.execute(update(Link).values(seen_at=datetime(2026, 1, 1, tzinfo=UTC)))
    yield "tablet locked", visit(client, question.path, status=403)
    yield "tablet finished", send(client, finish)
    items = list(app.extensions["surveyapp"].catalogue.newest("aut").items)
    other = app.test_client()
    review = send(other, visit(other, new_link(app, skipped=len(items), purpose="tablet")))
    yield "tablet thanks", send(other, review)


def plain_pages(app: Flask) -> Iterator[tuple[str, Page]]:
    """The pages whose words are all ours: around codes and tablets."""
    for name, page in (*_by_code(app), *_on_a_tablet(app)):
        if name != "tablet question":
            yield name, page


def _beside_the_questions(app: Flask) -> Iterator[tuple[str, Page]]:
    """Practice, the pause that is offered, who helped; then a response that somebody else gave."""
    client = app.test_client()
    practice = untouched.begin(client, untouched.new_link(app))
    yield "practice", practice
    yield "practice error", send(client, practice)
    again = send(client, send(client, practice, {"answer": "3"}), {"answer": "3"})
    yield "practice again", again
    page = visit(client, again.links["Prova ancora"])
    together = send(client, send(client, page, {"answer": "3"}), {"answer": "3"})
    yield "practice together", together
    page = send(client, together)
    for _ in range(12):
        page = send(client, page, {"answer": "1"})
    yield "pause offered", page
    helped = untouched.at_the_end(app, client)
    yield "helped", helped
    yield "helped error", send(client, helped)
    helper = send(client, helped, {"help": "yes"})
    yield "who helped", helper
    yield "kinds of help", send(client, helper, {"help": "tutor"})
    another = visit(client, helped.links["Ha risposto un'altra persona al posto mio"])
    yield "someone else", another
    yield "someone else noted", send(client, another)


def _staff(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    with writing(app.extensions["surveyapp"].engine) as connection:
        add_account(connection, "caseworker@study.example", "caseworker", "BG")
        add_account(connection, "socialis@study.example", "socialis")
    yield "sign in", visit(client, "/gestione/accedi")
    yield "sign in error", sign_in(client, "caseworker", "sbagliata")
    today = sign_in(client, "caseworker")
    yield "today", today
    administration = visit(client, next(today.main.iter("tbody")).find(".//a").get("href"))
    yield "administration", administration
    yield "new link", press(client, administration, "Nuovo link")
    yield "no cases", visit(client, "/gestione/schede")
    press(client, administration, "Per un tavolo con chi ospita", {"with_host": "yes"})
    _make_sheets(app)
    yield "cases", press(client, administration, "Prepara la scheda")
    new_link(app, key="KEYTABLET2")
    mine = visit(client, "/gestione/somministrazioni/KEYTABLET2")
    yield "assisted", press(client, mine, "Avvia in modalità assistita")
    yield "administration with notes", visit(client, f"/gestione/somministrazioni/{_left_open(app)}")
    yield "not for this role", visit(client, "/gestione/rapporti", status=403)
    other = app.test_client()
    sign_in(other, "socialis")
    reports = visit(other, "/gestione/rapporti")
    yield "reports", reports
    yield "report asked", press(other, reports, "Prepara il rapporto")
    other_tab = app.test_client()
    yield (
        "signed out",
        press(other_tab, reports, "Prepara il rapporto", {"note": "Scritto prima"}, status=401),
    )
    yield from _instruments(other)
    yield from _recordings(app, other)


def _make_sheets(app: Flask) -> None:
    """What the worker does with the sheets that were asked for."""
    services: Services = app.extensions["surveyapp"]
    made = [jobs.File(name, "text/html", b"<!doctype html>") for name in ("case.html", "case.pdf")]
    with writing(services.engine) as connection:
        while held := jobs.take(connection, "worker", datetime.now(UTC)):
            jobs.finish(connection, held, made, datetime.now(UTC))


def _left_open(app: Flask) -> str:
    """The key of a response that somebody else gave."""
    services: Services = app.extensions["surveyapp"]
    with writing(services.engine) as connection:
        said = {"practice": "not_passed", "mode": None, "flags": "someone_else"}
        create_administration(connection, services.catalogue, key="LEFTOPEN22", **said)
    return "LEFTOPEN22"


def _instruments(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    instruments = visit(client, "/gestione/strumenti")
    yield "instruments", instruments
    yield "study plan", visit(client, instruments.links["Piano di rilevazione"])
    instrument = visit(client, "/gestione/strumenti/qil/0.1.0")
    yield "instrument", instrument
    yield "instrument form", visit(client, instrument.links["P: Il tuo lavoro"])
    yield "instrument versions", visit(client, instrument.links["Versioni e differenze"])
    yield "instrument differences", visit(client, "/gestione/strumenti/qil/differenze")
    yield "version ledger", visit(client, "/gestione/strumenti/qil/0.1.0/registro")
    histories = visit(client, "/gestione/storia/qil")
    yield "item histories", histories
    yield "item history, nothing yet", visit(client, histories.links["QIL_BEN1"])
    yield "no criterion histories", visit(client, histories.links["Storia dei criteri nuovi"])
    yield from _decisions(client)
    yield from _drafts(client, visit(client, instruments.links["Bozze"]))
    yield from _publication(client)


def _decisions(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    decisions = visit(client, "/gestione/decisioni")
    yield "no decisions", decisions
    asked = visit(client, decisions.links["Scrivi una proposta"])
    yield "new decision", asked
    picked = {"instrument": "aut", "object_kind": "item"}
    for typed in ({}, {"object_id": "AUT_OCC3"}):
        yield "decision refused", press(client, asked, "Salva la proposta", picked | typed, status=422)
    whole = picked | {
        "object_id": "AUT_OCC3",
        "proposal": "Altre parole.",
        "evidence": "Non si capisce.",
    }
    made = press(client, asked, "Salva la proposta", whole)
    yield "decision", made
    yield "decision without outcome", press(client, made, "Salva la decisione", {"outcome": "x"}, status=422)
    taken = {"outcome": "accepted", "reason": "Tre esperti su otto non la trovano chiara."}
    yield "decision taken", press(client, made, "Salva la decisione", taken)
    yield "decisions", visit(client, decisions.path)


def _drafts(client: FlaskClient, drafts: Page) -> Iterator[tuple[str, Page]]:
    yield "drafts", drafts
    opened = press(client, drafts, "Apri la bozza aut")
    question = visit(client, opened.links["AUT_OCC3"])
    yield (
        "draft item",
        press(client, question, "Salva", {"text.P.easy": "Non hai mai deciso che cosa vuoi fare?"}),
    )
    yield "draft", visit(client, opened.path)
    yield from _beside_a_question(client, question)
    yield "draft item, two texts", press(client, question, "Salva", {"text.P.easy": "Altro?"}, status=409)
    added = press(client, question, "Aggiungi dopo questa", {"new_id": "AUT_OCC9", "new_criterion": "x"})
    yield "draft item with problems", added
    yield (
        "draft item refused",
        press(client, added, "Aggiungi dopo questa", {"new_id": "AUT_OCC1"}, status=422),
    )
    yield "draft with problems", visit(client, opened.path)
    yield "drafts, one open", visit(client, drafts.path)


def _beside_a_question(client: FlaskClient, question: Page) -> Iterator[tuple[str, Page]]:
    """When it is asked, its answers, and the titles around it; nothing of the draft changes."""
    rule = visit(client, f"{question.path}/quando")
    yield "draft rule, none", rule
    row = {"row": "item.AUT_OCC1", "choice.0": "is", "value.0": "1"}
    more = row | {"about": "where.placement_type"}
    yield "draft rule", press(client, rule, "Aggiungi la condizione", more)
    yield "draft rule refused", press(client, rule, "Salva", {"row": "item.AUT_OCC1"}, status=422)
    options = visit(client, f"{question.path}/risposte")
    yield "draft answers", options
    again = {"new_code.R3": "1"}
    yield "draft answers refused", press(client, options, "Aggiungi la risposta a R3", again, status=422)
    titles = visit(client, f"{question.path.rpartition('/')[0]}/titoli")
    yield "draft titles", titles
    yield "draft titles refused", press(client, titles, "Salva", {"new_term": "tutor"}, status=422)


def _publication(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    services: Services = client.application.extensions["surveyapp"]
    living = update(Draft).where(Draft.status == "draft").values(status="discarded")
    with writing(services.engine) as connection:
        yield "publication, not approved", visit(client, "/gestione/bozze/1/pubblica")
        connection.execute(living)
        draft = create_approved(connection, services.catalogue, services.settings.instruments)
    page = visit(client, f"/gestione/bozze/{draft}/pubblica")
    yield "publication", page
    yield "publication refused", press(client, page, "Pubblica la 0.2.0", status=422)
    said = {"on": "1/1/2026", "note": "Parole.", "reason-AUT_OCC": "Stesse domande."}
    yield "publication on a day past", press(client, page, "Pubblica la 0.2.0", said, status=422)
    yield "draft, approved", visit(client, f"/gestione/bozze/{draft}")


def _recordings(app: Flask, author: FlaskClient) -> Iterator[tuple[str, Page]]:
    recordings = visit(author, "/gestione/strumenti/vip/0.1.0/voce")
    yield "recordings", recordings
    yield "recording refused", press(author, recordings, "Carica la registrazione di VIP_SOG1", status=422)
    yield "nothing to record", visit(author, "/gestione/strumenti/acc/0.1.0/voce")
    yield "recording too big", checked_page(author.post(recordings.path, data={"file": "x" * 5_000_000}), 413)
    with writing(app.extensions["surveyapp"].engine) as connection:
        text = texts(app.extensions["surveyapp"].catalogue.newest("aut"), "P", "easy")[0]
        create_recording(connection, item=text.item, text_sha256=text.sha256)
        create_recording(connection, text_sha256="1" * 64)
    yield "recorded", visit(author, "/gestione/strumenti/aut/0.1.0/voce")
    app.extensions["surveyapp.recordings"].forget()
    listener = app.test_client()
    yield "player", send(listener, visit(listener, new_link(app)))


def _withdrawal(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    first = send(client, visit(client, new_link(app)))
    start = visit(client, first.links["Torna indietro"])
    yield "start, taking part", start
    asked = visit(client, start.links["Voglio ritirarmi"])
    yield "withdrawal", asked
    done = send(client, asked)
    yield "withdrawn", done
    yield "start, withdrawn", visit(client, done.links["Ho cambiato idea"])


def _problems(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    form = visit(client, "/segnala?da=questions.question")
    yield "problem", form
    yield "problem error", send(client, form, {"email": "anna"}, status=422)
    yield "problem sent", send(client, form, {"text": "Le lettere sono troppo piccole."})
    staff = app.test_client()
    sign_in(staff, "socialis")
    problems = visit(staff, "/gestione/problemi")
    yield "problems", problems
    problem = visit(staff, problems.links["Le lettere sono troppo piccole."])
    yield "problem to answer", problem
    yield "answer missing", press(staff, problem, "Segna la risposta", status=422)
    yield "problem answered", press(staff, problem, "Segna la risposta", {"reply": "Corretto."})


def _alerts(app: Flask) -> Iterator[tuple[str, Page]]:
    text = new_text(app, "Al lavoro uno mi spinge.")
    staff = app.test_client()
    sign_in(staff, "socialis")
    yield "no alerts", visit(staff, "/gestione/segnalazioni")
    texts = visit(staff, f"/gestione/somministrazioni/{text}/testi")
    yield "texts", texts
    button = next(words(one) for one in texts.main.iter("button"))
    yield "text reported", press(staff, texts, button)
    yield "today with alerts", visit(staff, "/gestione/")
    alerts = visit(staff, "/gestione/segnalazioni")
    yield "alerts", alerts
    alert = visit(staff, next(alerts.main.iter("tbody")).find(".//a").get("href"))
    yield "alert", alert
    yield "outcome missing", press(staff, alert, "Chiudi la segnalazione", status=422)
    yield "alert closed", press(staff, alert, "Chiudi la segnalazione", {"outcome": "talked"})


def new_text(app: Flask, text: str) -> str:
    """The key of a questionnaire that was sent with this text in it."""
    services: Services = app.extensions["surveyapp"]
    sent = {"state": "submitted", "variant": "easy", "closed_at": NOW, "key": "TEXT222222"}
    with writing(services.engine) as connection:
        administration = create_administration(connection, services.catalogue, **sent)
        create_answer(connection, administration, FIRST_TEXT, text=text)
    return str(sent["key"])


def _when_something_fails(app: Flask) -> Iterator[tuple[str, Page]]:
    client = app.test_client()
    question = send(client, visit(client, new_link(app)))
    engine = app.extensions["surveyapp"].engine
    status = 503 if engine.dialect.name == "sqlite" else 500  # PostgreSQL says that the table is not there
    with lost(engine, "answer"):
        yield "not saved", send(client, question, {"answer": "1"}, status=status)
        yield "broken", visit(client, question.path, status=status)
