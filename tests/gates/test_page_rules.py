"""A page that breaks a rule is caught by `checked_page`, whoever opens it."""

import pytest
from flask import Flask, Response
from werkzeug.test import Client

from tests.web.pages import checked_page

PAGE = """<!doctype html>
<html lang="it">
<head><meta charset="utf-8"><title>Prova – OpenSource in Rete</title></head>
<body>
<a href="#contenuto">Vai al contenuto</a>
<header><strong>OpenSource in Rete</strong></header>
<main id="contenuto" tabindex="-1">
<h1>Prova</h1>
<form method="post" action="/" novalidate>
<label for="nome">Nome</label><input type="text" id="nome" name="nome">
<button type="submit">Salva</button>
</form>
</main>
<footer><a href="/aiuto">Aiuto</a></footer>
</body>
</html>
"""
QUESTION = """<a href="/q/1/">Torna indietro</a>
<form method="post" action="/q/1/domanda/A" novalidate>
<p>Domanda 1 di 2</p>
<fieldset><legend><h1>Prova</h1></legend>
<label for="a1"><input type="radio" id="a1" name="answer" value="1"> Sì</label>
</fieldset>
<button class="button" type="submit">Vai avanti</button>
<button class="button plain" type="submit" name="salta" value="1">Salta la domanda</button>
</form>
"""
SECTION = """<a href="/q/1/">Torna indietro</a>
<div class="errors" role="alert" tabindex="-1" autofocus><h2>Mancano 2 risposte</h2>
<p><a href="#A-a1">Sì o no? – Manca.</a></p><p><a href="#B-a1">Quando? – Manca.</a></p></div>
<form method="post" action="/q/1/parte/S" novalidate>
<p>Parte 1 di 2</p>
<h1>Prova</h1>
<fieldset aria-describedby="A-errore"><legend>Sì o no?</legend>
<p class="error" id="A-errore">Errore: Manca.</p>
<label for="A-a1"><input type="radio" id="A-a1" name="answer.A" value="1"> Sì</label>
</fieldset>
<label for="B-a1">Quando?</label><p class="error" id="B-errore">Errore: Manca.</p>
<input type="text" id="B-a1" name="answer.B" aria-describedby="B-errore">
<button class="button" type="submit">Salva e vai avanti</button>
<button class="button plain" type="submit" name="pausa" value="1">Salva e fai una pausa</button>
</form>
"""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def opened(body: str, headers: dict[str, str] = HEADERS) -> None:
    """Serve a page and open it as tests do."""
    app = Flask("broken")
    app.add_url_rule("/q/1/domanda/A", "page", lambda: Response(body, mimetype="text/html", headers=headers))
    checked_page(Client(app).get("/q/1/domanda/A"))


def question_page() -> str:
    """The page with a question in its main."""
    return with_main(QUESTION).replace("<title>Prova –", "<title>Prova – Domanda 1 di 2 –")


def section_page() -> str:
    """The page with two questions in its main, both left empty."""
    return with_main(SECTION).replace("<title>Prova –", "<title>Errore: Prova – Parte 1 di 2 –")


def with_main(main: str) -> str:
    start, end = PAGE.index("<h1>"), PAGE.index("</main>")
    return PAGE[:start] + main + PAGE[end:]


def test_a_page_that_keeps_the_rules_passes() -> None:
    opened(PAGE)
    opened(question_page())
    opened(section_page())


