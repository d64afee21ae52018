"""Pages of every kind of answer, one after the other: as they are asked, refused, and met twice."""

from collections.abc import Callable, Iterator

from flask.testing import FlaskClient

from tests.web.conftest import question_address
from tests.web.pages import Page, send, visit

# What is no answer of each item of the operator's form; the others refuse nothing that a page can send.
REFUSED: dict[str, dict[str, object]] = {
    "MUL": {"answer": "4"},
    "MUN": {"answer": ["1", "2"], "reason": ["NS", "NA"]},
    "NUM": {"answer": "«22»"},
    "INT": {"answer": "1", "reason": "NS"},
    "DAY": {"answer": "31/02/2026"},
    "DAN": {"answer": '"', "reason": "NO"},
    "LIN": {"answer": "<" * 50},
    "TXN": {"answer": "&", "reason": "NA"},
}


def every_kind_of_answer(client: FlaskClient, start: Callable[..., Page]) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and a page of it."""
    yield "operator start", start("O")
    page = visit(client, question_address(send(client, start("O")), "KINDS_CHO"))
    while "/domanda/" in page.path:
        item = page.path.partition("KINDS_")[2].partition("?")[0]
        yield item, page
        if item in REFUSED:
            yield f"{item} refused", send(client, page, REFUSED[item], status=422)
        page = send(client, page, {"salta": "1"})
    yield "operator review", page
    yield "sent", visit(client, send(client, page).links["Le risposte inviate"])
    yield from _records(client, start)


def _records(client: FlaskClient, start: Callable[..., Page]) -> Iterator[tuple[str, Page]]:
    first = send(client, start("C", skip=("KINDS_MUN", "KINDS_INT", "KINDS_TXN")))
    gate = visit(client, question_address(first, "KINDS_R1.1"))
    yield "record", send(client, gate, {"answer": "1"})
    yield "two answers about a record", send(client, gate, {"answer": "2", "key": "other"}, status=409)
