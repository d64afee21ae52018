"""The bare minimum of the stack: one Flask page, one SQLite insert a POST, as durable as ours, nothing else.

YARD_DB=yard.db YARD_PAGES=26 gunicorn --worker-class gthread --threads 4 benchmarks.yardstick:app
"""

import os
import secrets
import sqlite3
import threading
import time

from flask import Flask, abort, redirect, request, session
from werkzeug.wrappers import Response

DATABASE = os.environ.get("YARD_DB", "yard.db")
PAGES = int(os.environ.get("YARD_PAGES", "26"))
OPTIONS = [(1, "Per niente"), (2, "Poco"), (3, "Abbastanza"), (4, "Molto"), (5, "Moltissimo")]
PAGE = """<!doctype html><html lang="it"><head><meta charset="utf-8">
<title>Domanda {{ n }} di {{ total }}</title></head><body><main><h1>Domanda {{ n }} di {{ total }}</h1>
<form method="post"><input type="hidden" name="token" value="{{ token }}">
<fieldset><legend>Quanto sei d'accordo con l'affermazione numero {{ n }}?</legend>
{% for value, label in options %}<p><input type="radio" name="q{{ n }}" id="a{{ value }}" value="{{ value }}">
<label for="a{{ value }}">{{ label }}</label></p>{% endfor %}</fieldset>
<button type="submit">Avanti</button></form></main></body></html>"""

app = Flask(__name__)
app.secret_key = "yardstick"  # noqa: S105 - a throw-away server of the benchmark
_page = app.jinja_env.from_string(PAGE)
_connections = threading.local()


def _connection() -> sqlite3.Connection:
    found: sqlite3.Connection | None = getattr(_connections, "open", None)
    if found is None:
        found = _connections.open = sqlite3.connect(DATABASE, isolation_level=None, timeout=10)
        found.execute("PRAGMA journal_mode=WAL")
        found.execute("PRAGMA synchronous=FULL")
        found.execute(
            "CREATE TABLE IF NOT EXISTS answer"
            " (id INTEGER PRIMARY KEY, respondent TEXT, item TEXT, value INTEGER, at REAL)"
        )
    return found


@app.get("/")
def start() -> Response:
    """A new respondent."""
    session["respondent"], session["token"] = secrets.token_hex(8), secrets.token_hex(16)
    return redirect("/1", 303)


@app.route("/<int:n>", methods=["GET", "POST"])
def page(n: int) -> str | Response:
    """Show a question, or save its answer and go on."""
    if "respondent" not in session or not 1 <= n <= PAGES:
        abort(404)
    if request.method == "GET":
        return _page.render(n=n, total=PAGES, token=session["token"], options=OPTIONS)
    if request.form["token"] != session["token"]:
        abort(400)
    row = (session["respondent"], f"q{n}", int(request.form[f"q{n}"]), time.time())
    _connection().execute("INSERT INTO answer (respondent, item, value, at) VALUES (?, ?, ?, ?)", row)
    return redirect("/end" if n == PAGES else f"/{n + 1}", 303)


@app.get("/end")
def end() -> str:
    """The last page."""
    return '<!doctype html><html lang="it"><title>Grazie</title><h1 id="grazie">Grazie</h1></html>'