BREAKS = {
    "two h1": ("<h1>Prova</h1>", "<h1>Prova</h1><h1>Due</h1>", "2 h1"),
    "no h1": ("<h1>Prova</h1>", "", "0 h1"),
    "a jump of headings": ("<h1>Prova</h1>", "<h1>Prova</h1><h3>Tre</h3>", "heading levels jump"),
    "no title": ("Prova – OpenSource in Rete", "", "does not say page and site"),
    "another language": ('lang="it"', 'lang="xx"', "does not say its language"),
    "the same id twice": ("<h1>", '<h1 id="nome">', "is there 2 times"),
    "a reference to nothing": ('name="nome"', 'name="nome" aria-describedby="altro"', "names «altro»"),
    "no main": ("footer>", "div>", "not one <footer>"),
    "no link to the content": ('<a href="#contenuto">', '<a href="/">', "not the link to the content"),
    "a form without address": ('action="/"', "", "does not say where it goes"),
    "the browser checks": (" novalidate", "", "`novalidate` is missing"),
    "a required field": ('name="nome"', 'name="nome" required', "is `required`"),
    "a field without label": ('<label for="nome">Nome</label>', "", "has no label"),
    "an inline script": ("<h1>", "<script>go()</script><h1>", "a script inside the page"),
    "an inline style": ("<h1>", '<h1 style="color:red">', "inside the page"),
    "another site": ('href="/aiuto"', 'href="https://example.org/"', "another site"),
    "a link without words": (">Aiuto</a>", "></a>", "without words"),
    "a table without caption": ("<h1>", "<table><tbody><tr><td>1</td></tr></tbody></table><h1>", "caption"),
    "too heavy": ("<h1>", "<p>" + "parola " * 2000 + "</p><h1>", "bytes: more than"),
    "two main buttons": (
        'type="submit">',
        'type="submit" class="button">Sì</button><button class="button" type="submit">',
        "at most one",
    ),
}
QUESTION_BREAKS = {
    "the question outside its group": (
        "<legend><h1>Prova</h1></legend>",
        "<legend>Scegli</legend><h1>Prova</h1>",
        "(A1)",
    ),
    "another title": ("Prova – Domanda", "Domanda", "(A3)"),
    "no position": ("<p>Domanda 1 di 2</p>", "", "(A5)"),
    "something before the way back": ('<a href="/q/1/">', '<p>Ciao</p><a href="/q/1/">', "(A4)"),
    "the skip first": (">Vai avanti<", ">Salta la domanda<", "(S9)"),
    "an error nobody announces": ("<title>", "<title>Errore: ", "(D2)"),
}


SECTION_BREAKS = {
    "a summary without focus": (" autofocus", "", "does not take the focus (D3)"),
    "a question as heading": ("<legend>Sì o no?</legend>", "<legend><h1>Sì o no?</h1></legend>", "(H1)"),
    "another title": ("– Parte 1 di 2 –", "– Parte 2 di 2 –", "(A3, A5)"),
    "something before the way back": ('<a href="/q/1/">', '<p>Ciao</p><a href="/q/1/">', "(A4)"),
    "the pause first": (">Salva e fai una pausa<", ">Salva e vai avanti<", "(S9)"),
    "a field of nothing": ('name="answer.B"', 'name="nome"', "belong to no question"),
    "two questions in a fieldset": (
        "</fieldset>",
        '<input name="answer.B" aria-label="B"></fieldset>',
        "(H1)",
    ),
    "two fields outside a fieldset": ("<button", '<input name="reason.B" aria-label="B"><button', "(H1)"),
    "an error nobody announces": (' role="alert"', "", "(D2)"),
    "a problem left out of the summary": (
        '<p><a href="#B-a1">Quando? – Manca.</a></p>',
        "",
        "in the summary (D2)",
    ),
    "a message tied to nothing": (' aria-describedby="B-errore"', "", "not tied"),
    "other words in the summary": ("Quando? – Manca.", "Quando? – Controlla.", "other words"),
    "too heavy": ("<p>Parte", "<p>" + "parola " * 4000 + "</p><p>Parte", "bytes: more than"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_page_is_caught(name: str) -> None:
    before, after, problem = BREAKS[name]
    with pytest.raises(AssertionError, match=problem.replace("(", r"\(").replace(")", r"\)")):
        opened(PAGE.replace(before, after))


@pytest.mark.parametrize("name", QUESTION_BREAKS)
def test_a_broken_question_is_caught(name: str) -> None:
    before, after, problem = QUESTION_BREAKS[name]
    with pytest.raises(AssertionError, match=problem.replace("(", r"\(").replace(")", r"\)")):
        opened(question_page().replace(before, after, 1))


@pytest.mark.parametrize("name", SECTION_BREAKS)
def test_a_broken_section_is_caught(name: str) -> None:
    before, after, problem = SECTION_BREAKS[name]
    with pytest.raises(AssertionError, match=problem.replace("(", r"\(").replace(")", r"\)")):
        opened(section_page().replace(before, after, 1))


@pytest.mark.parametrize("name", HEADERS)
def test_a_missing_header_is_caught(name: str) -> None:
    with pytest.raises(AssertionError):
        opened(PAGE, {**HEADERS, name: ""})


def test_markup_that_is_not_strict_is_caught() -> None:
    with pytest.raises(Exception, match=r"."):  # html5lib's own ParseError
        opened(PAGE.replace("</form>", "</p></form>"))
