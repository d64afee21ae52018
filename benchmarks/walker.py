"""Walks whole questionnaires as a browser without JavaScript would: cookies, hidden fields, redirects."""

import html
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

DONE = 'id="grazie"'
MOST_PAGES = 60

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
_FIELD = re.compile(r"<(input|button|textarea)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass
class Tally:
    """What the walks took: seconds a page (POST until the next page is there), bytes of HTML, errors."""

    pages: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    finished: int = 0
    errors: list[str] = field(default_factory=list)


class Browser:
    """One respondent: one connection kept open, one cookie jar."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self._cookies: dict[str, str] = {}
        self.path = ""

    def open(self, path: str, data: dict[str, str] | None = None) -> str:
        """The page at a path, after its redirects. Raises ValueError for a status other than 200."""
        for _ in range(8):
            status, location, body = self._request(path, data)
            if status not in (301, 302, 303):
                break
            parts = urlsplit(location)
            path, data = parts.path + (f"?{parts.query}" if parts.query else ""), None
        if status != 200:
            raise ValueError(f"{status} at {path}")
        self.path = path
        return body

    def _request(self, path: str, data: dict[str, str] | None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = urlencode(data) if data is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request("POST" if body is not None else "GET", path, body, headers)
        reply = self._connection.getresponse()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        return reply.status, reply.headers.get("Location", ""), reply.read().decode()


def walk(address: str, tally: Tally) -> None:
    """One questionnaire from its link to the thanks page."""
    browser = Browser(address)
    page = browser.open(urlsplit(address).path or "/")
    for _ in range(MOST_PAGES):
        if DONE in page:
            tally.finished += 1
            return
        action, data = filled_form(page)
        started = time.perf_counter()
        page = browser.open(action or browser.path, data)
        tally.pages.append(time.perf_counter() - started)
        tally.sizes.append(len(page.encode()))
    raise ValueError(f"no end after {MOST_PAGES} pages: {browser.path}")


def filled_form(page: str) -> tuple[str, dict[str, str]]:
    """Address and fields of the first posting form: a random radio of each name, a word in each text."""
    attributes, body = next(match for match in _FORM.findall(page) if "post" in match[0])
    data: dict[str, str] = {}
    radios: dict[str, list[str]] = {}
    for tag, written in _FIELD.findall(body):
        entry = dict(_ATTRIBUTE.findall(written))
        name, kind = entry.get("name", ""), "text" if tag == "textarea" else entry.get("type", "submit")
        if kind == "radio":
            radios.setdefault(name, []).append(entry.get("value", ""))
        elif kind in ("text", "hidden") and name:
            data[name] = html.unescape(entry.get("value", "prova" if kind == "text" else ""))
    data |= {name: random.choice(values) for name, values in radios.items()}  # noqa: S311 - not a secret
    return html.unescape(dict(_ATTRIBUTE.findall(attributes)).get("action", "")), data


def walk_all(addresses: Iterator[str], together: int) -> Tally:
    """Walk every address, so many at once."""
    tally, lock = Tally(), threading.Lock()
    threads = [threading.Thread(target=_worker, args=(addresses, lock, tally)) for _ in range(together)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def _worker(addresses: Iterator[str], lock: threading.Lock, tally: Tally) -> None:
    take: Callable[[], str | None] = lambda: next(addresses, None)  # noqa: E731 - read under the lock only
    while True:
        with lock:
            address = take()
        if address is None:
            return
        try:
            walk(address, tally)
        except (OSError, ValueError, StopIteration) as error:
            tally.errors.append(repr(error))
