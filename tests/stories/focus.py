"""Pages around a focus group in the browser; the staff is signed in already."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.stories.conftest import Site
from tests.stories.pressing import follow, press

# What is walked below, in order.
FOCUS = (
    "new focus group", "focus group error", "focus group", "participant error",
    "participant", "focus group changed", "focus groups", "no notes", "note missing", "notes", "coded",
    "second coding", "code missing", "file of notes", "file of notes refused",
    "transcript", "no transcript", "transcript shown",
    "no votes", "points", "points error", "votes",
    "open questions", "no open answers", "open answers", "answer coded", "answer code missing",
)  # fmt: skip


def every_page_of_focus_groups(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it."""
    page.goto(f"{site.url}/gestione/focus-group")
    follow(page, "Nuovo focus group")
    yield "new focus group", page
    press(page, "Salva")
    yield "focus group error", page
    plan(page)
    add_participant(page, "P1")
    yield "focus group", page
    press(page, "Aggiungi il partecipante")
    yield "participant error", page
    follow(page, "P1")
    yield "participant", page
    press(page, "Salva")
    meeting = page.url.partition("#")[0]
    follow(page, "Modifica")
    yield "focus group changed", page
    page.goto(f"{site.url}/gestione/focus-group")
    yield "focus groups", page
    page.goto(meeting)
    yield from _notes(page)
    page.goto(meeting)
    yield from _notes_file(page)
    page.goto(meeting)
    yield from _transcript(page)
    page.goto(meeting)
    yield from _votes(page)
    yield from _answers(page, site)


def _answers(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """Somebody has written to the question in a questionnaire that was sent (see `care`)."""
    page.goto(f"{site.url}/gestione/focus-group")
    follow(page, "Risposte aperte e interviste")
    page.get_by_label("Strumento").select_option("aut")
    press(page, "Mostra le domande")
    yield "open questions", page
    follow(page, "Che cosa è mancato")
    yield "no open answers", page
    page.go_back()
    follow(page, "Aspettative sul percorso")
    yield "open answers", page
    type_code(page, "QIL_BEN1", "1")
    yield "answer coded", page
    press(page, "Aggiungi il codice")
    yield "answer code missing", page


def _votes(page: Page) -> Iterator[tuple[str, Page]]:
    follow(page, "Voti")
    yield "no votes", page
    follow(page, "Punti di P1")
    yield "points", page
    page.get_by_label("Criterio: alcune lettere").first.fill("QIL_BEN1")
    press(page, "Salva i punti")
    yield "points error", page
    page.get_by_label("Punti", exact=True).first.select_option("3")
    press(page, "Salva i punti")
    yield "votes", page


def _notes_file(page: Page) -> Iterator[tuple[str, Page]]:
    follow(page, "Note da un file")
    yield "file of notes", page
    file = {"name": "note.csv", "mimeType": "text/csv", "buffer": b"testo;minuto\nIl tutor conta;tre\n"}
    page.get_by_label("File").set_input_files(file)
    press(page, "Aggiungi le note del file")
    yield "file of notes refused", page


def _transcript(page: Page) -> Iterator[tuple[str, Page]]:
    follow(page, "Trascrizione")
    yield "transcript", page
    press(page, "Leggi il file")
    yield "no transcript", page
    text = "P1: il tutor conta.\n\nMarco dice di no.".encode("utf-16")
    page.get_by_label("File").set_input_files({"name": "fg2.txt", "mimeType": "text/plain", "buffer": text})
    press(page, "Leggi il file")
    yield "transcript shown", page


def _notes(page: Page) -> Iterator[tuple[str, Page]]:
    follow(page, "Note e codici")
    yield "no notes", page
    notes = page.url
    press(page, "Aggiungi la nota")
    yield "note missing", page
    for number in range(3):
        type_note(page, f"Il tutor fa la differenza, detto {number + 1} volte", number + 1)
    yield "notes", page
    _open_one_not_drawn(page, notes)
    type_code(page, "QIL_BEN1", "1")
    yield "coded", page
    page.goto(f"{notes}?come=seconda")
    yield "second coding", page
    press(page, "Aggiungi il codice")
    yield "code missing", page
    page.goto(notes)


def _open_one_not_drawn(page: Page, notes: str) -> None:
    """A note that chance has not drawn for a second coder: who codes it first would not be asked again."""
    page.goto(f"{notes}?come=seconda")
    drawn = {one.get_attribute("value") for one in page.locator("#elenco li").all()}
    free = next(number for number in ("1", "2", "3") if number not in drawn)
    page.goto(notes)
    with page.expect_navigation():
        page.locator(f"#elenco li[value='{free}'] a").click()


def type_note(page: Page, text: str, number: int) -> None:
    """Type a note, add it with Enter, wait until it is there with its number."""
    page.get_by_label("Nuova nota").fill(text)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"Codifica la nota {number}", exact=True).wait_for()


def type_code(page: Page, criterion: str, kind: str) -> None:
    """Type a criterion and the digit of a kind, and add them with Enter."""
    page.get_by_label("Criterio:").fill(criterion)
    page.keyboard.press("Tab")
    page.keyboard.press(kind)
    page.keyboard.press("Enter")
    page.locator("#codifica .ids").get_by_text(criterion).first.wait_for()


def plan(page: Page, code: str = "FG2") -> None:
    """Fill in the form of a new meeting and send it."""
    for label, words in (("Codice", code), ("Titolo", "Criteri"), ("Giorno previsto", "10/12/2026")):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("Cooperative sociali").check()
    page.get_by_label("Autovalutazione 0.1.0").check()
    press(page, "Salva")


def add_participant(page: Page, code: str) -> None:
    """Fill in the form of a participant and send it."""
    page.get_by_label("Codice", exact=True).fill(code)
    page.get_by_label("Ruolo", exact=True).fill("cooperativa di tipo B")
    page.get_by_label("Accetta la citazione senza nome").check()
    press(page, "Aggiungi il partecipante")
