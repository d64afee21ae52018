"""Addresses that stand on every page, found once: asking the routes each time costs more than the words."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, url_for

# As Werkzeug writes them, so that an address is the same wherever it comes from.
READABLE = "!$'()*,/:;?@"


def add_to(app: Flask) -> None:
    """Templates write addresses so."""
    app.jinja_env.globals.update(asset=asset, fixed_url=fixed_url, page_url=page_url)


@cache
def fixed_url(endpoint: str) -> str:
    """Address of a page without arguments."""
    return url_for(endpoint)


@cache
def asset(name: str) -> str:
    """Address of a static file that changes with its content, so that browsers may keep it for a year."""
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return url_for("static", filename=name, v=hashlib.sha256(content).hexdigest()[:12])


def page_url(endpoint: str, key: str, item_id: str | None = None, **query: str | None) -> str:
    """Address of a page of a questionnaire, of one of its questions where that is named.

    Keys and the ids of items are letters, digits and signs that stand in an address as they are.
    """
    address = _gaps(endpoint, item_id is not None).replace("~key~", key).replace("~item~", item_id or "")
    asked = {name: value for name, value in query.items() if value is not None}
    return f"{address}?{urlencode(asked, safe=READABLE)}" if asked else address


@cache
def _gaps(endpoint: str, of_item: bool) -> str:
    return url_for(endpoint, key="~key~", item_id="~item~" if of_item else None)
