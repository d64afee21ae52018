"""People who answer over HTTP, and who try again what was not acknowledged, as a browser would."""

import html
import http.client
import itertools
import queue
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sqlalchemy import Engine, select

from surveyapp.storage.engine import reading
from surveyapp.storage.tables import Administration, Answer

HIDDEN = re.compile(r'name="(key|seen)" value="([^"]*)"')
RADIO = re.compile(r'name="answer" value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PAUSE = 0.05

Acknowledged = tuple[str, str, str, str]  # questionnaire, item, key of the page, what was answered


class _StoppedError(Exception):
    """The drill is over."""


@dataclass
class Account:
    """What the respondents were told."""

    acknowledged: set[Acknowledged] = field(default_factory=set)
    statuses: Counter[str] = field(default_factory=Counter)
    lost_pages: int = 0  # answers that a 503 page did not keep
    longest: float = 0.0  # seconds between the first sending of an answer and its acknowledgement
    submitted: int = 0


class _Respondent:
    def __init__(self, port: int, account: Account, stop: threading.Event, lock: threading.Lock) -> None:
        self._port, self._account, self._stop, self._lock = port, account, stop, lock
        self._connection: http.client.HTTPConnection | None = None
        self._cookie = ""

    def answer_all(self, token: str, numbers: "itertools.count[int]") -> None:
        """A whole questionnaire: link, consent, practice, each question, who helped, sending."""
        place = self._send("GET", f"/r/{token}")
        place = self._send("POST", f"{place.partition('?')[0]}inizio", {})
        while not place.endswith(("/riepilogo", "/grazie")):
            place = self._answer(place, next(numbers)) if "/domanda/" in place else self._pass_by(place)
        if place.endswith("/riepilogo"):
            self._send("POST", place.replace("/riepilogo", "/invia"), {})
            with self._lock:
                self._account.submitted += 1

    def _answer(self, place: str, number: int) -> str:
        body = self._read(place)
        choices = RADIO.findall(body)
        given = choices[number % 3] if choices else f"risposta {number}"
        hidden = dict(HIDDEN.findall(body))
        began = time.monotonic()
        following = self._send("POST", place, {**hidden, "answer": given})
        _, _, questionnaire, _, item = place.partition("?")[0].split("/")
        with self._lock:
            self._account.acknowledged.add((questionnaire, item, hidden["key"], given))
            self._account.longest = max(self._account.longest, time.monotonic() - began)
        return following

    def _pass_by(self, place: str) -> str:
        """Follow an address that only leads on; skip practice and help; go on where a pause is offered."""
        if place.endswith("/"):
            return self._send("GET", place)
        if place.endswith("/riposo"):
            return self._send("POST", place.removesuffix("riposo"), {})
        return self._send("POST", place, {"salta": "1"})

    def _read(self, place: str) -> str:
        return self._until(200, "GET", place, None)[1]

    def _send(self, method: str, place: str, fields: dict[str, str] | None = None) -> str:
        return self._until(303, method, place, fields)[0]

    def _until(self, wanted: int, method: str, place: str, fields: dict[str, str] | None) -> tuple[str, str]:
        """Ask until the status is the wanted one; the address that it leads to, and the page."""
        while not self._stop.is_set():
            status, location, body = self._once(method, place, fields)
            with self._lock:
                self._account.statuses[status] += 1
                if status == "503" and fields and not all(html.escape(v) in body for v in fields.values()):
                    self._account.lost_pages += 1
            if status == str(wanted):
                return location, body
            time.sleep(PAUSE)
        raise _StoppedError

    def _once(self, method: str, place: str, fields: dict[str, str] | None) -> tuple[str, str, str]:
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            body = None if fields is None else urlencode(fields)
            headers = {"Cookie": self._cookie} | (FORM if body is not None else {})
            self._connection.request(method, place, body, headers)
            reply = self._connection.getresponse()
            text = reply.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return type(error).__name__, "", ""
        if cookie := reply.headers.get("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        return str(reply.status), reply.headers.get("Location", ""), text

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None


@contextmanager
def answering(port: int, tokens: list[str], people: int) -> Iterator[Account]:
    """So many people answer at once, each one questionnaire after the other, until the end of the block."""
    account, stop, lock = Account(), threading.Event(), threading.Lock()
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for token in tokens:
        waiting.put(token)
    numbers = itertools.count()

    def answer() -> None:
        respondent = _Respondent(port, account, stop, lock)
        try:
            while not stop.is_set():
                respondent.answer_all(waiting.get_nowait(), numbers)
        except (_StoppedError, queue.Empty):
            pass
        finally:
            respondent.close()

    threads = [threading.Thread(target=answer) for _ in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield account
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@dataclass(frozen=True)
class Verdict:
    """What the database holds of what was acknowledged."""

    acknowledged: int
    missing: int
    duplicates: int
    not_acknowledged: int


def compare(engine: Engine, account: Account) -> Verdict:
    """Every acknowledged answer must be there once; an answer sent but not acknowledged may be there too."""
    query = (
        select(Administration.key, Answer.item, Answer.key, Answer.value, Answer.text, Answer.reason)
        .join(Administration, Administration.id == Answer.administration_id)
        .where(Administration.key.in_({questionnaire for questionnaire, *_ in account.acknowledged}))
    )
    with reading(engine) as connection:
        rows = [
            (questionnaire, item, key, text or reason or str(value))
            for questionnaire, item, key, value, text, reason in connection.execute(query)
        ]
    counted = Counter(rows)
    return Verdict(
        acknowledged=len(account.acknowledged),
        missing=len(account.acknowledged - counted.keys()),
        duplicates=len(rows) - len({row[:2] for row in rows}),
        not_acknowledged=len(counted.keys() - account.acknowledged),
    )
