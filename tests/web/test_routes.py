"""Every address is listed, opened by a test, and sends the headers that protect who answers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.web.opened import OPENED
from tests.web.pages import header_problems, visit
from tests.web.routes import SERVED_BY_FLASK, differences, unopened

SQLITE = pytest.mark.parametrize("database", ["sqlite"])
BAD_HOST = {"Host": "evil.example"}


@SQLITE
def test_every_address_served_is_listed(app: Flask) -> None:
    assert differences(app) == []


@pytest.mark.whole_suite
def test_every_listed_address_is_opened_by_a_test() -> None:
    assert unopened(OPENED) == []


@SQLITE
def test_an_unlisted_address_is_reported_with_advice(app: Flask) -> None:
    app.add_url_rule("/segreta", "secret", lambda: "", methods=["GET"])
    [problem] = differences(app)
    assert problem == "GET  /segreta  secret: new, give it a test, then run `make routes`"


@SQLITE
def test_a_vanished_address_is_reported_with_advice(app: Flask) -> None:
    gone = next(app.url_map.iter_rules("pages.privacy"))
    app.url_map = type(app.url_map)([rule.empty() for rule in app.url_map.iter_rules() if rule is not gone])
    assert differences(app) == ["GET  /privacy  pages.privacy: gone, run `make routes`"]


def test_an_address_that_no_test_opens_is_reported() -> None:
    assert any(problem.startswith("POST /q/<key>/invia") for problem in unopened({("GET", "pages.home")}))


@SQLITE
@pytest.mark.parametrize("headers", [{}, BAD_HOST], ids=["our_host", "foreign_host"])
def test_every_address_sends_the_protecting_headers(
    app: Flask, client: FlaskClient, headers: dict[str, str]
) -> None:
    """Pages, files, redirects and errors alike: 404 of an unknown link, 405 of a method that is not there."""
    found = {}
    for rule in app.url_map.iter_rules():
        for method in ((rule.methods or set()) - SERVED_BY_FLASK) | {"PUT"}:
            reply = client.open(_address(rule), method=method, headers=headers)
            found[f"{method} {rule.rule} -> {reply.status_code}"] = header_problems(reply)
    assert {address: problems for address, problems in found.items() if problems} == {}


@SQLITE
def test_files_are_kept_for_a_year(client: FlaskClient) -> None:
    """Their address changes with their content."""
    links = [link.get("href", "") for link in visit(client, "/").tree.iter("link")]
    assert all("?v=" in address for address in links)
    for address in links:
        reply = client.get(address, buffered=True)
        assert header_problems(reply) == []
        assert "max-age=31536000" in reply.headers["Cache-Control"]


def _address(rule: Rule) -> str:
    """An address of this pattern, with values nobody has."""
    built = rule.build({name: 1 if _is_number(rule, name) else "none" for name in rule.arguments})
    assert built is not None
    return built[1]


def _is_number(rule: Rule, name: str) -> bool:
    return f"<int:{name}>" in rule.rule
