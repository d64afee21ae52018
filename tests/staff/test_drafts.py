"""Drafts in the browser: opened, written, saved without a script; two writers; what changed and why."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, update

from surveyapp.instruments.file_checks import problems_of
from surveyapp.storage.engine import writing
from surveyapp.storage.revision_tables import Decision, Draft
from tests.bundled import FOLDER
from tests.staff.people import buttons, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
ITEM = "AUT_OCC3"
EASY = "text.P.easy"
WORDS = "Hai deciso che cosa vuoi fare?"


@pytest.fixture
def draft(author: FlaskClient) -> Page:
    """The page of a draft just opened."""
    reply = author.post("/gestione/bozze/aut/apri", data=visit(author, "/gestione/bozze").hidden())
    return visit(author, reply.location)


def item(client: FlaskClient, draft: Page, name: str = ITEM, asked: str = "") -> Page:
    return visit(client, f"{draft.path}/{name}{asked}")


def test_a_draft_is_opened_once_and_found_in_the_list(author: FlaskClient, draft: Page) -> None:
    assert "Ancora niente." in draft.words
    assert "Nessun problema." in draft.words
    (line,) = rows(visit(author, "/gestione/bozze"))[:1]
    assert line[0] == "aut 0.1.1"
    again = author.post("/gestione/bozze/aut/apri", data=draft.hidden())
    assert again.location == draft.path
    assert visit(author, "/gestione/strumenti").links["Bozze"] == "/gestione/bozze"


def test_words_are_saved_measured_and_seen(author: FlaskClient, draft: Page) -> None:
    saved = press(author, item(author, draft), "Salva", {EASY: f"  {WORDS}\r\n"})
    assert "Salvato." in saved.words
    assert "6 parole" in saved.words
    assert [words for words in (WORDS,) if saved.words.count(words) == 2]  # the field, and the telephone
    after = visit(author, draft.path)
    assert "senza decisione" in after.words
    assert f"{ITEM}.{EASY}" in after.words


def test_negatives_and_long_sentences_stand_out(author: FlaskClient, draft: Page) -> None:
    words = "Non ti è mai capitato di pensare a che cosa vuoi fare domani o dopo?"
    saved = press(author, item(author, draft), "Salva", {EASY: words})
    assert "negazioni: non, mai" in saved.words
    assert "(al massimo 12)" in saved.words


def test_the_question_is_seen_in_the_context_asked_for(author: FlaskClient, draft: Page) -> None:
    page = item(author, draft, asked="?rilevazione=FU6&scheda=nothere&draft=7")
    assert "versione semplice" in page.words
    saved = press(author, item(author, draft, asked="?rilevazione=FU6"), "Salva", {EASY: WORDS})
    assert saved.path.endswith("?rilevazione=FU6")


def test_a_problem_is_told_where_it_is_and_nothing_is_lost(author: FlaskClient, draft: Page) -> None:
    saved = press(author, item(author, draft), "Salva", {EASY: "Chi è {nessuno}?"})
    assert "Problemi" in saved.words
    assert "L'anteprima torna" in saved.words
    assert "ha un problema" in visit(author, draft.path).words


def test_the_second_writer_is_told_and_may_take_over(
    author: FlaskClient, draft: Page, entered: Callable[[str], FlaskClient]
) -> None:
    other = entered("lead_partner")
    theirs = item(other, draft)
    press(author, item(author, draft), "Salva", {EASY: WORDS})
    assert "Sta scrivendo socialis@study.example" in visit(other, draft.path).words
    told = press(other, theirs, "Salva", {"text.P.std": "Altro testo"}, status=409)
    assert told.title.startswith("Errore: ")
    assert "Altro testo" in told.text
    stale = press(other, told, "Scrivi tu e salva", {"text.P.std": "Altro testo"})
    assert "Salvato." in stale.words
    assert WORDS in stale.text


def test_who_wrote_over_the_same_words_sees_both(
    author: FlaskClient, draft: Page, entered: Callable[[str], FlaskClient]
) -> None:
    other = entered("lead_partner")
    theirs = item(other, draft)
    press(author, item(author, draft), "Salva", {EASY: WORDS})
    press(author, visit(author, draft.path), "Lascia libera la bozza")
    both = press(other, theirs, "Salva", {EASY: "Che lavoro vuoi?"}, status=409)
    assert "Nella bozza adesso c'è:" in both.words
    assert WORDS in both.text
    assert "Che lavoro vuoi?" in both.text
    kept = press(other, both, "Salva", {EASY: "Che lavoro vuoi?"})
    assert "Che lavoro vuoi?" in kept.text


def test_what_cannot_be_made_is_said(author: FlaskClient, draft: Page) -> None:
    page = item(author, draft)
    again = press(author, page, "Aggiungi dopo questa", {"new_id": "AUT_BEN1"}, status=422)
    assert "un id nuovo" in again.words
    assert author.post(page.path, data=page.hidden() | {"revision": "x"}).status_code == 422
    assert author.post(page.path, data=page.hidden() | {"revision": "77"}).status_code == 422
    assert author.post(draft.path, data=draft.hidden() | {"do": "x"}).status_code == 422
    visit(author, f"{draft.path}/NOTTHERE", status=404)
    visit(author, "/gestione/bozze/999", status=404)


def test_questions_come_move_and_go(author: FlaskClient, draft: Page) -> None:
    new = press(
        author,
        item(author, draft),
        "Aggiungi dopo questa",
        {"new_id": "AUT_OCC9", "new_criterion": "Sicurezza"},
    )
    assert new.path.endswith("/AUT_OCC9")
    filled = press(author, new, "Salva", {EASY: "Sei sicuro?", "text.P.std": "Mi sento sicuro."})
    scored = press(author, filled, "Metti nella scala", {"scale": "AUT_OCC"})
    assert "Togli da AUT_OCC" in buttons(scored)
    assert "Togli da AUT_OCC" not in buttons(press(author, scored, "Togli da AUT_OCC"))
    press(author, item(author, draft, "AUT_OCC9"), "Sposta in su")
    gone = press(author, item(author, draft, "AUT_OCC9"), "Togli questa domanda")
    assert gone.path == draft.path
    assert "Ancora niente." in gone.words


def decide(engine: Engine) -> None:
    values = {"code": "DEC-014", "instrument": "aut", "object_kind": "item", "object_id": ITEM}
    said = {"proposal": "Parole più semplici", "outcome": "accepted", "reason": "Chiarezza .625"}
    people = {"proposed_by": "a@b.it", "decided_by": "c@d.it", "proposed_at": NOW, "decided_on": NOW.date()}
    with writing(engine) as connection:
        connection.execute(insert(Decision).values(**values, **said, **people))


def test_each_change_has_its_decision(author: FlaskClient, draft: Page, engine: Engine) -> None:
    decide(engine)
    press(author, item(author, draft), "Salva", {EASY: WORDS})
    changed = visit(author, draft.path)
    place = f"{ITEM}.{EASY}"
    told = press(author, changed, f"Segna {place}", {"place": place, "decision": "1", "kind": ""})
    assert "Scegli una decisione" in told.words
    done = press(author, told, f"Segna {place}", {"place": place, "decision": "1", "kind": "same meaning"})
    assert "DEC-014, Stesso significato" in done.words
    assert "senza decisione" not in done.words.replace("Cambiamenti senza decisione", "")
    assert "più basso che questa versione può avere è 0.2.0" in done.words
    assert "Da motivare" in done.words or "da motivare" in done.words


def test_author_and_approver_are_two_people(
    author: FlaskClient, draft: Page, engine: Engine, entered: Callable[[str], FlaskClient]
) -> None:
    assert "non cambia niente" in draft.words
    assert "guarda che cosa manca" in press(author, draft, "Scrivi tu la bozza", {"do": "submit"}).words
    decide(engine)
    press(author, item(author, draft), "Salva", {EASY: WORDS})
    place = f"{ITEM}.{EASY}"
    explained = {"place": place, "decision": "1", "kind": "same meaning"}
    small = press(author, visit(author, draft.path), f"Segna {place}", explained)
    assert "il numero di versione è troppo basso" in small.words
    ready = press(author, small, "Cambia il numero", {"version": "0.2.0"})
    sent = press(author, ready, "Manda in revisione")
    assert "Approva" not in buttons(sent)
    assert "serve un'altra persona" in press(author, sent, "Rimanda in bozza", {"do": "approve"}).words
    assert "Salva" not in buttons(item(author, draft))
    other = entered("lead_partner")
    done = press(other, visit(other, draft.path), "Approva")
    assert "L'ha approvata lead_partner@study.example" in done.words
    assert "Manda in revisione" in buttons(press(other, done, "Rimanda in bozza"))


def test_a_draft_made_in_the_editor_passes_the_check_of_files(
    author: FlaskClient, draft: Page, tmp_path: Path
) -> None:
    press(author, item(author, draft), "Salva", {EASY: WORDS})
    press(author, visit(author, draft.path), "Cambia il numero", {"version": "0.2.0"})
    reply = author.get(f"{draft.path}/file")
    assert 'filename="aut-bozza-1.yaml"' in reply.headers["Content-Disposition"]
    (tmp_path / "modules").symlink_to(FOLDER / "modules")
    path = tmp_path / "aut" / "0.2.0.yaml"
    path.parent.mkdir()
    path.write_bytes(reply.data)
    assert problems_of(path) == []


def test_a_draft_overtaken_by_a_publication_says_so(author: FlaskClient, draft: Page, engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(update(Draft).values(based_on_digest="another"))
    overtaken = visit(author, draft.path)
    assert "è uscita la versione 0.1.0" in overtaken.words
    assert "è uscita" not in press(author, overtaken, "Confronta con la 0.1.0").words


def test_a_discarded_draft_is_read_only(author: FlaskClient, draft: Page) -> None:
    page = item(author, draft)
    press(author, visit(author, draft.path), "Scarta la bozza")
    told = press(author, page, "Salva", {EASY: WORDS}, status=409)
    assert "non si scrive più" in told.words
    assert WORDS in told.text
    assert "Salva" not in buttons(item(author, draft))


def test_administrators_read(author: FlaskClient, draft: Page, entered: Callable[[str], FlaskClient]) -> None:
    reader = entered("administrator")
    assert "Scarta la bozza" not in buttons(visit(reader, draft.path))
    assert "Salva" not in buttons(item(reader, draft))
    assert visit(reader, "/gestione/bozze").words.count("Apri la bozza") == 0


def test_a_module_has_drafts_too(author: FlaskClient) -> None:
    reply = author.post("/gestione/bozze/mcr/apri", data=visit(author, "/gestione/bozze").hidden())
    page = visit(author, reply.location)
    first = next(cell[0].split()[0] for cell in rows(page))
    assert "si vedono negli strumenti che lo includono" in visit(author, f"{page.path}/{first}").words
