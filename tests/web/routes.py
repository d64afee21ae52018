"""Every address the application serves, recorded in routes.txt: a new one is seen, listed and tested.

`make routes` writes the list anew. A route no test opens has its reason, `# ...`, at the end of its line.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.routing import Map, MapAdapter, Rule

from surveyapp.settings import read_settings
from surveyapp.web.app import create_app

LIST = Path(__file__).parent / "routes.txt"
SERVED_BY_FLASK = {"HEAD", "OPTIONS"}


@dataclass(frozen=True, order=True)
class Route:
    """A method and an address pattern, and the view that answers."""

    address: str
    method: str
    endpoint: str

    def __str__(self) -> str:
        return f"{self.method:4} {self.address}  {self.endpoint}"


def served(app: Flask) -> set[Route]:
    """The routes of an application."""
    return {
        Route(rule.rule, method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - SERVED_BY_FLASK
    }


def listed() -> dict[Route, str]:
    """The routes of the list, each with the reason why no test opens it (empty: a test does)."""
    found = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        entry, _, reason = line.partition("  # ")
        method, address, endpoint = entry.split()
        found[Route(address, method, endpoint)] = reason
    return found


def addresses_of(method: str) -> MapAdapter:
    """The listed addresses that answer a method, to find out which one a path is of."""
    rules = [Rule(route.address, endpoint=route.endpoint) for route in listed() if route.method == method]
    return Map(rules).bind("")


def differences(app: Flask) -> list[str]:
    """What the list and the application do not agree on, with what to do."""
    now, before = served(app), set(listed())
    new = [f"{route}: new, give it a test, then run `make routes`" for route in sorted(now - before)]
    return new + [f"{route}: gone, run `make routes`" for route in sorted(before - now)]


def unopened(opened: set[tuple[str, str]]) -> list[str]:
    """The listed routes whose (method, endpoint) no test opened and that give no reason."""
    return [
        f"{route}: no test opens it; write one, or the reason at the end of its line in routes.txt"
        for route, reason in sorted(listed().items())
        if not reason and (route.method, route.endpoint) not in opened
    ]


def write(app: Flask) -> None:
    """Write the list of an application's routes, with the reasons given before."""
    reasons = listed() if LIST.exists() else {}
    lines = [f"{route}  # {reasons[route]}" if reasons.get(route) else str(route) for route in served(app)]
    LIST.write_text("".join(f"{line}\n" for line in sorted(lines, key=_by_address)), encoding="utf-8")


def _by_address(line: str) -> tuple[str, str]:
    method, address, *_ = line.split()
    return address, method


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        write(create_app(read_settings({"SURVEYAPP_DATABASE_URL": f"sqlite:///{folder}/routes.db"})))
    sys.stdout.write(f"{len(listed())} routes in {LIST.name}\n")
