"""Steps from a sentence in a focus group to a new version, as people take them in a browser."""

from playwright.sync_api import Browser, Page, expect

from tests.stories.conftest import Site
from tests.stories.focus import add_participant, plan, type_code, type_note
from tests.stories.pressing import follow, press
from tests.stories.walk import past_pause_and_help, past_practice

ITEM, EASY = "AUT_OCC3", "text.P.easy"
OLD = "Sai rispettare le regole al lavoro?"
NEW = "Al lavoro rispetti le regole?"
NOTE = "«Rispettare le regole» fa pensare alle punizioni"
PEOPLE = """codice;provincia;ambito;inizio_percorso;fine_percorso;motivo_fine
CR-0007;Cremona;Cremona;15/06/2026;02/11/2026;assunzione
CR-0008;Cremona;Cremona;02/11/2026;;
"""
GAPS = ("TITOLARE", "CONTATTO", "DATA", "FIGURA", "CHI", "NOME", "VEDE")
# Eight experts on the clarity of the easy wording: five of them give 3 or 4 (blueprint T15).
RATINGS = (4, 3, 2, 4, 1, 3, 2, 4)
CLARITY = ("Per niente chiara", "Poco chiara", "Abbastanza chiara", "Molto chiara")


def links_for(service: Site) -> dict[tuple[str, str], str]:
    """Fresh links for the self-assessment, by person and occasion."""
    due = [line.split("\t") for line in service.surveyapp("links", "--instrument", "aut", "--form", "P")]
    return {(code, occasion): link for code, _who, _form, occasion, _territory, link in due}


def answer(browser: Browser, link: str) -> list[str]:
    """Answer to the end on an old phone; the questions met."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    press(page, "Sì, voglio rispondere")
    past_practice(page)
    asked = []
    while page.get_by_role("button", name="Invia le risposte").count() == 0:
        asked.append(page.inner_text("h1"))
        _answer_one(page)
    press(page, "Invia le risposte")
    context.close()
    return asked


def _answer_one(page: Page) -> None:
    if page.locator("textarea").count():
        press(page, "Salta la domanda")
    else:
        page.locator("input[type=radio]").nth(1).check()
        press(page, "Vai avanti")
    past_pause_and_help(page)


def prepare(page: Page, service: Site) -> None:
    """FG3 with its guide and the version to discuss, and what the experts are asked."""
    page.goto(f"{service.url}/gestione/focus-group/nuovo")
    page.get_by_label("Traccia").fill("Quali parole non si capiscono?")
    plan(page, "FG3")
    add_participant(page, "P1")
    page.goto(f"{service.url}/gestione/valutazioni")
    page.get_by_label("Titolo").fill("Parole criticate prima di FG3")
    press(page, "Prepara la raccolta")
    follow(page, "Aggiungi: Chiarezza di formulazioni")
    page.get_by_label("Da dove").select_option("aut/0.1.0/P/easy")
    press(page, "Mostra l'elenco")
    page.locator(f"input[name=item][value={ITEM}]").check()
    press(page, "Aggiungi")


def experts_rate(page: Page, browser: Browser) -> None:
    """Eight experts judge by link, each on an old phone; the results stay on the page."""
    page.get_by_label("Quanti").fill(str(len(RATINGS)))
    press(page, "Fai i link")
    links = [one.input_value().strip() for one in page.locator("textarea.link").all()]
    for link, value in zip(links, RATINGS, strict=True):
        _one_expert(browser, link, value)
    follow(page, "Torna alla raccolta")
    follow(page, "Risultati")
    line = page.locator("tbody tr", has_text=ITEM).first
    expect(line).to_contain_text("0,625")
    expect(line).to_contain_text("Da rivedere")


def _one_expert(browser: Browser, link: str, value: int) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 568}, java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    follow(page, "Inizia")
    page.get_by_label(CLARITY[value - 1]).check()
    press(page, "Vai avanti")
    press(page, "Invia i giudizi")
    context.close()


def code_the_notes(page: Page, service: Site) -> None:
    """A sentence of the meeting, coded to the question as a criticism of its words."""
    page.goto(f"{service.url}/gestione/focus-group")
    follow(page, "FG3")
    follow(page, "Note e codici")
    page.get_by_label("Chi parla (facoltativo)").select_option(label="P1, cooperativa di tipo B")
    type_note(page, NOTE, 1)
    type_code(page, ITEM, "3")


def decide(page: Page) -> str:
    """From the note to a proposal, which rests on it and on what the experts said; its outcome; its code."""
    follow(page, "Proponi un cambiamento")
    page.get_by_label("Proposta").fill("Una domanda diretta, senza «sai».")
    grounds = page.get_by_label("Su che cosa si fonda")
    grounds.fill(f"{grounds.input_value()}\ngiudizio 1\nChiarezza 0,625 con 8 esperti")
    press(page, "Salva la proposta")
    page.get_by_label("Esito").select_option("accepted")
    page.get_by_label("Motivo").fill("Sotto la soglia di 0,83, e una nota che dice perché.")
    press(page, "Salva la decisione")
    return page.inner_text("h1").split()[-1]


def write_the_words(page: Page, service: Site) -> None:
    """Another easy wording, in a draft just opened."""
    page.goto(f"{service.url}/gestione/bozze")
    press(page, "Apri la bozza aut")
    follow(page, ITEM)
    page.locator(f"textarea[name='{EASY}']").fill(NEW)
    expect(page.locator("#salvato")).to_have_text("Salvato.")
    expect(page.locator("#anteprima")).to_contain_text(NEW)


def send_to_review(page: Page, decision: str) -> None:
    """From the question back to the draft: its change is tied to the decision, its author signs it."""
    follow(page, "Torna alla bozza")
    page.locator("select[name=decision]").select_option(
        label=page.locator("select[name=decision] option", has_text=decision).inner_text()
    )
    page.locator("select[name=kind]").select_option("same meaning")
    press(page, f"Segna {ITEM}.{EASY}")
    assert "0.2.0" in page.inner_text("main")
    expect(page.locator("tr", has_text="AUT_OCC").filter(has_text="da motivare").first).to_be_visible()
    page.get_by_label("Numero di versione").fill("0.2.0")
    press(page, "Cambia il numero")
    press(page, "Manda in revisione")


def approve(page: Page, service: Site) -> None:
    """Somebody else approves, and reads what a publication would do."""
    page.goto(f"{service.url}/gestione/bozze")
    follow(page, "aut 0.2.0")
    press(page, "Approva")
    follow(page, "Pubblica questa versione")


def publish(page: Page) -> None:
    """From the page that says what a publication does."""
    page.get_by_label("Perché", exact=True).fill("Stessa domanda, con meno parole.")
    page.get_by_label("Che cosa cambia e perché").fill("AUT_OCC3 più chiara dopo FG3.")
    press(page, "Pubblica la 0.2.0")
    assert "aut 0.2.0 è pubblicata: è in uso da oggi." in page.inner_text("main")
