"""Every kind of page around a focus group."""

from collections.abc import Iterator
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient

from tests.staff.people import press, sign_in
from tests.web.pages import Page, visit

LIST = "/gestione/focus-group"
FG2 = {"code": "FG2", "title": "Criteri", "audience": "COOP", "planned_for": "10/12/2026"}
P1 = {"code": "P1", "role": "cooperativa di tipo B", "quotable": "yes"}


def every_page_of_focus_groups(app: Flask) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it; the account of Socialis is there."""
    client = app.test_client()
    sign_in(client, "socialis")
    yield "no focus groups", visit(client, LIST)
    form = visit(client, f"{LIST}/nuovo")
    yield "new focus group", form
    yield "focus group error", press(client, form, "Salva", {"code": "F 2"}, status=422)
    press(client, form, "Salva", FG2 | {"guide": "Che cosa conta?", "versions": ["aut@0.1.0"]})
    yield "focus groups", visit(client, LIST)
    meeting = visit(client, visit(client, LIST).links["FG2"])
    page = press(client, meeting, "Aggiungi il partecipante", P1)
    yield "focus group", page
    yield "participant error", press(client, page, "Aggiungi il partecipante", P1, status=422)
    yield "participant", visit(client, page.links["P1"])
    yield "focus group changed", visit(client, page.links["Modifica"])
    yield from _notes(client, page)
    yield from _notes_file(client, page)
    yield from _transcript(client, page)
    yield from _votes(client, page)
    yield from _answers(client)


def _answers(client: FlaskClient) -> Iterator[tuple[str, Page]]:
    """Somebody has written to the question in a questionnaire that was sent (see `walk`)."""
    questions = visit(client, "/gestione/risposte-aperte?strumento=aut")
    yield "open questions", questions
    yield "no open answers", visit(client, questions.links["Che cosa è mancato"])
    answers = visit(client, questions.links["Aspettative sul percorso"])
    yield "open answers", answers
    yield "answer code missing", press(client, answers, "Aggiungi il codice", status=422)
    code = {"criterion": "QIL_BEN1", "kind": "risk"}
    yield "answer coded", press(client, answers, "Aggiungi il codice", code)
    yield "second coding of answers", visit(client, f"{answers.path}?come=seconda")


def _notes(client: FlaskClient, meeting: Page) -> Iterator[tuple[str, Page]]:
    notes = visit(client, meeting.links["Note e codici"])
    yield "no notes", notes
    yield "note missing", press(client, notes, "Aggiungi la nota", status=422)
    page = press(client, notes, "Aggiungi la nota", {"text": "Il tutor conta.", "speaker": "P1"})
    yield "notes", page
    yield "code missing", press(client, page, "Aggiungi il codice", {"criterion": "QIL"}, status=422)
    coded = press(client, page, "Aggiungi il codice", {"criterion": "QIL_BEN1", "kind": "risk"})
    yield "coded", coded
    yield "correction missing", press(client, coded, "Salva la correzione", {"correction": ""}, status=422)
    yield "second coding", visit(client, f"{notes.path}?come=seconda")


def _notes_file(client: FlaskClient, meeting: Page) -> Iterator[tuple[str, Page]]:
    form = visit(client, meeting.links["Note da un file"])
    yield "file of notes", form
    file = {"file": (BytesIO(b"testo;minuto\nIl tutor conta;tre\n"), "note.csv")}
    yield "file of notes refused", press(client, form, "Aggiungi le note del file", file, status=422)


def _transcript(client: FlaskClient, meeting: Page) -> Iterator[tuple[str, Page]]:
    form = visit(client, meeting.links["Trascrizione"])
    yield "transcript", form
    yield "no transcript", press(client, form, "Leggi il file", status=422)
    file = {"file": (BytesIO(b"P1: il tutor conta.\n\nMarco dice di no."), "fg2.txt")}
    shown = press(client, form, "Leggi il file", file)
    yield "transcript shown", shown
    yield "nothing to keep", press(client, shown, "Tieni questi estratti", {"text": ""}, status=422)


def _votes(client: FlaskClient, meeting: Page) -> Iterator[tuple[str, Page]]:
    votes = visit(client, meeting.links["Voti"])
    yield "no votes", votes
    form = visit(client, votes.links["Punti di P1"])
    yield "points", form
    unknown = {"criterion-1": "niente", "points-1": "1"}
    yield "points error", press(client, form, "Salva i punti", unknown, status=422)
    yield "votes", press(client, form, "Salva i punti", unknown | {"criterion-1": "QIL_BEN1"})
