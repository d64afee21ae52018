"""The first page of the staff: what is to follow, and how many have answered."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a type here, while `date` is the day of the page
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import Connection, Row

from surveyapp.storage import scope as scoped
from surveyapp.storage import staff_alerts
from surveyapp.storage.engine import reading
from surveyapp.storage.scope import TO_FOLLOW, Scope
from surveyapp.web.languages import later
from surveyapp.web.services import services
from surveyapp.web.staff import shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.roles import may

PAGE = 100
LONGEST_NUMBER = 6
FOLLOW, ALL = "da-seguire", "tutti"
# What can be asked for by state: the words, and the standings that they mean (none means all).
STATES: Mapping[str, tuple[str, Sequence[str]]] = {
    FOLLOW: (later("Da seguire"), TO_FOLLOW),
    ALL: (later("Tutti"), ()),
    **{code: (standing.words, (code,)) for code, standing in shown.STANDINGS.items()},
}
# The numbers at the top of the page.
CARDS = ("late", "due", "started", "submitted")


@dataclass(frozen=True)
class Asked:
    """What the page was asked to show."""

    state: str
    occasion: str
    page: int

    @property
    def standings(self) -> Sequence[str]:
        """The standings that the state means."""
        return STATES[self.state][1]

    def address(self, page: int) -> str:
        """Where another page of the same list is."""
        return url_for(".today", stato=self.state, rilevazione=self.occasion or None, pagina=page)


@dataclass(frozen=True)
class Paging:
    """Which page of how many."""

    page: int
    pages: int
    total: int


@blueprint.get("/")
def today() -> str:
    """Administrations of the account's territory, those to follow first; counts and coverage."""
    scope, date = signed_in().scope, today_here()
    catalogue, zone = services().catalogue, services().settings.time_zone
    with reading(services().engine) as connection:
        counts = scoped.counts(scope, connection, date)
        occasions = shown.occasions(catalogue, counts)
        asked = _asked(occasions)
        paging = _paging(scope, connection, asked, date)
        start = (paging.page - 1) * PAGE
        rows = scoped.administrations(scope, connection, date, asked.standings, asked.occasion, PAGE, start)
        unread = staff_alerts.unread(scope, connection) if may(scope.role, "staff.alerts") else 0
    return render_template(
        "staff/today.html",
        asked=asked,
        paging=paging,
        lines=shown.lines(catalogue, rows, date, zone),
        coverage=shown.coverage(catalogue, counts),
        cards=[(code, shown.STANDINGS[code], number) for code, number in _cards(counts)],
        states=STATES,
        occasions=occasions,
        everywhere=scope.everything,
        unread=unread,
    )


def _asked(occasions: Mapping[str, str]) -> Asked:
    """What the address asks for; what it does not know it leaves out."""
    state, occasion = request.args.get("stato", ""), request.args.get("rilevazione", "")
    page = request.args.get("pagina", "")
    return Asked(
        state if state in STATES else FOLLOW,
        occasion if occasion in occasions else "",
        int(page) if page.isascii() and page.isdecimal() and len(page) < LONGEST_NUMBER else 1,
    )


def _paging(scope: Scope, connection: Connection, asked: Asked, date: Date) -> Paging:
    total = scoped.how_many(scope, connection, date, asked.standings, asked.occasion)
    pages = max(1, math.ceil(total / PAGE))
    return Paging(min(max(asked.page, 1), pages), pages, total)


def _cards(counts: Sequence[Row[Any]]) -> list[tuple[str, int]]:
    numbers = shown.totals(counts)
    return [(code, numbers[code]) for code in CARDS]
